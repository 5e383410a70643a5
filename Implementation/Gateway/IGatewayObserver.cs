// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Esp;
using Ipsec.Ike.Effects;
using Ipsec.Transports;

namespace Ipsec.Gateway;

/// <summary>Sees what a gateway does. Called on the gateway's event loop.</summary>
public interface IGatewayObserver
{
    /// <summary>The IKE endpoint did or noticed something.</summary>
    /// <param name="effect">What.</param>
    void OnIke(IkeEffect effect);

    /// <summary>An ESP or AH packet was opened and what was in it handed on, or it was discarded.</summary>
    /// <param name="outcome">Delivered (Ok) or why not.</param>
    /// <param name="packet">The outer packet. Of ESP in UDP only addresses, ports and payload are as on the wire.</param>
    void OnEspReceived(EspOutcome outcome, ReadOnlyMemory<byte> packet);

    /// <summary>A packet reached the protected side.</summary>
    /// <param name="innerPacket">The inner packet.</param>
    void OnDelivered(ReadOnlyMemory<byte> innerPacket);

    /// <summary>A NAT-keepalive arrived and was ignored (RFC 3948 section 2.3).</summary>
    /// <param name="local">Where it was sent to.</param>
    /// <param name="remote">Where it came from.</param>
    void OnKeepalive(IPEndPoint local, IPEndPoint remote)
    {
    }

    /// <summary>Something happened that the RFCs call auditable.</summary>
    /// <param name="record">What belongs into an audit log.</param>
    void OnAudited(AuditRecord record)
    {
    }

    /// <summary>The network did not take a packet, or an ICMP error came back. Of no interest to most: the packet is sent again.</summary>
    /// <param name="error">What happened.</param>
    void OnTransportError(TransportError error)
    {
    }
}
