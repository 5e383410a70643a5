// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Scenes;

/// <summary>A side's part in mode config.</summary>
/// <param name="IsServer">Whether it assigns addresses; otherwise it gets one.</param>
/// <param name="IsPush">Whether the server speaks first.</param>
/// <param name="HasDns">Whether the server tells a name server as well.</param>
public sealed record ModeConfigChoice(bool IsServer, bool IsPush = false, bool HasDns = false);
