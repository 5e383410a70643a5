// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>A peer of a run.</summary>
/// <param name="Name">The peer's name, for example <c>strongswan</c>.</param>
/// <param name="Version">Its version as it says itself.</param>
/// <param name="Image">The container image, or null when it runs in no container.</param>
/// <param name="DataPlane"><c>in-memory</c>, <c>kernel</c>, <c>userspace</c>, <c>user-mode-linux</c> or <c>remote</c>.</param>
public sealed record PeerRecord(string Name, string Version, string? Image, string DataPlane);
