// SPDX-License-Identifier: Apache-2.0

using Ipsec.Esp;
using Ipsec.Wire.Ip;

namespace Ipsec.Gateway;

/// <summary>
/// A network in which every address answers ICMP echo requests (RFC 792; RFC 4443 section 4) with their own traffic class (RFC 1349
/// section 5.1), refuses TCP connections (RFC 9293 section 3.10.7.1), puts fragments together, and does nothing else.
/// </summary>
/// <param name="clock">The time, by which fragments are given up; null for the system's.</param>
public sealed class EchoNetwork(TimeProvider? clock = null) : IInnerNetwork
{
    // Not zero, which a system that sends the packet as it is would replace, behind the back of AH's ICV.
    private const ushort Identification = 1;
    private const int LargestPacket = Ipv6Header.Size + ushort.MaxValue;

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly FragmentReassembly _fragments = new(ReassemblyLimits.Default);
    private readonly byte[] _whole = new byte[LargestPacket];

    /// <inheritdoc/>
    public void Deliver(ReadOnlySpan<byte> packet, Action<ReadOnlyMemory<byte>> reply)
    {
        if (!IpPacketHead.TryRead(packet, out var head, out _))
        {
            return;
        }

        if (head.IsFragment)
        {
            if (_fragments.TryAdd(head, packet, _clock.GetUtcNow(), _whole, out var length) != EspOutcome.Ok
                || !IpPacketHead.TryRead(_whole.AsSpan(0, length), out head, out _))
            {
                return;
            }

            packet = _whole.AsSpan(0, length);
        }

        if (Answer(head, packet[..head.TotalLength]) is { } answer)
        {
            TrafficClass.Write(answer, head.Dscp, head.Ecn);
            reply(answer);
        }
    }

    /// <summary>An echo request as a host would send it.</summary>
    /// <param name="source">Source address.</param>
    /// <param name="destination">Destination address, of the same version.</param>
    /// <param name="identifier">Echo identifier.</param>
    /// <param name="sequenceNumber">Echo sequence number.</param>
    /// <param name="payload">What is to come back.</param>
    /// <returns>The IP packet.</returns>
    public static byte[] Request(
        AddressNumber source, AddressNumber destination, ushort identifier, ushort sequenceNumber, ReadOnlySpan<byte> payload) =>
        Packet(source, destination, isReply: false, identifier, sequenceNumber, payload);

    private static byte[]? Answer(in IpPacketHead head, ReadOnlySpan<byte> packet)
    {
        var message = packet[head.HeaderLength..];
        switch (head.Protocol)
        {
            case IpProtocol.Icmp when IcmpEcho.TryRead(message, out var echo, out _) && !echo.IsReply:
                return Packet(head.Destination, head.Source, isReply: true, echo.Identifier, echo.SequenceNumber, message[IcmpEcho.PayloadOffset..]);
            case IpProtocol.Icmpv6 when UpperLayerChecksum.IsRight(packet)
                && IcmpHeader.TryRead(message, out var header, out _)
                && header is { Type: (byte)Icmpv6Type.EchoRequest, Code: 0 }:
                return Packet(head.Destination, head.Source, isReply: true, (ushort)(header.Rest >> 16), (ushort)header.Rest, message[IcmpHeader.Size..]);
            case IpProtocol.Tcp when head.Version == IpVersion.V4
                && UpperLayerChecksum.IsRight(packet)
                && TcpHeader.TryRead(message, out var segment, out _)
                && segment.Flags.HasFlag(TcpFlags.Syn)
                && !segment.Flags.HasFlag(TcpFlags.Ack):
                return Refusal(head, segment);
            default:
                return null;
        }
    }

    private static byte[] Refusal(in IpPacketHead head, in TcpHeader syn)
    {
        var packet = new byte[Ipv4Header.MinSize + TcpHeader.MinSize];
        Ipv4Header.For((uint)head.Destination.Value, (uint)head.Source.Value, IpProtocol.Tcp, TcpHeader.MinSize, identification: Identification).Write(packet);
        new TcpHeader(syn.DestinationPort, syn.SourcePort, 0, syn.SequenceNumber + 1, TcpHeader.MinSize, TcpFlags.Rst | TcpFlags.Ack, 0, 0)
            .Write(packet.AsSpan(Ipv4Header.MinSize));
        UpperLayerChecksum.TryWrite(packet);
        return packet;
    }

    private static byte[] Packet(
        AddressNumber source, AddressNumber destination, bool isReply, ushort identifier, ushort sequenceNumber, ReadOnlySpan<byte> payload)
    {
        if (source.Version == IpVersion.V4)
        {
            var echo = IcmpEcho.Build(isReply, identifier, sequenceNumber, payload);
            var packet = new byte[Ipv4Header.MinSize + echo.Length];
            Ipv4Header.For((uint)source.Value, (uint)destination.Value, IpProtocol.Icmp, echo.Length, identification: Identification).Write(packet);
            echo.CopyTo(packet.AsSpan(Ipv4Header.MinSize));
            return packet;
        }

        var ipv6 = new byte[Ipv6Header.Size + IcmpHeader.Size + payload.Length];
        Ipv6Header.For(source, destination, IpProtocol.Icmpv6, IcmpHeader.Size + payload.Length).Write(ipv6);
        var type = isReply ? Icmpv6Type.EchoReply : Icmpv6Type.EchoRequest;
        new IcmpHeader((byte)type, 0, 0, ((uint)identifier << 16) | sequenceNumber).Write(ipv6.AsSpan(Ipv6Header.Size));
        payload.CopyTo(ipv6.AsSpan(Ipv6Header.Size + IcmpHeader.Size));
        UpperLayerChecksum.TryWrite(ipv6);
        return ipv6;
    }
}
