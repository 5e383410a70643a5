// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Ike;
using Ipsec.Ike.V1.Policy;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Policies;

/// <summary>Renders a neutral policy for our own implementation.</summary>
public static class IkeV1Policy
{
    private const int IpAndUdpHeaders = 28;
    private const int DeadPeerQuestions = 3;
    // What scenarios use as a private group protects test traffic only.
    private const int FewestBits = 512;
    private const int HostPrefix = 32;
    private const int Ipv6HostPrefix = 128;

    /// <summary>The policy as our IKEv1 endpoint takes it.</summary>
    /// <param name="policy">The neutral policy.</param>
    /// <param name="retransmission">Timers for unanswered messages.</param>
    /// <returns>The connection.</returns>
    public static ConnectionPolicy From(PeerPolicy policy, RetransmissionPolicy retransmission) => new()
    {
        Name = policy.Name,
        Local = new IPEndPoint(policy.Address, policy.IkePort),
        Remote = new IPEndPoint(policy.RemoteAddress, policy.IkePort),
        LocalIdentity = policy.Identity.Payload ?? throw new ArgumentException("a side must have an identity of its own", nameof(policy)),
        RemoteIdentity = policy.RemoteIdentity.IsAny ? IdentityPattern.Any : IdentityPattern.Exactly(policy.RemoteIdentity.Payload),
        PreSharedKey = IkeV1Authentication.PreSharedKey(policy),
        Certificates = IkeV1Authentication.Credentials(policy),
        PeerCertificate = IkeV1Authentication.PeerCertificate(policy),
        Mode = policy.Mode,
        AcceptedModes = [policy.Mode],
        InitialContact = TellsOfInitialContact(policy.Uniqueness),
        ExtraVendorIds = policy.VendorIds,
        Phase1 = policy.Phase1,
        Children = [.. policy.Children.Select(child => From(child, policy))],
        NewGroups = policy.Children.Any(child => child.PrivateGroup is not null) ? new NewGroupPolicy { FewestBits = FewestBits } : null,
        Retransmission = retransmission,
        Rekey = Rekey(policy),
        NatTraversal = NatTraversal(policy.NatTraversal),
        Fragmentation = Fragmentation(policy.Fragmentation),
        DeadPeerDetection = DeadPeerDetection(policy.DeadPeerDetection),
        Xauth = IkeV1Authentication.Xauth(policy),
        ModeConfig = ModeConfig(policy.ModeConfig),
    };

    private static ChildPolicy From(ChildPeerPolicy child, PeerPolicy policy) => new()
    {
        Name = child.Name,
        LocalSelector = Identification(child.Local ?? TrafficSelector.Address(LocalHost(policy)), child.Protocol, child.LocalPort ?? 0),
        RemoteSelector = Identification(child.Remote ?? TrafficSelector.Address(RemoteHost(policy)), child.Protocol, child.RemotePort ?? 0),
        Suites = child.Suites,
        Pfs = child.Pfs,
        Mode = child.Mode == SaMode.Tunnel ? EncapsulationMode.Tunnel : EncapsulationMode.Transport,
        ReplayWindow = child.ReplayWindow,
        LifetimeSeconds = child.LifetimeSeconds,
        LifetimeKilobytes = child.LifetimeKilobytes,
        OmitLifetime = child.OmitsLifetime,
        OmitIdentities = child.OmitsIdentities,
        SetCommitBit = child.SetsCommitBit,
        PrivatePfsGroup = child.PrivateGroup,
    };

    private static bool TellsOfInitialContact(UniquenessChoice choice) => choice switch
    {
        UniquenessChoice.Never => false,
        UniquenessChoice.InitialContact => true,
        _ => throw new UnsupportedException("our endpoint gives up an older IKE SA only when the other side says that it has none (RFC 2407 section 4.6.3.3)"),
    };

    private static NatTraversalPolicy NatTraversal(NatTraversalChoice choice) => choice switch
    {
        NatTraversalChoice.Off => NatTraversalPolicy.Off,
        NatTraversalChoice.Force => new() { Mode = NatTraversalMode.Force },
        _ => new() { Mode = NatTraversalMode.Auto },
    };

    /// <summary>Without a wish our endpoint takes fragments and sends some when it must, as others do.</summary>
    private static FragmentationPolicy Fragmentation(FragmentationPeerPolicy? wish) => wish is null
        ? new()
        : new()
        {
            Mode = wish.Choice switch
            {
                FragmentationChoice.Accept => FragmentationMode.Accept,
                FragmentationChoice.Yes => FragmentationMode.Yes,
                FragmentationChoice.Force => FragmentationMode.Force,
                _ => FragmentationMode.Off,
            },
            MaximumDatagram = wish.MaximumDatagram - IpAndUdpHeaders ?? new FragmentationPolicy().MaximumDatagram,
        };

