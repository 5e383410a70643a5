// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.InMemory;

/// <summary>
/// An Ethernet segment in memory. Hosts attach with an IPv4 or IPv6 address; every frame passes the tap, then reaches the host
/// that owns its destination address, or else the router, if there is one.
/// </summary>
public sealed class VirtualNetwork(VirtualEventLoop loop, IRandomSource random)
{
    // Locally administered addresses: 02-00 followed by the host's IPv4 address, 02-06 by the end of an IPv6 address.
    private const ulong LocalMacPrefix = 0x0200_0000_0000;
    private const ulong LocalMacPrefixIpv6 = 0x0206_0000_0000;

    private readonly Dictionary<AddressNumber, IVirtualNode> _nodes = [];
    private readonly LinkWeather _weather = new(random);

    /// <summary>Sees every frame as it enters the segment, lost ones included.</summary>
    public event Action<DateTimeOffset, ReadOnlyMemory<byte>>? Tap;

    /// <summary>How the segment treats frames.</summary>
    public LinkConditions Conditions { get; set; } = LinkConditions.Good;

    /// <summary>Takes the packets for addresses that are not on this segment; null when there is no way out of it.</summary>
    public IVirtualNode? Router { get; set; }

    /// <summary>Frames that no host took: unknown destination, or headers that do not parse.</summary>
    public long Undeliverable { get; private set; }

    /// <summary>Attaches a host.</summary>
    /// <param name="address">Its IPv4 or IPv6 address, not yet taken.</param>
    /// <returns>The host, through which it sends.</returns>
    public VirtualHost Attach(IPAddress address)
    {
        var host = new VirtualHost(this, address);
        Attach(address, host);
        return host;
    }

    /// <summary>Attaches something that takes packets.</summary>
    /// <param name="address">Its IPv4 or IPv6 address, not yet taken.</param>
    /// <param name="node">What is there.</param>
    public void Attach(IPAddress address, IVirtualNode node) => _nodes.Add(AddressNumber.From(address), node);

    /// <summary>Takes whatever has an address off the segment. Frames on their way to it are not delivered any more.</summary>
    /// <param name="address">The address.</param>
    public void Detach(IPAddress address) => _nodes.Remove(AddressNumber.From(address));

    /// <summary>The MAC address of the host with the given address.</summary>
    /// <param name="address">The IPv4 or IPv6 address.</param>
    /// <returns>The MAC address.</returns>
    public static MacAddress MacOf(AddressNumber address) =>
        new((address.Version == IpVersion.V4 ? LocalMacPrefix : LocalMacPrefixIpv6) | (uint)(address.Value & uint.MaxValue));

    /// <summary>Puts a frame on the segment, whoever it claims to come from.</summary>
    /// <param name="frame">Ethernet frame without checksum.</param>
    public void Inject(ReadOnlyMemory<byte> frame)
    {
        Tap?.Invoke(loop.Clock.GetUtcNow(), frame);
        _weather.Decide(Conditions, delay => loop.PostAt(loop.Clock.GetUtcNow() + delay, () => Deliver(frame)));
    }

    /// <summary>Puts an IPv4 or IPv6 packet on the segment, in a frame addressed as its addresses say.</summary>
    /// <param name="packet">The packet; one that does not parse is counted as undeliverable.</param>
    public void InjectPacket(ReadOnlySpan<byte> packet)
    {
        if (!IpPacketHead.TryRead(packet, out var head, out _))
        {
            Undeliverable++;
            return;
        }

        var frame = new byte[EthernetHeader.Size + packet.Length];
        var type = head.Version == IpVersion.V4 ? EtherType.Ipv4 : EtherType.Ipv6;
        new EthernetHeader(MacOf(head.Destination), MacOf(head.Source), type).Write(frame);
        packet.CopyTo(frame.AsSpan(EthernetHeader.Size));
        Inject(frame);
    }

    private void Deliver(ReadOnlyMemory<byte> frame)
    {
        var packet = frame[Math.Min(EthernetHeader.Size, frame.Length)..];
        if (EthernetHeader.TryRead(frame.Span, out var ethernet, out _)
            && ethernet.EtherType is EtherType.Ipv4 or EtherType.Ipv6
            && IpPacketHead.TryRead(packet.Span, out var head, out _)
            && (_nodes.GetValueOrDefault(head.Destination) ?? Router) is { } node)
        {
            node.Receive(packet[..head.TotalLength]);
        }
        else
        {
            Undeliverable++;
        }
    }
}
