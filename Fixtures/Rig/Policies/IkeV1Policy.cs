// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using Ipsec.Ike;
using Ipsec.Ike.V1.Policy;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Policies;

/// <summary>Renders a neutral policy for our own implementation.</summary>
public static class IkeV1Policy
{
    private const int IkePort = 500;

    /// <summary>The policy as our IKEv1 endpoint takes it.</summary>
    /// <param name="policy">The neutral policy.</param>
    /// <param name="retransmission">Timers for unanswered messages.</param>
    /// <returns>The connection.</returns>
    public static ConnectionPolicy From(PeerPolicy policy, RetransmissionPolicy retransmission) => new()
    {
        Name = policy.Name,
        Local = new IPEndPoint(policy.Address, IkePort),
        Remote = new IPEndPoint(policy.RemoteAddress, IkePort),
        LocalIdentity = IdentificationPayload.Fqdn(policy.Identity),
        RemoteIdentity = IdentificationPayload.Fqdn(policy.RemoteIdentity),
        PreSharedKey = Encoding.UTF8.GetBytes(policy.PreSharedKey),
        Phase1 = policy.Phase1,
        Children = [.. policy.Children.Select(From)],
        Retransmission = retransmission,
    };

    private static ChildPolicy From(ChildPeerPolicy child) => new()
    {
        Name = child.Name,
        LocalSelector = Identification(child.Local),
        RemoteSelector = Identification(child.Remote),
        Suites = child.Suites,
        Pfs = child.Pfs,
        LifetimeSeconds = child.LifetimeSeconds,
    };

    private static IdentificationPayload Identification(TrafficSelector selector) => selector.PrefixLength is { } prefix
        ? IdentificationPayload.Ipv4Subnet(Ipv4Header.ToAddress(selector.FirstAddress), prefix)
        : IdentificationPayload.Ipv4Range(Ipv4Header.ToAddress(selector.FirstAddress), Ipv4Header.ToAddress(selector.LastAddress));
}
