// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Ipsec.Transports;

/// <summary>Takes what a transport receives. Called on the event loop, one call at a time.</summary>
public interface IPacketReceiver
{
    /// <summary>A UDP datagram arrived.</summary>
    /// <param name="local">Where it was sent to.</param>
    /// <param name="remote">Where it came from.</param>
    /// <param name="payload">The UDP payload; the receiver may keep it.</param>
    void OnUdp(IPEndPoint local, IPEndPoint remote, ReadOnlyMemory<byte> payload);

    /// <summary>An IPv4 or IPv6 packet of another protocol arrived.</summary>
    /// <param name="packet">The packet, header included; the receiver may keep it.</param>
    void OnPacket(ReadOnlyMemory<byte> packet);

    /// <summary>A packet could not be sent, or an ICMP error about an earlier one came back.</summary>
    /// <param name="error">What happened.</param>
    void OnTransportError(TransportError error);
}
