// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Daemon.Configuration;
using YamlDotNet.RepresentationModel;

namespace Ipsec.Fixtures.Rig.Peers;

/// <summary>Reads a peer's manifest. Whatever is wrong is told with file, line and field.</summary>
public static class PeerManifestFile
{
    /// <summary>Its name in a peer's folder.</summary>
    public const string FileName = "peer.yaml";

    private const int Schema = 1;

    /// <summary>Sections that are for people, or for tools of their own.</summary>
    private static readonly string[] Others = ["roles", "network", "ports", "readiness", "log", "agent", "capabilities"];

    private static readonly string[] Planes = ["kernel", "user-mode-linux", "userspace"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="manifest">What it says; null when anything is wrong.</param>
    /// <returns>What is wrong, by line.</returns>
    public static IReadOnlyList<ConfigurationError> TryRead(string path, out PeerManifest? manifest) =>
        ConfigurationText.TryRead(path, TryParse, out manifest);

    /// <summary>Reads the text of a file.</summary>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <param name="manifest">What it says; null when anything is wrong.</param>
    /// <returns>What is wrong, by line.</returns>
    public static IReadOnlyList<ConfigurationError> TryParse(string path, string text, out PeerManifest? manifest) =>
        ConfigurationText.TryParse(path, text, "name", (root, fields, _) => Read(fields, root), out manifest);

    private static PeerManifest Read(YamlFields fields, YamlMappingNode root)
    {
        if (fields.Integer("schema", Schema, Schema, Schema) != Schema || !fields.Has("schema"))
        {
            fields.Fail("schema", $"is {Schema}");
        }

        var image = Required(fields, "image");
        var software = Required(fields, "software");
        var algorithms = Required(fields, "algorithms");
        var phase1 = algorithms?.Section("phase1");
        var esp = algorithms?.Section("esp");
        var planes = Keys(fields, root, "data_planes");
        foreach (var plane in planes.Where(plane => !Planes.Contains(plane)))
        {
            fields.Fail("data_planes", $"\"{plane}\" is not one of {string.Join(", ", Planes)}");
        }

        var manifest = new PeerManifest
        {
            Name = fields.Required("name"),
            Title = fields.Required("title"),
            Versions = Versions(fields, software, root),
            DefaultSuite = image?.Required("suite") ?? "",
            DataPlanes = planes,
            Phase1Encryption = Names(phase1, "encryption"),
            Phase1Groups = Names(phase1, "group"),
            EspEncryption = [.. Names(esp, "encryption"), .. Names(esp, "aead")],
            Integrity = Names(esp, "integrity"),
        };
        if (!manifest.Versions.IsEmpty && !manifest.Versions.ContainsKey(manifest.DefaultSuite))
        {
            image?.Fail("suite", $"\"{manifest.DefaultSuite}\" is not among software.versions");
        }

        foreach (var other in Others)
        {
            fields.Has(other);
        }

        fields.RefuseOthers();
        return manifest;
    }

    private static YamlFields? Required(YamlFields fields, string name)
    {
        if (fields.Has(name))
        {
            return fields.Section(name);
        }

        fields.Fail(name, "is missing");
        return null;
    }

    private static ImmutableArray<string> Names(YamlFields? fields, string name) => fields?.Values<string>(name, (string text, out string value) =>
    {
        value = text;
        return text.Length > 0 ? null : "is empty";
    }) ?? [];

    private static ImmutableSortedDictionary<string, string> Versions(YamlFields fields, YamlFields? software, YamlMappingNode root)
    {
        if (software?.Section("versions") is not { } versions)
        {
            fields.Fail("software.versions", "is missing: a line for each Debian suite");
            return ImmutableSortedDictionary<string, string>.Empty;
        }

        var suites = Keys(fields, (YamlMappingNode)root.Children["software"], "versions");
        return suites.ToImmutableSortedDictionary(suite => suite, versions.Required, StringComparer.Ordinal);
    }

    private static ImmutableArray<string> Keys(YamlFields fields, YamlMappingNode parent, string name)
    {
        fields.Has(name);
        if (parent.Children.TryGetValue(name, out var node) && node is YamlMappingNode { Children.Count: > 0 } mapping)
        {
            return [.. mapping.Children.Keys.Select(key => key is YamlScalarNode { Value: { } text } ? text : key.ToString())];
        }

        fields.Fail(name, "must have fields of its own");
        return [];
    }
}
