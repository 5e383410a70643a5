// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Scenes;

/// <summary>What traffic between the networks behind west and east is protected.</summary>
/// <param name="Shape">How the addresses are written.</param>
/// <param name="Protocol">Next layer protocol; 0 for any.</param>
/// <param name="WestPort">Port on west's side; null for any.</param>
/// <param name="EastPort">Port on east's side; null for any.</param>
public sealed record SelectorChoice(SelectorShape Shape = SelectorShape.Subnet, byte Protocol = 0, ushort? WestPort = null, ushort? EastPort = null);
