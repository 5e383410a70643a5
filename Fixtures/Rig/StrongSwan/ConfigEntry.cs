// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>One named thing in a strongSwan configuration or VICI message: a setting, a list or a section.</summary>
/// <param name="Name">Its name; empty for a whole message.</param>
public abstract record ConfigEntry(string Name);
