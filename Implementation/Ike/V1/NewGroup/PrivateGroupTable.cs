// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Ike.V1.Sessions;

namespace Ipsec.Ike.V1.NewGroup;

/// <summary>
/// The private groups of an endpoint, each of one peer. They outlive the IKE SA under which they were negotiated, so
/// that rekeying can use them (RFC 2409 section 5.6 lets them expire with it or not).
/// </summary>
internal sealed class PrivateGroupTable
{
    private readonly Dictionary<(PeerKey Peer, ushort Number), KeyExchangeMethod> _groups = [];
    private readonly Dictionary<(PeerKey Peer, ushort Number), PrivateGroup> _parameters = [];

    public KeyExchangeMethod? Find(PeerKey peer, ushort number) => _groups.GetValueOrDefault((peer, number));

    public int Count(PeerKey peer) => _groups.Keys.Count(key => key.Peer == peer);

    /// <summary>Whether the number is in use for another group: then it would mean two things.</summary>
    public bool IsOther(PeerKey peer, PrivateGroup group) =>
        _parameters.TryGetValue((peer, group.Number), out var known) && !known.Equals(group);

    public void Add(PeerKey peer, PrivateGroup group, KeyExchangeMethod method)
    {
        _groups[(peer, group.Number)] = method;
        _parameters[(peer, group.Number)] = group;
    }
}
