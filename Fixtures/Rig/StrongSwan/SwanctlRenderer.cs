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
    /// <summary>Rekeying starts at nine tenths of a lifetime, as strongSwan has it by default.</summary>
    private const uint TenthsBeforeRekey = 9;

    /// <summary>The policy for strongSwan.</summary>
    /// <param name="policy">East's side of it.</param>
    /// <param name="name">Name of the connection in the daemon: unique there.</param>
    /// <returns>What is loaded, and the same as text.</returns>
    /// <exception cref="UnsupportedException">strongSwan cannot do it.</exception>
    public static RenderedPolicy Render(PeerPolicy policy, string name)
    {
        var connection = new ConfigSection(name,
        [
            new ConfigSetting("version", "1"),
            new ConfigSetting("aggressive", "no"),
            new ConfigList("local_addrs", [policy.Address.ToString()]),
            new ConfigList("remote_addrs", [policy.RemoteAddress.ToString()]),
            new ConfigList("proposals", [.. policy.Phase1.Select(Proposal).Distinct(StringComparer.Ordinal)]),
            new ConfigSetting("mobike", "no"),
            new ConfigSetting("encap", "no"),
            new ConfigSetting("unique", "never"),
            new ConfigSetting("dpd_delay", "0s"),
            .. Phase1Lifetime(policy),
            new ConfigSection("local", [new ConfigSetting("auth", "psk"), new ConfigSetting("id", Fqdn(policy.Identity))]),
            new ConfigSection("remote", [new ConfigSetting("auth", "psk"), new ConfigSetting("id", Fqdn(policy.RemoteIdentity))]),
            new ConfigSection("children", [.. policy.Children.Select(Child)]),
        ]);

        // A main mode responder has only the addresses to choose a key by; an identity would do for everything else.
        ImmutableArray<string> owners = [policy.Address.ToString(), policy.RemoteAddress.ToString(), Fqdn(policy.Identity), Fqdn(policy.RemoteIdentity)];
        var secret = ConfigSection.Message(
            new ConfigSetting("id", name),
            new ConfigSetting("type", "IKE"),
            new ConfigSetting("data", policy.PreSharedKey),
            new ConfigList("owners", owners));
        var secretText = new ConfigSection($"ike-{name}",
        [
            new ConfigSetting("secret", policy.PreSharedKey),
            .. owners.Select((owner, index) => new ConfigSetting(string.Create(CultureInfo.InvariantCulture, $"id-{index + 1}"), owner)),
        ]);
        return new RenderedPolicy(
            connection, secret, SwanctlText.Write(new ConfigSection("connections", [connection]), new ConfigSection("secrets", [secretText])));
    }

    /// <summary>Without the prefix strongSwan would guess the type from the text.</summary>
    private static string Fqdn(string identity) => $"fqdn:{identity}";

    private static string Proposal(Phase1Suite suite) =>
        string.Join('-', StrongSwanKeywords.Of(suite.Encryption), StrongSwanKeywords.Of(suite.Hash), StrongSwanKeywords.Of(suite.Group));

    /// <summary>strongSwan proposes the sum of rekey and over time. Randomness off: what is configured is what is proposed.</summary>
    private static ImmutableArray<ConfigEntry> Phase1Lifetime(PeerPolicy policy)
    {
        var lifetimes = policy.Phase1.Select(suite => suite.LifetimeSeconds).Distinct().ToArray();
        if (lifetimes.Length > 1)
        {
            throw new UnsupportedException($"strongswan has one phase 1 lifetime for all suites of a connection, not {string.Join(" s and ", lifetimes)} s");
        }

        var rekey = BeforeRekey(lifetimes[0]);
        return
        [
            new ConfigSetting("rekey_time", Seconds(rekey)),
            new ConfigSetting("over_time", Seconds(lifetimes[0] - rekey)),
            new ConfigSetting("rand_time", Seconds(0)),
        ];
    }

    private static ConfigSection Child(ChildPeerPolicy child) => new(child.Name,
    [
        new ConfigList("local_ts", [child.Local.ToString()]),
        new ConfigList("remote_ts", [child.Remote.ToString()]),
        new ConfigList("esp_proposals", [.. child.Suites.Select(suite => Proposal(suite, child))]),
        new ConfigSetting("mode", "tunnel"),
        new ConfigSetting("life_time", Seconds(child.LifetimeSeconds)),
        new ConfigSetting("rekey_time", Seconds(BeforeRekey(child.LifetimeSeconds))),
        new ConfigSetting("rand_time", Seconds(0)),
        new ConfigSetting("start_action", "none"),
        new ConfigSetting("dpd_action", "clear"),
    ]);

    private static string Proposal(Phase2Suite suite, ChildPeerPolicy child)
    {
        List<string> words = [StrongSwanKeywords.Of(suite.Encryption)];
        if (suite.Integrity is { } integrity)
        {
            words.Add(StrongSwanKeywords.Of(integrity));
        }

        if (child.Pfs is { } group)
        {
            words.Add(StrongSwanKeywords.Of(group));
        }

        return string.Join('-', words);
    }

    private static uint BeforeRekey(uint lifetime) => (uint)((ulong)lifetime * TenthsBeforeRekey / 10);

    private static string Seconds(uint seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds}s");
}
