// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>A name and its value.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
public sealed record ConfigSetting(string Name, string Value) : ConfigEntry(Name);
