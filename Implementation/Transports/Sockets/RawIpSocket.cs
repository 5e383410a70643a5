// SPDX-License-Identifier: Apache-2.0

using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Ipsec.Transports.Sockets;

/// <summary>
/// Opens raw sockets for protocols that the runtime's own constructor refuses on Linux. What is sent starts at the IP header; what is
/// received starts there over IPv4, and behind all headers over IPv6 (RFC 3542 section 3).
/// </summary>
internal static partial class RawIpSocket
{
    private const int AddressFamilyInet = 2;
    private const int AddressFamilyInet6 = 10;
    private const int LevelIpv6 = 41;
    private const int Ipv6HeaderIncluded = 36;
    private const int LevelIp = 0;
    private const int NoDefragmentation = 22;
    private const int SocketRaw = 3;
    private const int CloseOnExec = 0x80000;

    /// <summary>Opens a socket that receives the given protocol.</summary>
    /// <param name="family">IPv4 or IPv6.</param>
    /// <param name="protocol">IP protocol number.</param>
    /// <returns>The socket.</returns>
    /// <exception cref="SocketException">Without the right CAP_NET_RAW, or when the system has no socket left.</exception>
    public static Socket Open(AddressFamily family, int protocol)
    {
        var descriptor = CreateSocket(family == AddressFamily.InterNetworkV6 ? AddressFamilyInet6 : AddressFamilyInet, SocketRaw | CloseOnExec, protocol);
        if (descriptor < 0)
        {
            throw new SocketException(Marshal.GetLastPInvokeError());
        }

        var socket = new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
        if (family == AddressFamily.InterNetworkV6)
        {
            socket.SetRawSocketOption(LevelIpv6, Ipv6HeaderIncluded, BitConverter.GetBytes(1));
        }
        else
        {
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.HeaderIncluded, true);

            // A fragment leaves as it is: connection tracking would keep it until the others are there.
            socket.SetRawSocketOption(LevelIp, NoDefragmentation, BitConverter.GetBytes(1));
        }

        return socket;
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CreateSocket(int domain, int type, int protocol);
}
