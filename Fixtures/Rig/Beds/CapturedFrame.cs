// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>A frame as it crossed the wire.</summary>
/// <param name="Time">When it was captured.</param>
/// <param name="Bytes">Ethernet frame without checksum.</param>
/// <param name="Step">The Gherkin step that was running; null between steps.</param>
public sealed record CapturedFrame(DateTimeOffset Time, ReadOnlyMemory<byte> Bytes, string? Step);
