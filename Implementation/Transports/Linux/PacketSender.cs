// SPDX-License-Identifier: Apache-2.0

using System.Net.Sockets;
using System.Runtime.InteropServices;
using Ipsec.Esp;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.Linux;

/// <summary>
/// Sends whole IP packets, many with one call, without allocation: they are gathered until <see cref="Flush"/> or until there is no more
/// room. For one thread.
/// </summary>
public sealed unsafe class PacketSender : IPacketSink, IDisposable
{
    private const int BatchSize = 64;
    private const int ArenaSize = 256 << 10;
    private const int AddressSize = 28;
    private const int FamilyInet = 2;
    private const int FamilyInet6 = 10;

    private readonly Socket? _ipv4;
    private readonly Socket? _ipv6;
    private readonly byte* _arena;
    private readonly byte* _addresses;
    private readonly LinuxCalls.Piece* _pieces;
    private readonly LinuxCalls.MessageSlot* _slots;
    private int _count;
    private int _used;
    private bool _holdsIpv6;
    private int _isDisposed;

    /// <summary>Sends through raw sockets.</summary>
    /// <param name="ipv4">For IPv4 packets, with its header to be included; null to drop them.</param>
    /// <param name="ipv6">For IPv6 packets; null to drop them.</param>
    public PacketSender(Socket? ipv4, Socket? ipv6)
    {
        (_ipv4, _ipv6) = (ipv4, ipv6);
        _arena = (byte*)NativeMemory.Alloc(ArenaSize);
        _addresses = (byte*)NativeMemory.AllocZeroed(BatchSize, AddressSize);
        _pieces = (LinuxCalls.Piece*)NativeMemory.AllocZeroed(BatchSize, (nuint)sizeof(LinuxCalls.Piece));
        _slots = (LinuxCalls.MessageSlot*)NativeMemory.AllocZeroed(BatchSize, (nuint)sizeof(LinuxCalls.MessageSlot));
        for (var i = 0; i < BatchSize; i++)
        {
            _slots[i] = new() { Address = _addresses + (i * AddressSize), Pieces = _pieces + i, PieceCount = 1 };
        }
    }

    /// <summary>Packets that the system took.</summary>
    public long Sent { get; private set; }

    /// <summary>Packets that the system did not take: no route, too long for the device, refused, or no room. To their senders they are lost.</summary>
    public long Lost { get; private set; }

    /// <summary>Number of the last error of the system; 0 when there was none.</summary>
    public int LastError { get; private set; }

    /// <summary>Takes a packet; it goes with the next <see cref="Flush"/> at the latest.</summary>
    /// <param name="packet">A whole IPv4 or IPv6 packet.</param>
    public void Send(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < Ipv4Header.MinSize)
        {
            Lost++;
            return;
        }

        var isIpv6 = packet[0] >> 4 == (byte)IpVersion.V6;
        if (_count > 0 && (_count == BatchSize || _used + packet.Length > ArenaSize || isIpv6 != _holdsIpv6))
        {
            Flush();
        }

        _holdsIpv6 = isIpv6;
        packet.CopyTo(new Span<byte>(_arena + _used, packet.Length));
        _pieces[_count] = new() { Start = _arena + _used, Length = (nuint)packet.Length };
        _slots[_count].AddressLength = WriteAddress(new Span<byte>(_addresses + (_count * AddressSize), AddressSize), packet, isIpv6);
        _used += packet.Length;
        _count++;
    }

    /// <summary>Sends what has been gathered.</summary>
    public void Flush()
    {
        var socket = _holdsIpv6 ? _ipv6 : _ipv4;
        var descriptor = socket is null ? -1 : (int)socket.SafeHandle.DangerousGetHandle();
        for (var done = 0; done < _count;)
        {
            var sent = LinuxCalls.SendMany(descriptor, _slots + done, (uint)(_count - done), 0);
            if (sent > 0)
            {
                Sent += sent;
                done += sent;
                continue;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error == LinuxCalls.Interrupted)
            {
                continue;
            }

            // About the first packet of those that are left; the others have not been tried.
            LastError = error;
            Lost++;
            done++;
        }

        _count = 0;
        _used = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            NativeMemory.Free(_arena);
            NativeMemory.Free(_addresses);
            NativeMemory.Free(_pieces);
            NativeMemory.Free(_slots);
        }
    }

    private static uint WriteAddress(Span<byte> name, ReadOnlySpan<byte> packet, bool isIpv6)
    {
        const uint Ipv4Length = 16;
        name.Clear();
        MemoryMarshal.Write(name, (short)(isIpv6 ? FamilyInet6 : FamilyInet));
        if (isIpv6)
        {
            packet.Slice(Ipv6Header.DestinationOffset, AddressNumber.Ipv6Size).CopyTo(name[8..]);
            return AddressSize;
        }

        packet.Slice(16, AddressNumber.Ipv4Size).CopyTo(name[4..]);
        return Ipv4Length;
    }
}
