// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Ike.V1;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>Renders a neutral policy for Libreswan. East is always on the left.</summary>
internal static class IpsecConfRenderer
{
    /// <summary>The policy for Libreswan.</summary>
    /// <param name="policy">East's side of it.</param>
    /// <param name="name">The scenario's name in the daemon: unique there.</param>
    /// <exception cref="UnsupportedException">Libreswan cannot do it.</exception>
    public static LibreswanPolicy Render(PeerPolicy policy, string name)
    {
        var authentication = LibreswanAuthentication.Render(policy, name);
        ImmutableArray<(string, string)> common = [.. Common(policy), .. authentication.Settings];
        var text = new StringBuilder("# East is on the left.\n");
        foreach (var child in policy.Children)
        {
            Write(text, $"{name}-{child.Name}", [.. common, .. IpsecConfChild.Render(child, policy)]);
        }

        foreach (var shunt in policy.Shunts)
        {
            Write(text, $"{name}-{shunt.Name}", IpsecConfChild.Render(shunt, policy));
        }

        var phase1Only = $"{name}-ike";
        Write(text, phase1Only, [.. Phase1Only(common), .. IpsecConfChild.Render(policy.Children[0], policy).Where(setting => setting.Name != "leftsubnet" || policy.ModeConfig is null)]);
        return new LibreswanPolicy
        {
            Name = name,
            Children = [.. policy.Children.Select(child => $"{name}-{child.Name}")],
            Shunts = [.. policy.Shunts.Select(shunt => $"{name}-{shunt.Name}")],
            Phase1Only = phase1Only,
            Configuration = text.ToString(),
            Secrets = authentication.Secrets,
            Certificates = authentication.Certificates,
            Users = authentication.Users,
        };
    }

    internal static string Seconds(uint seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds}s");

    internal static string YesOrNo(bool value) => value ? "yes" : "no";

    /// <summary>
    /// Libreswan goes on to quick mode whenever phase 1 is done, unless it is a client that waits to be pushed an address: which it says to
    /// nobody.
    /// </summary>
    private static IEnumerable<(string, string)> Phase1Only(IEnumerable<(string Name, string Value)> common) =>
    [
        .. common.Where(setting => setting.Name is not ("leftmodecfgclient" or "rightmodecfgserver" or "leftmodecfgserver" or "rightmodecfgclient" or "rightaddresspool" or "modecfgpull")),
        ("leftmodecfgclient", "yes"),
        ("rightmodecfgserver", "yes"),
        ("modecfgpull", "no"),
    ];

    private static ImmutableArray<(string, string)> Common(PeerPolicy policy)
    {
        if (!policy.VendorIds.IsEmpty)
        {
            throw new UnsupportedException("libreswan sends its own vendor IDs and no others");
        }

        if (policy.IkePort != PeerPolicy.DefaultIkePort)
        {
            throw new UnsupportedException($"libreswan starts on port {PeerPolicy.DefaultIkePort} in every scenario");
        }

        return
        [
            ("ikev2", "no"),
            ("aggressive", YesOrNo(policy.Mode == Phase1Mode.Aggressive)),
            ("left", policy.Address.ToString()),
            ("right", policy.RemoteAddress.ToString()),
            ("ike", string.Join(',', policy.Phase1.Select(Proposal).Distinct(StringComparer.Ordinal))),
            ("ikelifetime", Seconds(Phase1Lifetime(policy))),
            .. NatTraversal(policy.NatTraversal),
            .. Fragmentation(policy.Fragmentation),
            ("initial-contact", YesOrNo(InitialContact(policy.Uniqueness))),
            .. DeadPeerDetection(policy.DeadPeerDetection),
            .. ModeConfig(policy.ModeConfig),
            // Nothing is left to be routed, and a script in a user-mode guest takes a second.
            ("leftupdown", "%disabled"),
            // As often and as long as the other peer in a container: a lost message is sent again after a second.
            ("retransmit-interval", "1000"),
            ("retransmit-timeout", "11s"),
            ("keyingtries", "1"),
            ("rekeyfuzz", "0%"),
            ("auto", "add"),
        ];
    }

