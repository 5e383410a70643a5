// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Rig.Parties;

/// <summary>
/// Sees every frame on one device, in both directions. The system keeps them until they are asked for. Of a TUN device, which has no link
/// header, packets are given an empty one.
/// </summary>
internal sealed partial class LinkCapture : IDisposable
{
    private const int PacketFamily = 17;
    private const int SocketRaw = 3;
    private const int AllProtocols = 0x0300;
    private const int LevelSocket = 1;
    private const int ReceiveBufferForced = 33;
    private const int Buffer = 128 << 20;
    private const int LevelPacket = 263;
    private const int PacketStatistics = 6;
    private const int StatisticsSize = 8;
    private const int LinkAddressSize = 20;
    private const ulong TimeOfLast = 0x8906;
    private const int TimeSize = 16;
    private const int LongestFrame = 1 << 17;

    private readonly string _device;
    private readonly bool _hasLinkHeader;
    private readonly Socket _socket;
    private readonly List<CapturedFrame> _frames = [];
    private readonly byte[] _buffer = new byte[LongestFrame];
    private uint _lost;

    /// <summary>Starts on a device of the calling thread's namespace.</summary>
    /// <param name="device">Its name.</param>
    /// <exception cref="SocketException">The system refuses it.</exception>
    public LinkCapture(string device)
    {
        _device = device;
        var descriptor = CreateSocket(PacketFamily, SocketRaw, 0);
        if (descriptor < 0)
        {
            throw new SocketException(Marshal.GetLastPInvokeError());
        }

        _socket = new Socket(new SafeSocketHandle(descriptor, ownsHandle: true)) { Blocking = false };
        _socket.SetRawSocketOption(LevelSocket, ReceiveBufferForced, BitConverter.GetBytes(Buffer));

        // Asked once before there is any: from then on the system notes when frames come.
        _ = Control(descriptor, TimeOfLast, new byte[TimeSize]);
        var index = NameToIndex(device);
        if (index == 0)
        {
            throw new SocketException(Marshal.GetLastPInvokeError());
        }

        _hasLinkHeader = HasLinkHeader(device);
        Span<byte> address = stackalloc byte[LinkAddressSize];
        MemoryMarshal.Write(address, (ushort)PacketFamily);
        MemoryMarshal.Write(address[2..], (ushort)AllProtocols);
        MemoryMarshal.Write(address[4..], index);
        if (Bind(descriptor, address.ToArray(), LinkAddressSize) < 0)
        {
            throw new SocketException(Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>The frames so far, in the order in which they passed.</summary>
    /// <exception cref="EnvironmentException">Some were lost on their way here.</exception>
    public IReadOnlyList<CapturedFrame> Frames
    {
        get
        {
            Drain();
            return _lost == 0 ? _frames : throw new EnvironmentException($"the capture on {_device} has lost {_lost} frames");
        }
    }

    /// <summary>The IPv4 packets so far.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Packets => Frames
        .Where(frame => FrameType(frame.Bytes.Span) == EtherType.Ipv4)
        .Select(frame => frame.Bytes[EthernetHeader.Size..]);

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static EtherType FrameType(ReadOnlySpan<byte> frame) => (EtherType)BinaryPrimitives.ReadUInt16BigEndian(frame[12..]);

    private static bool HasLinkHeader(string device) => NetworkInterface.GetAllNetworkInterfaces()
        .Single(network => network.Name == device).GetPhysicalAddress().GetAddressBytes().Length > 0;

    private void Drain()
    {
        while (_socket.Poll(0, SelectMode.SelectRead))
        {
            var length = _socket.Receive(_buffer);
            _frames.Add(new(LastTime(), _hasLinkHeader ? _buffer[..length] : WithLinkHeader(_buffer.AsSpan(0, length)), null));
        }

        // The system counts anew after every question: packets, then lost ones.
        var statistics = new byte[StatisticsSize];
        _socket.GetRawSocketOption(LevelPacket, PacketStatistics, statistics);
        _lost += BitConverter.ToUInt32(statistics, sizeof(uint));
    }

    private static byte[] WithLinkHeader(ReadOnlySpan<byte> packet)
    {
        var frame = new byte[EthernetHeader.Size + packet.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), (ushort)(packet[0] >> 4 == 6 ? EtherType.Ipv6 : EtherType.Ipv4));
        packet.CopyTo(frame.AsSpan(EthernetHeader.Size));
        return frame;
    }

    private DateTimeOffset LastTime()
    {
        var time = new byte[TimeSize];
        return Control((int)_socket.Handle, TimeOfLast, time) < 0
            ? throw new SocketException(Marshal.GetLastPInvokeError())
            : DateTimeOffset.UnixEpoch.AddSeconds(BitConverter.ToInt64(time)).AddMicroseconds(BitConverter.ToInt64(time, sizeof(long)));
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CreateSocket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Bind(int socket, byte[] address, int length);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int descriptor, ulong request, [Out] byte[] argument);

    [LibraryImport("libc", EntryPoint = "if_nametoindex", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NameToIndex(string name);
}
