// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Ipsec.Transports.Sockets;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.Linux;

/// <summary>
/// The sockets of a gateway on this host. All of them carry a mark, by which the system's routing policy tells what the gateway itself sends
/// from what is to go through it: only so can a host protect its own traffic to the very peer that the protected packets go to.
/// </summary>
public static class MarkedSockets
{
    private const int LevelSocket = 1;
    private const int LevelIp = 0;
    private const int LevelIpv6 = 41;
    private const int LevelRaw = 255;
    private const int Mark = 36;
    private const int ReceiveBufferForced = 33;
    private const int SendBufferForced = 32;
    private const int IpMtuDiscovery = 10;
    private const int Ipv6MtuDiscovery = 23;
    private const int MtuDiscoveryOff = 0;
    private const int IcmpFilter = 1;
    private const int BufferSize = 8 << 20;
    private const int RawProtocol = 255;

    /// <summary>A UDP socket.</summary>
    /// <param name="local">Address and port of this host.</param>
    /// <param name="mark">The mark.</param>
    /// <returns>The socket, bound.</returns>
    /// <exception cref="SocketException">The address is not this host's, the port is taken, or rights are missing.</exception>
    public static Socket OpenUdp(IPEndPoint local, int mark)
    {
        ArgumentNullException.ThrowIfNull(local);
        return Ready(new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp), mark, local, socket =>
        {
            // Long IKE messages may be fragmented on the way, whatever the system believes of the path.
            var (level, option) = local.AddressFamily == AddressFamily.InterNetworkV6 ? (LevelIpv6, Ipv6MtuDiscovery) : (LevelIp, IpMtuDiscovery);
            socket.SetRawSocketOption(level, option, BitConverter.GetBytes(MtuDiscoveryOff));
        });
    }

    /// <summary>A socket that receives the packets of one protocol.</summary>
    /// <param name="local">Address of this host.</param>
    /// <param name="protocol">ESP, AH, ICMP or ICMPv6.</param>
    /// <param name="mark">The mark.</param>
    /// <returns>The socket, bound.</returns>
    /// <exception cref="SocketException">The address is not this host's, or rights are missing.</exception>
    public static Socket OpenRaw(IPAddress local, IpProtocol protocol, int mark)
    {
        ArgumentNullException.ThrowIfNull(local);
        return Ready(RawIpSocket.Open(local.AddressFamily, (int)protocol), mark, new IPEndPoint(local, 0), socket =>
        {
            if (protocol == IpProtocol.Icmp)
            {
                // All but "destination unreachable" is filtered out: an ICMP echo is nothing to us.
                socket.SetRawSocketOption(LevelRaw, IcmpFilter, BitConverter.GetBytes(~(1u << (int)Icmpv4Type.DestinationUnreachable)));
            }
        });
    }

    /// <summary>A socket that sends whole packets of any protocol from any address, and receives nothing.</summary>
    /// <param name="family">IPv4 or IPv6.</param>
    /// <param name="mark">The mark.</param>
    /// <returns>The socket.</returns>
    /// <exception cref="SocketException">Rights are missing.</exception>
    public static Socket OpenSender(AddressFamily family, int mark) => Ready(RawIpSocket.Open(family, RawProtocol), mark, null, _ => { });

    private static Socket Ready(Socket socket, int mark, IPEndPoint? local, Action<Socket> prepare)
    {
        try
        {
            socket.SetRawSocketOption(LevelSocket, Mark, BitConverter.GetBytes(mark));
            socket.SetRawSocketOption(LevelSocket, ReceiveBufferForced, BitConverter.GetBytes(BufferSize));
            socket.SetRawSocketOption(LevelSocket, SendBufferForced, BitConverter.GetBytes(BufferSize));
            prepare(socket);
            if (local is not null)
            {
                socket.Bind(local);
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
