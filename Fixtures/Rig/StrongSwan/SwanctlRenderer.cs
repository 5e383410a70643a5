// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Ike.V1;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>Renders a neutral policy for strongSwan.</summary>
internal static class SwanctlRenderer
{
    /// <summary>charon's <c>fragment_size</c>: one for the whole daemon.</summary>
    private const int FragmentSize = 1280;

    /// <summary>The policy for strongSwan.</summary>
    /// <param name="policy">East's side of it.</param>
    /// <param name="name">Name of the connection in the daemon: unique there.</param>
    /// <returns>What is loaded, and the same as text.</returns>
    /// <exception cref="UnsupportedException">strongSwan cannot do it.</exception>
    public static RenderedPolicy Render(PeerPolicy policy, string name)
    {
        var authentication = SwanctlAuthentication.Render(policy, name);
        var pool = Pool(policy, name);
        var written = Connection(policy, name, authentication.WrittenRounds);
        var secrets = new ConfigSection("secrets", [.. authentication.WrittenSecrets]);
        var text = SwanctlText.Write(
            [new("connections", [written]), .. secrets.Entries.IsEmpty ? Array.Empty<ConfigSection>() : [secrets], .. pool is null ? Array.Empty<ConfigSection>() : [new("pools", [pool])]]);
        return new RenderedPolicy
        {
            Connection = Connection(policy, name, authentication.Rounds),
            Secrets = authentication.Secrets,
            Certificates = authentication.Certificates,
            Keys = authentication.Keys,
            Pool = pool,
            Files = [("swanctl.conf", text), .. authentication.Files],
        };
    }

    internal static string Seconds(uint seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds}s");

    internal static string YesOrNo(bool value) => value ? "yes" : "no";

    private static ConfigSection Connection(PeerPolicy policy, string name, IEnumerable<ConfigSection> rounds)
    {
        if (!policy.VendorIds.IsEmpty)
        {
            throw new UnsupportedException("strongswan sends its own vendor IDs and no others");
        }

        if (policy.IkePort != PeerPolicy.DefaultIkePort)
        {
            throw new UnsupportedException($"strongswan starts on port {PeerPolicy.DefaultIkePort} in every scenario");
        }

        return new ConfigSection(name,
        [
            new ConfigSetting("version", "1"),
            new ConfigSetting("aggressive", YesOrNo(policy.Mode == Phase1Mode.Aggressive)),
            new ConfigList("local_addrs", [policy.Address.ToString()]),
            new ConfigList("remote_addrs", [policy.RemoteAddress.ToString()]),
            new ConfigList("proposals", [.. policy.Phase1.Select(Proposal).Distinct(StringComparer.Ordinal)]),
            new ConfigSetting("mobike", "no"),
            new ConfigSetting("encap", YesOrNo(Encapsulates(policy))),
            .. Fragmentation(policy),
            new ConfigSetting("unique", Unique(policy)),
            .. DeadPeerDetection(policy),
            .. Certificates(policy),
            .. ModeConfig(policy, name),
            .. Phase1Lifetime(policy),
            .. rounds,
            new ConfigSection("children", [.. policy.Children.Select(child => SwanctlChild.Render(child, policy)), .. policy.Shunts.Select(SwanctlChild.Render)]),
        ]);
    }

    private static string Proposal(Phase1Suite suite) =>
        string.Join('-', StrongSwanKeywords.Of(suite.Encryption), StrongSwanKeywords.Of(suite.Hash), StrongSwanKeywords.Of(suite.Group));

    private static bool Encapsulates(PeerPolicy policy) => policy.NatTraversal switch
    {
        NatTraversalChoice.Auto => false,
        NatTraversalChoice.Force => true,
        _ => throw new UnsupportedException("strongswan always announces NAT traversal (RFC 3947) in IKEv1 and looks for NATs"),
    };

    private static ImmutableArray<ConfigEntry> Fragmentation(PeerPolicy policy)
    {
        if (policy.Fragmentation is not { } fragmentation)
        {
            return [];
        }

        if (fragmentation.MaximumDatagram is { } size and not FragmentSize)
        {
            throw new UnsupportedException($"strongswan has one size of fragments for the whole daemon, {FragmentSize} octets, not {size} for one connection");
        }

        var word = fragmentation.Choice switch
        {
            FragmentationChoice.Accept => "accept",
            FragmentationChoice.Yes => "yes",
            FragmentationChoice.Force => "force",
            _ => "no",
        };
        return [new ConfigSetting("fragmentation", word)];
    }

