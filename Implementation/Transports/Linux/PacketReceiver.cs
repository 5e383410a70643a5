// SPDX-License-Identifier: Apache-2.0

using System.Net.Sockets;
using System.Runtime.InteropServices;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.Linux;

/// <summary>
/// Receives many packets of a socket with one call, without allocation. Before each packet there is room for headers that the system has
/// taken off. For one thread.
/// </summary>
public sealed unsafe class PacketReceiver : IDisposable
{
    /// <summary>Packets that one call takes.</summary>
    public const int BatchSize = 64;

    /// <summary>Room before each packet, in bytes: an IPv6 and a UDP header.</summary>
    public const int Headroom = Ipv6Header.Size + UdpHeader.Size;

    private const int SlotSize = Headroom + 65536;
    private const int AddressSize = 28;
    private const int Ipv4AddressOffset = 4;
    private const int Ipv6AddressOffset = 8;

    private readonly Socket _socket;
    private readonly byte* _packets;
    private readonly byte* _addresses;
    private readonly LinuxCalls.Piece* _pieces;
    private readonly LinuxCalls.MessageSlot* _slots;
    private int _isDisposed;

    /// <summary>Receives on a socket.</summary>
    /// <param name="socket">A bound datagram or raw socket, which stays its owner's.</param>
    public PacketReceiver(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        _socket = socket;
        _packets = (byte*)NativeMemory.AllocZeroed(BatchSize, SlotSize);
        _addresses = (byte*)NativeMemory.AllocZeroed(BatchSize, AddressSize);
        _pieces = (LinuxCalls.Piece*)NativeMemory.AllocZeroed(BatchSize, (nuint)sizeof(LinuxCalls.Piece));
        _slots = (LinuxCalls.MessageSlot*)NativeMemory.AllocZeroed(BatchSize, (nuint)sizeof(LinuxCalls.MessageSlot));
        for (var i = 0; i < BatchSize; i++)
        {
            _pieces[i] = new() { Start = _packets + ((nint)i * SlotSize) + Headroom, Length = SlotSize - Headroom };
            _slots[i] = new() { Address = _addresses + (i * AddressSize), AddressLength = AddressSize, Pieces = _pieces + i, PieceCount = 1 };
        }
    }

    /// <summary>For waiting until there is something to receive.</summary>
    internal int Descriptor => (int)_socket.SafeHandle.DangerousGetHandle();

    /// <summary>Takes what is there, without waiting.</summary>
    /// <returns>How many packets; 0 when there is none, or the system reports an error about an earlier one.</returns>
    public int Receive()
    {
        for (var i = 0; i < BatchSize; i++)
        {
            _slots[i].AddressLength = AddressSize;
        }

        return Math.Max(0, LinuxCalls.ReceiveMany(Descriptor, _slots, BatchSize, LinuxCalls.DoNotWait, null));
    }

    /// <summary>A packet that was received.</summary>
    /// <param name="index">Below what <see cref="Receive"/> has returned.</param>
    /// <param name="headerSize">Bytes of the room before it to have, up to <see cref="Headroom"/>.</param>
    /// <returns>Its bytes, valid until the next call of <see cref="Receive"/>.</returns>
    public Span<byte> Packet(int index, int headerSize = 0) =>
        new(_packets + ((nint)index * SlotSize) + Headroom - headerSize, headerSize + (int)_slots[index].Length);

    /// <summary>Address and port of the sender of a packet.</summary>
    /// <param name="index">Below what <see cref="Receive"/> has returned.</param>
    /// <returns>The address, and the port; 0 from a raw socket.</returns>
    public (AddressNumber Address, ushort Port) Sender(int index)
    {
        var name = new ReadOnlySpan<byte>(_addresses + (index * AddressSize), AddressSize);
        var port = (ushort)((name[2] << 8) | name[3]);
        return _socket.AddressFamily == AddressFamily.InterNetworkV6
            ? (AddressNumber.Read(name[Ipv6AddressOffset..], IpVersion.V6), port)
            : (AddressNumber.Read(name[Ipv4AddressOffset..], IpVersion.V4), port);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            NativeMemory.Free(_packets);
            NativeMemory.Free(_addresses);
            NativeMemory.Free(_pieces);
            NativeMemory.Free(_slots);
        }
    }
}
