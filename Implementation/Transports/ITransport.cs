// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Ipsec.Transports;

/// <summary>The outer side of a host: how its packets reach the network.</summary>
public interface ITransport
{
    /// <summary>The address this host sends from.</summary>
    IPAddress Address { get; }

    /// <summary>Sends a UDP datagram.</summary>
    /// <param name="local">Source; its address is <see cref="Address"/>.</param>
    /// <param name="remote">Destination.</param>
    /// <param name="payload">The UDP payload.</param>
    void SendUdp(IPEndPoint local, IPEndPoint remote, ReadOnlySpan<byte> payload);

    /// <summary>Sends a whole IPv4 or IPv6 packet, header included.</summary>
    /// <param name="packet">The packet.</param>
    void SendPacket(ReadOnlySpan<byte> packet);
}