    private static string Unique(PeerPolicy policy) => policy.Uniqueness switch
    {
        UniquenessChoice.InitialContact => "no",
        UniquenessChoice.Replace => "replace",
        UniquenessChoice.Keep => "keep",
        _ => "never",
    };

    private static ImmutableArray<ConfigEntry> DeadPeerDetection(PeerPolicy policy) => policy.DeadPeerDetection is { } detection
        ? [new ConfigSetting("dpd_delay", WholeSeconds(detection.Delay)), new ConfigSetting("dpd_timeout", WholeSeconds(detection.Timeout))]
        : [new ConfigSetting("dpd_delay", "0s")];

    private static string WholeSeconds(TimeSpan time) => time.Ticks % TimeSpan.TicksPerSecond == 0 && time >= TimeSpan.FromSeconds(1)
        ? Seconds((uint)time.TotalSeconds)
        : throw new UnsupportedException($"strongswan counts in whole seconds, not {time.TotalMilliseconds} ms");

    private static ImmutableArray<ConfigEntry> Certificates(PeerPolicy policy)
    {
        if (policy.Certificates is not { } certificates)
        {
            return [];
        }

        var sending = certificates.Sending switch
        {
            CertificateSending.Always => "always",
            CertificateSending.Never => "never",
            _ => "ifasked",
        };
        return [new ConfigSetting("send_cert", sending), new ConfigSetting("send_certreq", YesOrNo(certificates.SendsRequests))];
    }

    private static ImmutableArray<ConfigEntry> ModeConfig(PeerPolicy policy, string name) => policy.ModeConfig switch
    {
        null => [],
        ModeConfigPeerPolicy.Client client => [new ConfigSetting("pull", YesOrNo(!client.IsPush)), new ConfigList("vips", [client.Wanted.ToString()])],
        _ => [new ConfigSetting("pull", YesOrNo(!policy.ModeConfig.IsPush)), new ConfigList("pools", [name])],
    };

    private static ConfigSection? Pool(PeerPolicy policy, string name) => policy.ModeConfig is ModeConfigPeerPolicy.Server server
        ? new ConfigSection(name,
        [
            new ConfigSetting("addrs", $"{server.First}-{server.Last}"),
            .. server.DnsServers.IsEmpty ? Array.Empty<ConfigEntry>() : [new ConfigList("dns", [.. server.DnsServers.Select(address => address.ToString())])],
        ])
        : null;

    /// <summary>strongSwan proposes the sum of rekey and over time. Randomness off: what is configured is what is proposed.</summary>
    private static ImmutableArray<ConfigEntry> Phase1Lifetime(PeerPolicy policy)
    {
        if (policy.Phase1.Any(suite => suite.LifetimeKilobytes is not null))
        {
            throw new UnsupportedException("strongswan limits the life of an IKE SA by time, not by volume");
        }

        var lifetimes = policy.Phase1.Select(suite => suite.LifetimeSeconds).Distinct().ToArray();
        if (lifetimes.Length > 1)
        {
            throw new UnsupportedException($"strongswan has one phase 1 lifetime for all suites of a connection, not {string.Join(" s and ", lifetimes)} s");
        }

        var rekey = RekeyTime(policy.Phase1RekeySeconds, lifetimes[0]);
        return
        [
            new ConfigSetting("rekey_time", Seconds(rekey)),
            new ConfigSetting("over_time", Seconds(lifetimes[0] - rekey)),
            new ConfigSetting("rand_time", Seconds(0)),
        ];
    }

    /// <summary>Rekeying starts at nine tenths of a lifetime, as strongSwan has it by default.</summary>
    internal static uint RekeyTime(uint? wanted, uint lifetime) => wanted switch
    {
        null => (uint)((ulong)lifetime * 9 / 10),
        { } time when time > 0 && time < lifetime => time,
        { } time => throw new ArgumentException($"{time} is no time to rekey what lives for {lifetime}", nameof(wanted)),
    };
}
