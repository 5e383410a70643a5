// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Ike;
using Ipsec.Ike.V1;
using Ipsec.Sa;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>Renders what is to be protected.</summary>
internal static class IpsecConfChild
{
    /// <summary>The settings of a child's connection that are its own.</summary>
    /// <exception cref="UnsupportedException">Libreswan cannot do it.</exception>
    public static ImmutableArray<(string Name, string Value)> Render(ChildPeerPolicy child, PeerPolicy policy)
    {
        switch (child)
        {
            case { OmitsLifetime: true }:
                throw new UnsupportedException("libreswan always offers a lifetime");
            case { OmitsIdentities: true }:
                throw new UnsupportedException("libreswan always names client identities");
            case { LifetimeKilobytes: not null }:
                throw new UnsupportedException("libreswan negotiates the life of an IPsec SA in seconds alone");
            case { SetsCommitBit: true }:
                throw new UnsupportedException("libreswan never sets the commit bit");
            case { PrivateGroup: not null }:
                throw new UnsupportedException("libreswan has no new group mode, and no groups but those of its proposal keywords");
            case { Protocol: 0, LocalPort: not null } or { Protocol: 0, RemotePort: not null }:
                throw new UnsupportedException("libreswan has ports only of a protocol");
        }

        return
        [
            ("type", child.Mode == SaMode.Tunnel ? "tunnel" : "transport"),
            .. Subnet("leftsubnet", child.Local),
            .. Subnet("rightsubnet", child.Remote),
            .. Ports("leftprotoport", child.Protocol, child.LocalPort),
            .. Ports("rightprotoport", child.Protocol, child.RemotePort),
            .. Proposals(child),
            ("salifetime", IpsecConfRenderer.Seconds(child.LifetimeSeconds)),
            ("rekeymargin", IpsecConfRenderer.Seconds(Margin(child, policy))),
            .. child.ReplayWindow is { } packets ? [("replay-window", packets.ToString(CultureInfo.InvariantCulture))] : (ReadOnlySpan<(string, string)>)[],
        ];
    }

    /// <summary>The settings of what goes without an SA: a connection that authenticates nobody, and is in force when it is routed.</summary>
    public static ImmutableArray<(string Name, string Value)> Render(ShuntPeerPolicy shunt, PeerPolicy policy) =>
    [
        ("type", shunt.Action == SpdAction.Bypass ? "passthrough" : "drop"),
        ("authby", "never"),
        ("left", policy.Address.ToString()),
        ("right", policy.RemoteAddress.ToString()),
        .. Subnet("leftsubnet", shunt.Local),
        .. Subnet("rightsubnet", shunt.Remote),
        ("leftprotoport", ProtocolAndPort(shunt.Local)),
        ("rightprotoport", ProtocolAndPort(shunt.Remote)),
        ("leftupdown", "%disabled"),
        ("auto", "add"),
    ];

    /// <summary>One for both phases. Rekeying starts at nine tenths of a lifetime, where nothing else is said.</summary>
    private static uint Margin(ChildPeerPolicy child, PeerPolicy policy)
    {
        var lifetime = policy.Phase1[0].LifetimeSeconds;
        if (policy.Phase1RekeySeconds is { } phase1 && child.RekeySeconds is { } phase2 && lifetime - phase1 != child.LifetimeSeconds - phase2)
        {
            throw new UnsupportedException("libreswan has one rekeymargin for both phases");
        }

        return policy.Phase1RekeySeconds is { } time ? lifetime - time
            : child.RekeySeconds is { } wanted ? child.LifetimeSeconds - wanted
            : Math.Max(1, Math.Min(child.LifetimeSeconds, lifetime) / 10);
    }

    private static ImmutableArray<(string, string)> Subnet(string name, TrafficSelector? addresses) => addresses switch
    {
        null => [],
        { PrefixLength: null } => throw new UnsupportedException($"libreswan protects subnets, not ranges such as {addresses}"),
        _ => [(name, string.Create(CultureInfo.InvariantCulture, $"{addresses.FirstAddress.ToIPAddress()}/{addresses.PrefixLength}"))],
    };

    private static ImmutableArray<(string, string)> Ports(string name, byte protocol, ushort? port) => protocol == 0
        ? []
        : [(name, string.Create(CultureInfo.InvariantCulture, $"{protocol}/{port ?? 0}"))];

    /// <summary>One port, or all of them.</summary>
    private static string ProtocolAndPort(TrafficSelector selector) => (selector.FirstPort, selector.LastPort) switch
    {
        var (first, last) when first == last => string.Create(CultureInfo.InvariantCulture, $"{selector.Protocol}/{first}"),
        (0, ushort.MaxValue) => string.Create(CultureInfo.InvariantCulture, $"{selector.Protocol}/0"),
        var (first, last) => throw new UnsupportedException($"libreswan has one port or all, not {first} to {last}"),
    };

    private static ImmutableArray<(string, string)> Proposals(ChildPeerPolicy child)
    {
        var protocols = child.Suites.Select(suite => suite.Protocols switch
        {
            [IpsecProtocol.Esp] => "esp",
            [IpsecProtocol.Ah] => "ah",
            _ => throw new UnsupportedException("libreswan has no bundles of AH and ESP"),
        }).Distinct(StringComparer.Ordinal).ToArray();
        if (child.Suites.Any(suite => suite.UseEsn))
        {
            throw new UnsupportedException("libreswan negotiates extended sequence numbers in IKEv2 alone");
        }

        return protocols is [var protocol]
            ?
            [
                ("phase2", protocol),
                ("phase2alg", string.Join(',', child.Suites.Select(suite => Proposal(suite, child.Pfs is null ? "" : ";" + LibreswanKeywords.Of(child.Pfs))))),
                ("pfs", IpsecConfRenderer.YesOrNo(child.Pfs is not null)),
                ("esn", "no"),
            ]
            : throw new UnsupportedException("libreswan does not offer ESP and AH as alternatives");
    }

    private static string Proposal(Phase2Suite suite, string group)
    {
        if (suite.IsWithoutIntegrity)
        {
            throw new UnsupportedException("libreswan has no ESP without integrity");
        }

        List<string> words = suite.Encryption is { } encryption ? [LibreswanKeywords.Of(encryption)] : [];
        if ((suite.AhIntegrity ?? suite.Integrity) is { } integrity)
        {
            words.Add(LibreswanKeywords.Of(integrity));
        }

        return string.Join('-', words) + group;
    }
}
