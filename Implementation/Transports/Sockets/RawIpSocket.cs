// SPDX-License-Identifier: Apache-2.0

using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Ipsec.Transports.Sockets;

/// <summary>
/// Opens raw IPv4 sockets for protocols that the runtime's own constructor refuses on Linux. Received buffers and sent
/// buffers start at the IP header.
/// </summary>
internal static partial class RawIpSocket
{
    private const int AddressFamilyInet = 2;
    private const int SocketRaw = 3;
    private const int CloseOnExec = 0x80000;

    /// <summary>Opens a socket that receives the given protocol.</summary>
    /// <param name="protocol">IP protocol number.</param>
    /// <returns>The socket.</returns>
    /// <exception cref="SocketException">Without the right CAP_NET_RAW, or when the system has no socket left.</exception>
    public static Socket Open(int protocol)
    {
        var descriptor = CreateSocket(AddressFamilyInet, SocketRaw | CloseOnExec, protocol);
        if (descriptor < 0)
        {
            throw new SocketException(Marshal.GetLastPInvokeError());
        }

        var socket = new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.HeaderIncluded, true);
        return socket;
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CreateSocket(int domain, int type, int protocol);
}
