// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>A name and several values, in order.</summary>
/// <param name="Name">The name.</param>
/// <param name="Items">The values.</param>
public sealed record ConfigList(string Name, ImmutableArray<string> Items) : ConfigEntry(Name);
