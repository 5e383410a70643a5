// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;

namespace Ipsec.Fixtures.Rig.Policies;

/// <summary>A neutral policy for people: what the evidence shows of a peer without a configuration language of its own.</summary>
internal static class PeerPolicyText
{
    /// <summary>The policy.</summary>
    /// <returns>Lines that end with line feeds.</returns>
    public static string Of(PeerPolicy policy)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"connection {policy.Name}: {policy.Identity} at {policy.Address}, peer {policy.RemoteIdentity} at {policy.RemoteAddress}\n");
        if (policy.PreSharedKey is { } key)
        {
            text.Append(CultureInfo.InvariantCulture, $"pre-shared key \"{key}\" (throw-away)\n");
        }

        if (policy.Certificates is { } certificates)
        {
            text.Append(CultureInfo.InvariantCulture, $"certificate {certificates.Own?.Subject.Name ?? "none"}, sent {certificates.Sending}; trusts {Names(certificates.Anchors.Select(anchor => anchor.Subject.Name))}");
            text.Append(CultureInfo.InvariantCulture, $"{(certificates.DemandsRevocationList ? ", demands revocation lists" : "")}\n");
        }

        if (policy.Xauth is { } xauth)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Describe(xauth)}\n");
        }

        if (policy.ModeConfig is { } config)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Describe(config)}\n");
        }

        foreach (var suite in policy.Phase1)
        {
            text.Append(CultureInfo.InvariantCulture, $"phase 1, {policy.Mode} mode: {suite}, {suite.Authentication}, {suite.LifetimeSeconds} s\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"NAT traversal {policy.NatTraversal} from port {policy.IkePort}, fragmentation {policy.Fragmentation?.ToString() ?? "as the implementation has it"}, ");
        text.Append(CultureInfo.InvariantCulture, $"dead peer detection {policy.DeadPeerDetection?.ToString() ?? "when asked"}, older IKE SAs: {policy.Uniqueness}\n");
        foreach (var shunt in policy.Shunts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{shunt.Action} {shunt.Local} === {shunt.Remote}\n");
        }

        foreach (var child in policy.Children)
        {
            var pfs = child.Pfs is null ? "no PFS" : $"PFS in {child.Pfs.Name}";
            var volume = child.LifetimeKilobytes is { } kilobytes ? $" or {kilobytes} kB" : "";
            text.Append(
                CultureInfo.InvariantCulture,
                $"child {child.Name}: {Selector(child.Local)} === {Selector(child.Remote)}, {child.Mode} mode, {string.Join(" or ", child.Suites)}, {pfs}, {child.LifetimeSeconds} s{volume}{Omitted(child)}\n");
        }

        return text.ToString();
    }

    private static string Omitted(ChildPeerPolicy child) =>
        (child.OmitsLifetime ? ", lifetime not offered" : "") + (child.OmitsIdentities ? ", client identities not named" : "")
        + (child.SetsCommitBit ? ", commit bit set" : "") + (child.PrivateGroup is { } group ? string.Create(CultureInfo.InvariantCulture, $", PFS in private group {group}") : "");

    private static string Selector(object? selector) => selector?.ToString() ?? "its address";

    private static string Describe(XauthPeerPolicy xauth) => xauth switch
    {
        XauthPeerPolicy.Client client => $"extended authentication as \"{client.User}\" with \"{client.Password}\" (throw-away)",
        XauthPeerPolicy.Server server => $"extended authentication of {Names(server.Users.Select(user => $"\"{user.User}\" with \"{user.Password}\" (throw-away)"))}",
        _ => throw new ArgumentOutOfRangeException(nameof(xauth), xauth, "neither client nor server"),
    };

    private static string Describe(ModeConfigPeerPolicy config) => config switch
    {
        ModeConfigPeerPolicy.Client client => $"mode config, {(config.IsPush ? "is told an address" : $"asks for {client.Wanted}")}",
        ModeConfigPeerPolicy.Server server => $"mode config, {(config.IsPush ? "tells" : "answers with")} {server.First}-{server.Last}",
        _ => throw new ArgumentOutOfRangeException(nameof(config), config, "neither client nor server"),
    };

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("nobody"));
}
