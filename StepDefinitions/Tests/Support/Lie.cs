// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Ike;
using Ipsec.Ike.V1;

namespace Ipsec.StepDefinitions.Tests.Support;

/// <summary>In what a peer lies. An honest peer lies in nothing.</summary>
internal sealed record Lie
{
    /// <summary>What it does to its IKE messages.</summary>
    public IOutboundSeams Messages { get; init; } = HonestSeams.Instance;

    /// <summary>What it says of its SAs.</summary>
    public Func<PeerSas, PeerSas> Listing { get; init; } = sas => sas;

    /// <summary>What it says of the keys of each of its SAs.</summary>
    public Func<PeerSaKeys, PeerSaKeys> Keys { get; init; } = keys => keys;

    /// <summary>What its audit log says.</summary>
    public Func<ImmutableArray<string>, ImmutableArray<string>> Audit { get; init; } = log => log;

    /// <summary>When it sends again what is not answered.</summary>
    public RetransmissionPolicy Retransmission { get; init; } = RetransmissionPolicy.Default;

    /// <summary>What it does to every IKE datagram, whenever it leaves.</summary>
    public Func<byte[], byte[]> Datagrams { get; init; } = datagram => datagram;

    /// <summary>What it sends instead of an ESP packet.</summary>
    public Func<byte[], IEnumerable<byte[]>> Packets { get; init; } = packet => [packet];
}
