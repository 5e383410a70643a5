// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.V1.Nat;
using Ipsec.Ike.V1.Transactions;

namespace Ipsec.Ike.V1.Policy;

/// <summary>Refuses policies of NAT traversal, fragmentation, dead peer detection, XAUTH and mode config that could never work.</summary>
internal static class ExchangePolicyCheck
{
    public static IEnumerable<PolicyError> Check(ConnectionPolicy connection, string path) =>
        NatTraversal(connection, path).Concat(Fragmentation(connection, path)).Concat(DeadPeers(connection, path))
            .Concat(Xauth(connection, path)).Concat(ModeConfig(connection, path));

    private static IEnumerable<PolicyError> NatTraversal(ConnectionPolicy connection, string path)
    {
        var policy = connection.NatTraversal;
        if (policy.Mode == NatTraversalMode.Off)
        {
            yield break;
        }

        if (policy.Versions.IsDefaultOrEmpty || policy.Versions.Contains(NatTraversalVersion.None))
        {
            yield return new($"{path}.natTraversal.versions", "must name at least one version, and only those that exist");
        }

        if (policy.KeepaliveInterval <= TimeSpan.Zero)
        {
            yield return new($"{path}.natTraversal.keepaliveInterval", "must be above zero");
        }

        if (connection.LocalIdentity.Port != 0)
        {
            yield return new($"{path}.localIdentity", $"has port {connection.LocalIdentity.Port}; with NAT traversal it must be 0 (RFC 3947 section 4)");
        }
    }

    private static IEnumerable<PolicyError> Fragmentation(ConnectionPolicy connection, string path)
    {
        if (connection.Fragmentation.MaximumDatagram < FragmentationPolicy.SmallestDatagram)
        {
            yield return new($"{path}.fragmentation.maximumDatagram", $"is below {FragmentationPolicy.SmallestDatagram}; the headers need most of it");
        }
    }

    private static IEnumerable<PolicyError> DeadPeers(ConnectionPolicy connection, string path)
    {
        if (connection.DeadPeerDetection?.Delay < TimeSpan.Zero)
        {
            yield return new($"{path}.deadPeerDetection.delay", "is negative; zero asks no questions");
        }
    }

    private static IEnumerable<PolicyError> Xauth(ConnectionPolicy connection, string path)
    {
        var methods = connection.Phase1.IsDefault ? [] : connection.Phase1.Select(s => s.Authentication).Distinct().ToArray();
        var needsXauth = Array.Exists(methods, m => XauthRoles.Of(m, isInitiator: true) != XauthRole.None);
        if (needsXauth && connection.Xauth is null)
        {
            yield return new($"{path}.xauth", "is missing, and a phase 1 suite asks for extended authentication");
        }

        if (connection.Xauth is { Attempts: < 1 })
        {
            yield return new($"{path}.xauth.attempts", "is below 1");
        }

        if (connection.Xauth is { Type: not (Wire.V1.XauthAuthenticationType.Generic or Wire.V1.XauthAuthenticationType.RadiusChap) } other)
        {
            yield return new($"{path}.xauth.type", $"is {other.Type}; generic and RADIUS-CHAP are spoken here");
        }
    }

    private static IEnumerable<PolicyError> ModeConfig(ConnectionPolicy connection, string path)
    {
        if (connection.ModeConfig is not { } policy)
        {
            yield break;
        }

        for (var i = 0; i < policy.Pools.Length; i++)
        {
            var (first, last) = (policy.Pools[i].First, policy.Pools[i].Last);
            if (first.AddressFamily != last.AddressFamily || policy.Pools[i].Count < 1)
            {
                yield return new($"{path}.modeConfig.pools[{i}]", $"{first} to {last} is not a range of one family");
            }
        }

        if (policy.Role == ModeConfigRole.PullingClient && policy.Requested.IsDefaultOrEmpty)
        {
            yield return new($"{path}.modeConfig.requested", "is empty; a client must ask for something");
        }
    }
}
