// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Ipsec.Daemon.Configuration;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Ike.V1;
using Ipsec.Sa;

namespace Ipsec.Fixtures.Rig.Target;

/// <summary>Reads a profile. Whatever is wrong is told with file, line and field.</summary>
public static class ProfileFile
{
    private static readonly TimeSpan DefaultSettle = TimeSpan.FromMilliseconds(250);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="profile">What it says; null when anything is wrong.</param>
    /// <returns>What is wrong, by line.</returns>
    public static IReadOnlyList<ConfigurationError> TryRead(string path, out TargetProfile? profile) =>
        ConfigurationText.TryRead(path, TryParse, out profile);

    /// <summary>Reads the text of a file.</summary>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <param name="profile">What it says; null when anything is wrong.</param>
    /// <returns>What is wrong, by line.</returns>
    public static IReadOnlyList<ConfigurationError> TryParse(string path, string text, out TargetProfile? profile) =>
        ConfigurationText.TryParse(path, text, "our-address", (_, fields, _) => Read(fields), out profile);

    private static TargetProfile Read(YamlFields fields)
    {
        var credentials = Section(fields, "credentials");
        var identities = Section(fields, "identities");
        var phase1 = Section(fields, "phase1");
        var phase2 = Section(fields, "phase2");
        var roles = List<bool>(fields, "roles", (string text, out bool isInitiator) =>
        {
            isInitiator = text == "initiator";
            return text is "initiator" or "responder" ? null : $"\"{text}\" is not one of initiator, responder";
        });
        var lifetime = phase1?.RequiredValue<uint>("lifetime", 1, Texts.Lifetime) ?? 1;
        var profile = new TargetProfile
        {
            Name = fields.RequiredValue<string>("name", "", Texts.Plain),
            OurAddress = fields.RequiredValue("our-address", IPAddress.None, Ipv4),
            IkeVersions = List<int>(fields, "ike-versions", Version),
            CanInitiate = roles.Contains(true),
            CanRespond = roles.Contains(false),
            PreSharedKey = credentials?.RequiredValue<string>("pre-shared-key", "", Texts.Plain) ?? "",
            OurIdentity = identities?.RequiredValue("ours", PeerIdentity.Any, ProfileTexts.Identity) ?? PeerIdentity.Any,
            ItsIdentity = identities?.RequiredValue("its", PeerIdentity.Any, ProfileTexts.Identity) ?? PeerIdentity.Any,
            Modes = phase1 is null ? [] : List<Phase1Mode>(phase1, "modes", Mode),
            Phase1 = phase1 is null ? [] : [.. List<Phase1Suite>(phase1, "suites", SuiteTexts.Phase1).Select(suite => suite with { LifetimeSeconds = lifetime })],
            Phase2 = phase2 is null ? [] : List<Phase2Suite>(phase2, "suites", SuiteTexts.Phase2),
            Pfs = phase2?.Value("pfs", null, (string text, out Crypto.KeyExchangeMethod? group) => SuiteTexts.Group(text, out group)),
            Encapsulation = phase2?.Choice("mode", SaMode.Tunnel, ("tunnel", SaMode.Tunnel), ("transport", SaMode.Transport)) ?? SaMode.Tunnel,
            ChildSeconds = phase2?.RequiredValue<uint>("lifetime", 1, Texts.Lifetime) ?? 1,
            NatTraversal = fields.Choice(
                "nat-traversal", NatTraversalChoice.Auto, ("auto", NatTraversalChoice.Auto), ("off", NatTraversalChoice.Off), ("force", NatTraversalChoice.Force)),
            Networks = Networks(fields),
            Settle = fields.Value("settle", DefaultSettle, (string text, out TimeSpan time) => Texts.Duration(text, out time)),
            Commands = Commands(fields.Section("commands")),
        };
        foreach (var section in new[] { credentials, identities, phase1, phase2, fields })
        {
            section?.RefuseOthers();
        }

        return profile;
    }

    private static YamlFields? Section(YamlFields fields, string name)
    {
        if (!fields.Has(name))
        {
            fields.Fail(name, "is missing");
        }

        return fields.Section(name);
    }

    private static ImmutableArray<T> List<T>(YamlFields fields, string name, ParseText<T> parse)
    {
        if (!fields.Has(name))
        {
            fields.Fail(name, "is missing");
        }

        return fields.Values(name, parse);
    }

    private static ImmutableArray<TargetNetworks> Networks(YamlFields fields)
    {
        const string Name = "networks";
        var sections = fields.Sections(Name);
        if (sections.Count is 0 or > BedAddresses.Children)
        {
            fields.Fail(Name, $"must be a list of one to {BedAddresses.Children} pairs of networks");
        }

        return [.. sections.Select((section, i) =>
        {
            var (ours, ourHost) = Behind(section, "ours", "our-host");
            var (its, itsHost) = Behind(section, "its", "its-host");
            var networks = new TargetNetworks(section.Value<string>("name", FormattableString.Invariant($"net{i + 1}"), Texts.Plain), new(ours, ourHost, its, itsHost));
            section.RefuseOthers();
            return networks;
        })];
    }

    private static (TrafficSelector Network, IPAddress Host) Behind(YamlFields section, string network, string host)
    {
        var selector = section.RequiredValue<TrafficSelector>(network, TrafficSelector.Any, ProfileTexts.Ipv4Network);
        var address = section.RequiredValue(host, IPAddress.None, Ipv4);
        if (!address.Equals(IPAddress.None) && !ProfileTexts.IsIn(address, selector))
        {
            section.Fail(host, $"{address} does not lie in {selector}");
        }

        return (selector, address);
    }

    private static TargetCommands Commands(YamlFields? fields)
    {
        if (fields is null)
        {
            return new();
        }

        var commands = new TargetCommands
        {
            InitiateIke = fields.Text("initiate-ike"),
            InitiateChild = fields.Text("initiate-child"),
            RekeyChild = fields.Text("rekey-child"),
            RekeyIke = fields.Text("rekey-ike"),
            DeleteChild = fields.Text("delete-child"),
            DeleteIke = fields.Text("delete-ike"),
            Ping = fields.Text("ping"),
            ListSas = fields.Text("list-sas"),
        };
        fields.RefuseOthers();
        return commands;
    }

    private static string? Ipv4(string text, out IPAddress address) => Texts.Address(text, out address)
        ?? (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? null : $"\"{text}\" is not an IPv4 address, and the suite tests over IPv4");

    private static string? Version(string text, out int version) =>
        int.TryParse(text, out version) && version is 1 or 2 ? null : $"\"{text}\" is not a version of IKE: 1 or 2";

    private static string? Mode(string text, out Phase1Mode mode)
    {
        mode = text == "aggressive" ? Phase1Mode.Aggressive : Phase1Mode.Main;
        return text is "main" or "aggressive" ? null : $"\"{text}\" is not one of main, aggressive";
    }
}
