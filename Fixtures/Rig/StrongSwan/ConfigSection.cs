// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>
/// Settings, lists and sections under one name. The same tree is sent to the daemon as a VICI message and written as
/// swanctl.conf, so what lies in the evidence is what was loaded.
/// </summary>
/// <param name="Name">The name; empty for a whole message.</param>
/// <param name="Entries">What it holds, in order.</param>
public sealed record ConfigSection(string Name, ImmutableArray<ConfigEntry> Entries) : ConfigEntry(Name)
{
    /// <summary>A message without content.</summary>
    public static ConfigSection Empty { get; } = new("", []);

    /// <summary>The sections in it.</summary>
    public IEnumerable<ConfigSection> Sections => Entries.OfType<ConfigSection>();

    /// <summary>A whole message.</summary>
    /// <param name="entries">What it holds.</param>
    public static ConfigSection Message(params ReadOnlySpan<ConfigEntry> entries) => new("", [.. entries]);

    /// <summary>The value of a setting.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Null when there is none of that name.</returns>
    public string? Text(string name) => Entries.OfType<ConfigSetting>().FirstOrDefault(setting => setting.Name == name)?.Value;

    /// <summary>The values of a list.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>None when there is none of that name.</returns>
    public ImmutableArray<string> List(string name) => Entries.OfType<ConfigList>().FirstOrDefault(list => list.Name == name)?.Items ?? [];

    /// <summary>A section in it.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Null when there is none of that name.</returns>
    public ConfigSection? Section(string name) => Sections.FirstOrDefault(section => section.Name == name);
}
