// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using Ipsec.Crypto;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.InMemory;

/// <summary>
/// An Ethernet segment in memory. Hosts attach with an IPv4 address; every frame passes the tap, then reaches the host
/// that owns its destination address.
/// </summary>
public sealed class VirtualNetwork(VirtualEventLoop loop, IRandomSource random)
{
    // Locally administered addresses: 02-00 followed by the host's IPv4 address.
    private const ulong LocalMacPrefix = 0x0200_0000_0000;

    private readonly Dictionary<uint, VirtualHost> _hosts = [];

    /// <summary>Sees every frame as it enters the segment, lost ones included.</summary>
    public event Action<DateTimeOffset, ReadOnlyMemory<byte>>? Tap;

    /// <summary>How the segment treats frames.</summary>
    public LinkConditions Conditions { get; set; } = LinkConditions.Good;

    /// <summary>Frames that no host took: unknown destination, or headers that do not parse.</summary>
    public long Undeliverable { get; private set; }

    /// <summary>Attaches a host.</summary>
    /// <param name="address">Its IPv4 address, not yet taken.</param>
    /// <returns>The host, through which it sends.</returns>
    public VirtualHost Attach(IPAddress address)
    {
        var host = new VirtualHost(this, address);
        _hosts.Add(Ipv4Header.ToNumber(address), host);
        return host;
    }

    /// <summary>The MAC address of the host with the given IPv4 address.</summary>
    /// <param name="address">The IPv4 address as a number.</param>
    /// <returns>The MAC address.</returns>
    public static MacAddress MacOf(uint address) => new(LocalMacPrefix | address);

    /// <summary>Puts a frame on the segment, whoever it claims to come from.</summary>
    /// <param name="frame">Ethernet frame without checksum.</param>
    public void Inject(ReadOnlyMemory<byte> frame)
    {
        Tap?.Invoke(loop.Clock.GetUtcNow(), frame);
        if (Chance(Conditions.Loss))
        {
            return;
        }

        Schedule(frame);
        if (Chance(Conditions.Duplication))
        {
            Schedule(frame);
        }
    }

    /// <summary>Puts an IPv4 packet on the segment, in a frame addressed as its addresses say.</summary>
    /// <param name="packet">The packet; one that does not parse is counted as undeliverable.</param>
    public void InjectPacket(ReadOnlySpan<byte> packet)
    {
        if (!Ipv4Header.TryRead(packet, out var header, out _))
        {
            Undeliverable++;
            return;
        }

        var frame = new byte[EthernetHeader.Size + packet.Length];
        new EthernetHeader(MacOf(header.DestinationAddress), MacOf(header.SourceAddress), EtherType.Ipv4).Write(frame);
        packet.CopyTo(frame.AsSpan(EthernetHeader.Size));
        Inject(frame);
    }

    private void Schedule(ReadOnlyMemory<byte> frame)
    {
        var delay = Conditions.Delay + (Conditions.Jitter * NextFraction(Conditions.Jitter > TimeSpan.Zero));
        loop.PostAt(loop.Clock.GetUtcNow() + delay, () => Deliver(frame));
    }

    private void Deliver(ReadOnlyMemory<byte> frame)
    {
        var packet = frame[Math.Min(EthernetHeader.Size, frame.Length)..];
        if (EthernetHeader.TryRead(frame.Span, out var ethernet, out _)
            && ethernet.EtherType == EtherType.Ipv4
            && Ipv4Header.TryRead(packet.Span, out var header, out _)
            && _hosts.TryGetValue(header.DestinationAddress, out var host))
        {
            host.Receive(header, packet[..header.TotalLength]);
        }
        else
        {
            Undeliverable++;
        }
    }

    private bool Chance(double share) => share > 0 && NextFraction(true) < share;

    private double NextFraction(bool needed)
    {
        if (!needed)
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        random.Fill(bytes);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes) / ((double)uint.MaxValue + 1);
    }
}