    private static void Write(StringBuilder text, string name, IEnumerable<(string Name, string Value)> settings)
    {
        text.Append(CultureInfo.InvariantCulture, $"\nconn {name}\n");
        foreach (var (setting, value) in settings)
        {
            var isPlain = value.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:@%+,;=".Contains(c, StringComparison.Ordinal));
            text.Append(CultureInfo.InvariantCulture, $"    {setting}={(isPlain ? value : $"\"{value}\"")}\n");
        }
    }

    private static string Proposal(Phase1Suite suite) =>
        string.Join('-', LibreswanKeywords.OfPhase1(suite.Encryption), LibreswanKeywords.OfPhase1(suite.Hash), LibreswanKeywords.Of(suite.Group));

    private static uint Phase1Lifetime(PeerPolicy policy)
    {
        if (policy.Phase1.Any(suite => suite.LifetimeKilobytes is not null))
        {
            throw new UnsupportedException("libreswan limits the life of an IKE SA by time, not by volume");
        }

        var lifetimes = policy.Phase1.Select(suite => suite.LifetimeSeconds).Distinct().ToArray();
        return lifetimes is [var lifetime]
            ? lifetime
            : throw new UnsupportedException($"libreswan has one phase 1 lifetime for all suites of a connection, not {string.Join(" s and ", lifetimes)} s");
    }

    private static ImmutableArray<(string, string)> NatTraversal(NatTraversalChoice choice) => choice switch
    {
        NatTraversalChoice.Off => [("nat-ikev1-method", "none")],
        NatTraversalChoice.Force => [("encapsulation", "yes")],
        _ => [("encapsulation", "auto")],
    };

    private static ImmutableArray<(string, string)> Fragmentation(FragmentationPeerPolicy? wish) => wish switch
    {
        null => [],
        { MaximumDatagram: { } size } => throw new UnsupportedException($"libreswan has one size of fragments for the whole daemon, not {size} octets for one connection"),
        { Choice: FragmentationChoice.Off } => [("fragmentation", "no")],
        // Its "yes", which it does by itself, waits until a message must be repeated. "force" cuts at once.
        { Choice: FragmentationChoice.Yes or FragmentationChoice.Force } => [("fragmentation", "force")],
        _ => throw new UnsupportedException("libreswan that takes fragments also sends some, when a message stays without an answer"),
    };

    private static bool InitialContact(UniquenessChoice choice) => choice switch
    {
        UniquenessChoice.Never => false,
        UniquenessChoice.InitialContact => true,
        _ => throw new UnsupportedException("libreswan has one rule on older IKE SAs for the whole daemon (uniqueids)"),
    };

    private static ImmutableArray<(string, string)> DeadPeerDetection(DeadPeerPolicy? detection) => detection is null
        ? []
        :
        [
            ("dpddelay", WholeSeconds(detection.Delay)),
            ("dpdtimeout", WholeSeconds(detection.Timeout)),
            ("dpdaction", detection.Action == DeadPeerAction.Restart ? "restart" : "clear"),
        ];

    private static string WholeSeconds(TimeSpan time) => time.Ticks % TimeSpan.TicksPerSecond == 0 && time >= TimeSpan.FromSeconds(1)
        ? Seconds((uint)time.TotalSeconds)
        : throw new UnsupportedException($"libreswan counts in whole seconds, not {time.TotalMilliseconds} ms");

    private static ImmutableArray<(string, string)> ModeConfig(ModeConfigPeerPolicy? config) => config switch
    {
        ModeConfigPeerPolicy.Client => [("leftmodecfgclient", "yes"), ("rightmodecfgserver", "yes"), ("modecfgpull", YesOrNo(!config.IsPush))],
        ModeConfigPeerPolicy.Server server =>
        [
            ("leftmodecfgserver", "yes"),
            ("rightmodecfgclient", "yes"),
            ("rightaddresspool", $"{server.First}-{server.Last}"),
            ("modecfgpull", YesOrNo(!config.IsPush)),
            .. server.DnsServers.IsEmpty ? [] : (ReadOnlySpan<(string, string)>)[("modecfgdns", string.Join(',', server.DnsServers))],
        ],
        _ => [],
    };
}
