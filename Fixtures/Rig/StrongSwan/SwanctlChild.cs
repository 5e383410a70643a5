// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Ike;
using Ipsec.Ike.V1;
using Ipsec.Sa;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>Renders what is to be protected.</summary>
internal static class SwanctlChild
{
    /// <summary>The addresses that the IKE SA itself has, or has been assigned.</summary>
    private const string Dynamic = "dynamic";

    private const int OctetsInKilobyte = 1024;

    /// <summary>The child's section.</summary>
    /// <exception cref="UnsupportedException">strongSwan cannot do it.</exception>
    public static ConfigSection Render(ChildPeerPolicy child, PeerPolicy policy) => new(Possible(child).Name,
    [
        new ConfigList("local_ts", [Selector(child.Local, child.Protocol, child.LocalPort)]),
        new ConfigList("remote_ts", [Selector(child.Remote, child.Protocol, child.RemotePort)]),
        .. Proposals(child),
        new ConfigSetting("mode", child.Mode == SaMode.Tunnel ? "tunnel" : "transport"),
        new ConfigSetting("life_time", SwanctlRenderer.Seconds(child.LifetimeSeconds)),
        new ConfigSetting("rekey_time", SwanctlRenderer.Seconds(SwanctlRenderer.RekeyTime(child.RekeySeconds, child.LifetimeSeconds))),
        new ConfigSetting("rand_time", SwanctlRenderer.Seconds(0)),
        .. Volume(child),
        .. ReplayWindow(child),
        new ConfigSetting("start_action", "none"),
        new ConfigSetting("dpd_action", policy.DeadPeerDetection?.Action == DeadPeerAction.Restart ? "restart" : "clear"),
    ]);

    /// <summary>What goes without an SA is a child, too; it is in force as soon as it is loaded.</summary>
    public static ConfigSection Render(ShuntPeerPolicy shunt) => new(shunt.Name,
    [
        new ConfigList("local_ts", [shunt.Local.ToString()]),
        new ConfigList("remote_ts", [shunt.Remote.ToString()]),
        new ConfigSetting("mode", shunt.Action == SpdAction.Bypass ? "pass" : "drop"),
        new ConfigSetting("start_action", "trap"),
    ]);

    private static ChildPeerPolicy Possible(ChildPeerPolicy child) => child switch
    {
        { OmitsLifetime: true } => throw new UnsupportedException("strongswan always offers a lifetime"),
        { OmitsIdentities: true } => throw new UnsupportedException("strongswan always names client identities"),
        { SetsCommitBit: true } => throw new UnsupportedException("strongswan never sets the commit bit"),
        { PrivateGroup: not null } => throw new UnsupportedException("strongswan has no new group mode, and no groups but those of its proposal keywords"),
        _ => child,
    };

    private static string Selector(TrafficSelector? addresses, byte protocol, ushort? port)
    {
        var text = addresses?.ToString() ?? Dynamic;
        return (protocol, port) switch
        {
            (0, null) => text,
            (_, null) => string.Create(CultureInfo.InvariantCulture, $"{text}[{protocol}]"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{text}[{protocol}/{port}]"),
        };
    }

    private static ImmutableArray<ConfigEntry> Volume(ChildPeerPolicy child) => child.LifetimeKilobytes is { } kilobytes
        ?
        [
            new ConfigSetting("life_bytes", Octets(kilobytes)),
            new ConfigSetting("rekey_bytes", Octets(SwanctlRenderer.RekeyTime(child.RekeyKilobytes, kilobytes))),
            new ConfigSetting("rand_bytes", Octets(0)),
        ]
        : [];

    private static ImmutableArray<ConfigEntry> ReplayWindow(ChildPeerPolicy child) => child.ReplayWindow is { } packets
        ? [new ConfigSetting("replay_window", packets.ToString(CultureInfo.InvariantCulture))]
        : [];

    private static string Octets(uint kilobytes) => ((ulong)kilobytes * OctetsInKilobyte).ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// One list. strongSwan takes another one beside it, but writes all suites as transforms of one proposal (RFC 2408 section 4.2), whose
    /// protocol is the first suite's: what was meant as AH then says ESP.
    /// </summary>
    private static ImmutableArray<ConfigEntry> Proposals(ChildPeerPolicy child)
    {
        var names = child.Suites.Select(suite => suite.Protocols switch
        {
            [IpsecProtocol.Esp] => "esp_proposals",
            [IpsecProtocol.Ah] => "ah_proposals",
            _ => throw new UnsupportedException("strongswan has no bundles of AH and ESP"),
        }).Distinct(StringComparer.Ordinal).ToArray();
        return names is [var name]
            ? [new ConfigList(name, [.. child.Suites.Select(suite => Proposal(suite, child))])]
            : throw new UnsupportedException("strongswan cannot offer ESP and AH as alternatives: it writes both into one proposal");
    }

    private static string Proposal(Phase2Suite suite, ChildPeerPolicy child)
    {
        List<string> words = suite.Encryption is { } encryption ? [StrongSwanKeywords.Of(encryption)] : [];
        if ((suite.AhIntegrity ?? suite.Integrity) is { } integrity)
        {
            words.Add(StrongSwanKeywords.Of(integrity));
        }

        if (child.Pfs is { } group)
        {
            words.Add(StrongSwanKeywords.Of(group));
        }

        if (suite.UseEsn)
        {
            words.Add("esn");
        }

        return string.Join('-', words);
    }
}