    /// <summary>Questions are always answered. One that stays without an answer is repeated until the time is up.</summary>
    private static DeadPeerDetectionPolicy DeadPeerDetection(DeadPeerPolicy? detection)
    {
        if (detection is null)
        {
            return new() { Delay = TimeSpan.Zero };
        }

        var left = detection.Timeout - detection.Delay;
        if (left <= TimeSpan.Zero)
        {
            throw new ArgumentException($"a peer cannot be given up after {detection.Timeout} when it is asked after {detection.Delay}", nameof(detection));
        }

        return new()
        {
            Delay = detection.Delay,
            Retransmission = new RetransmissionPolicy(left / DeadPeerQuestions, 1, DeadPeerQuestions - 1),
            Action = detection.Action == Policies.DeadPeerAction.Restart ? Ike.V1.Policy.DeadPeerAction.Restart : Ike.V1.Policy.DeadPeerAction.Clear,
        };
    }

    private static ModeConfigPolicy? ModeConfig(ModeConfigPeerPolicy? config) => config switch
    {
        ModeConfigPeerPolicy.Client client => new()
        {
            Role = client.IsPush ? ModeConfigRole.PushedClient : ModeConfigRole.PullingClient,
            WantedAddress = client.Wanted.Equals(IPAddress.Any) ? null : client.Wanted,
        },
        ModeConfigPeerPolicy.Server server => new()
        {
            Role = server.IsPush ? ModeConfigRole.PushingServer : ModeConfigRole.AnsweringServer,
            Pools = [new(server.First, server.Last)],
            DnsServers = server.DnsServers,
        },
        _ => null,
    };

    /// <summary>Our endpoint replaces all SAs of a connection at the same part of their lives.</summary>
    private static RekeyPolicy Rekey(PeerPolicy policy)
    {
        IEnumerable<(uint? Rekey, uint? Life)> times =
        [
            .. policy.Phase1.Select(suite => (policy.Phase1RekeySeconds, (uint?)suite.LifetimeSeconds)),
            .. policy.Children.Select(child => (child.RekeySeconds, (uint?)child.LifetimeSeconds)),
            .. policy.Children.Select(child => (child.RekeyKilobytes, child.LifetimeKilobytes)),
        ];
        var margins = times.Where(time => time is { Rekey: not null, Life: not null }).Select(time => 1 - ((double)time.Rekey!.Value / time.Life!.Value)).Distinct().ToArray();
        return margins switch
        {
            [] => new RekeyPolicy(),
            [var margin] => new RekeyPolicy { Margin = margin, Jitter = 0 },
            _ => throw new UnsupportedException("our endpoint replaces all SAs of a connection at the same part of their lives"),
        };
    }

    /// <summary>The address that this side's host has within the protected traffic: what mode config assigns, else the outer one.</summary>
    private static IPAddress LocalHost(PeerPolicy policy) => policy.ModeConfig is ModeConfigPeerPolicy.Client client ? client.Expected : policy.Address;

    private static IPAddress RemoteHost(PeerPolicy policy) => policy.ModeConfig switch
    {
        ModeConfigPeerPolicy.Server server when server.First.Equals(server.Last) => server.First,
        ModeConfigPeerPolicy.Server server => throw new UnsupportedException($"our endpoint's children name their addresses beforehand, so a pool holds one, not {server.First}-{server.Last}"),
        _ => policy.RemoteAddress,
    };

    private static IdentificationPayload Identification(TrafficSelector addresses, byte protocol, ushort port)
    {
        var (first, last) = (addresses.FirstAddress.ToIPAddress(), addresses.LastAddress.ToIPAddress());
        return (addresses.Version, addresses.PrefixLength) switch
        {
            (IpVersion.V4, HostPrefix) => IdentificationPayload.Ipv4Address(first, protocol, port),
            (IpVersion.V4, { } prefix) => IdentificationPayload.Ipv4Subnet(first, prefix, protocol, port),
            (IpVersion.V4, null) => IdentificationPayload.Ipv4Range(first, last, protocol, port),
            (_, Ipv6HostPrefix) => IdentificationPayload.Ipv6Address(first, protocol, port),
            (_, { } prefix) => IdentificationPayload.Ipv6Subnet(first, prefix, protocol, port),
            (_, null) => IdentificationPayload.Ipv6Range(first, last, protocol, port),
        };
    }
}
