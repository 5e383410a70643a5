// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Nat;
using Ipsec.Ike.V1.NewGroup;
using Ipsec.Ike.V1.Policy;
using Ipsec.Ike.V1.Protection;
using Ipsec.Ike.V1.Sessions;

namespace Ipsec.Ike.V1.QuickMode;

/// <summary>What a quick mode exchange may use besides its state.</summary>
/// <param name="Policy">The connection.</param>
/// <param name="Peer">Whose SAs these will be.</param>
/// <param name="IkeSa">The IKE SA that protects the exchange.</param>
/// <param name="Security">Its keys.</param>
/// <param name="MessageId">Message ID of the exchange.</param>
/// <param name="Children">The IPsec SA pairs there are already.</param>
/// <param name="Groups">The private groups that new group mode has given the peer.</param>
/// <param name="Nat">What phase 1 has found out about NATs.</param>
/// <param name="Random">Source of nonces and private values.</param>
internal sealed record QuickModeContext(
    ConnectionPolicy Policy,
    PeerKey Peer,
    IkeSaDescription IkeSa,
    Phase1Security Security,
    uint MessageId,
    ChildSaTable Children,
    PrivateGroupTable Groups,
    NatSituation Nat,
    IRandomSource Random)
{
    /// <summary>The group for perfect forward secrecy that a child wants.</summary>
    /// <param name="child">The child.</param>
    /// <param name="group">The group; null for none.</param>
    /// <returns>False when it is a private one that has not been negotiated.</returns>
    public bool TryGetGroup(ChildPolicy child, out KeyExchangeMethod? group)
    {
        group = child.PrivatePfsGroup is { } number ? Groups.Find(Peer, number) : child.Pfs;
        return group is not null || child.PrivatePfsGroup is null;
    }
}
