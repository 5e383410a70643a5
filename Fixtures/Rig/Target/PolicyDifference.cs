// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Ike.V1;

namespace Ipsec.Fixtures.Rig.Target;

/// <summary>Where what a scenario wants of a device differs from what the device is configured with.</summary>
internal static class PolicyDifference
{
    private const string Unsaid = "what the device does by itself";

    /// <summary>The first difference in words; null when there is none.</summary>
    /// <param name="wanted">What the scenario wants.</param>
    /// <param name="configured">What the profile says.</param>
    /// <param name="modes">The exchanges of phase 1 that the device takes.</param>
    public static string? Of(PeerPolicy wanted, PeerPolicy configured, ImmutableArray<Phase1Mode> modes)
    {
        var difference = Differences(wanted, configured, modes).Concat(wanted.Children.Zip(configured.Children).SelectMany(pair => Differences(pair.First, pair.Second)))
            .FirstOrDefault(pair => pair.Wanted != pair.Configured);
        return difference == default ? null : $"the scenario wants {difference.What} {difference.Wanted}, and the device is configured with {difference.Configured}";
    }

    private static IEnumerable<(string What, string Wanted, string Configured)> Differences(PeerPolicy wanted, PeerPolicy configured, ImmutableArray<Phase1Mode> modes)
    {
        yield return ("the device's address", $"{wanted.Address}", $"{configured.Address}");
        yield return ("our address", $"{wanted.RemoteAddress}", $"{configured.RemoteAddress}");
        yield return ("phase 1 in mode", $"{wanted.Mode}", modes.Contains(wanted.Mode) ? $"{wanted.Mode}" : string.Join(" or ", modes));
        yield return ("authentication by", Credentials(wanted), Credentials(configured));
        yield return ("the device's identity", Text(wanted.Identity), Text(configured.Identity));
        yield return ("the identity demanded of us", Text(wanted.RemoteIdentity), Text(configured.RemoteIdentity));
        yield return ("phase 1 suites", Suites(wanted.Phase1), Suites(configured.Phase1));
        yield return ("a new IKE SA after", Seconds(wanted.Phase1RekeySeconds), Seconds(configured.Phase1RekeySeconds));
        yield return ("the pre-shared key", wanted.PreSharedKey ?? "none", configured.PreSharedKey ?? "none");
        yield return ("extended authentication", wanted.Xauth is null ? "off" : "on", configured.Xauth is null ? "off" : "on");
        yield return ("mode config", wanted.ModeConfig is null ? "off" : "on", configured.ModeConfig is null ? "off" : "on");
        yield return ("NAT traversal", $"{wanted.NatTraversal}", $"{configured.NatTraversal}");
        yield return ("IKE port", $"{wanted.IkePort}", $"{configured.IkePort}");
        yield return ("fragmentation", wanted.Fragmentation?.ToString() ?? Unsaid, configured.Fragmentation?.ToString() ?? Unsaid);
        yield return ("dead peer detection", wanted.DeadPeerDetection?.ToString() ?? "off", configured.DeadPeerDetection?.ToString() ?? "off");
        yield return ("older IKE SAs to be treated by", $"{wanted.Uniqueness}", $"{configured.Uniqueness}");
        yield return ("traffic without an SA", Unprotected(wanted), Unprotected(configured));
        yield return ("further vendor IDs", $"{wanted.VendorIds.Length}", $"{configured.VendorIds.Length}");
    }

    private static IEnumerable<(string What, string Wanted, string Configured)> Differences(ChildPeerPolicy wanted, ChildPeerPolicy configured)
    {
        yield return ("encapsulation", $"{wanted.Mode}", $"{configured.Mode}");
        yield return ("traffic", Traffic(wanted), Traffic(configured));
        yield return ("phase 2 suites", string.Join(", ", wanted.Suites), string.Join(", ", configured.Suites));
        yield return ("perfect forward secrecy", wanted.Pfs?.Name ?? "off", configured.Pfs?.Name ?? "off");
        yield return ("a lifetime of IPsec SAs of", Life(wanted), Life(configured));
        yield return ("a replay window of", Window(wanted), Window(configured));
        yield return ("the commit bit", wanted.SetsCommitBit ? "set" : "not set", configured.SetsCommitBit ? "set" : "not set");
        yield return ("perfect forward secrecy in private group", $"{wanted.PrivateGroup ?? 0}", $"{configured.PrivateGroup ?? 0}");
        yield return ("a quick mode that names", Named(wanted), Named(configured));
    }

    private static string Unprotected(PeerPolicy policy) => policy.Shunts.IsEmpty ? "none" : string.Join(", ", policy.Shunts);

    private static string Credentials(PeerPolicy policy) => policy.Certificates is null ? "pre-shared key" : "certificates";

    private static string Text(PeerIdentity identity) => identity.IsAny ? "any" : $"{identity.Type} {identity}";

    private static string Suites(ImmutableArray<Phase1Suite> suites) => string.Join(", ", suites.Select(suite =>
        string.Create(CultureInfo.InvariantCulture, $"{suite} for {suite.LifetimeSeconds} s{(suite.LifetimeKilobytes is { } volume ? $" or {volume} kB" : "")}")));

    private static string Seconds(uint? seconds) => seconds is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time} s") : "the usual time";

    private static string Traffic(ChildPeerPolicy child) => string.Create(
        CultureInfo.InvariantCulture,
        $"{child.Local?.ToString() ?? "its address"} === {child.Remote?.ToString() ?? "our address"}, protocol {child.Protocol}, ports {child.LocalPort ?? 0} and {child.RemotePort ?? 0}");

    private static string Life(ChildPeerPolicy child) => string.Create(
        CultureInfo.InvariantCulture,
        $"{child.LifetimeSeconds} s and {child.LifetimeKilobytes ?? 0} kB, renewed after {Seconds(child.RekeySeconds)} or {child.RekeyKilobytes ?? 0} kB");

    private static string Window(ChildPeerPolicy child) =>
        child.ReplayWindow is { } packets ? string.Create(CultureInfo.InvariantCulture, $"{packets} packets") : Unsaid;

    private static string Named(ChildPeerPolicy child) =>
        $"{(child.OmitsLifetime ? "no lifetime" : "its lifetime")} and {(child.OmitsIdentities ? "no client identities" : "client identities")}";
}
