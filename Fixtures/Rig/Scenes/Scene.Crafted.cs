// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using Ipsec.Esp;
using Ipsec.Gateway;
using Ipsec.Ike;
using Ipsec.Sa;
using Ipsec.Transports;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <content>Packets of west's SA that west's own data plane would not make.</content>
public sealed partial class Scene
{
    private const int ProtocolAt = 9;

    /// <summary>The SA with which west sends: of the newest pair, and of a bundle that of AH, which is outside.</summary>
    public SaParameters WestOutbound
    {
        get
        {
            var pairs = WestChildSas;
            var newest = pairs[^1].BundleId is { } bundle ? pairs.Single(pair => pair.BundleId == bundle && pair.Protocol == IpsecProtocol.Ah) : pairs[^1];
            return ChildSaParameters.Of(newest).Outbound;
        }
    }

    /// <summary>Protects a packet by hand.</summary>
    /// <param name="innerPacket">A whole IPv4 packet.</param>
    /// <param name="how">What is special about it.</param>
    /// <returns>The outer packet.</returns>
    public byte[] Craft(byte[] innerPacket, CraftedPacket how)
    {
        ArgumentNullException.ThrowIfNull(how);
        var sa = WestOutbound;
        var number = how.Number ?? NextNumber();
        if (how.SkipsNumbers)
        {
            SkipTo(number);
        }

        var isTunnel = sa.Mode == SaMode.Tunnel;
        var payload = isTunnel ? innerPacket : innerPacket[Ipv4Header.MinSize..];
        var nextHeader = how.NextHeader ?? (isTunnel ? (byte)IpProtocol.Ipip : innerPacket[ProtocolAt]);
        if (sa is AhSaParameters ah)
        {
            return AhComposer.Compose(ah, number, Outer(sa, (IpProtocol)nextHeader, payload), nextHeader);
        }

        var esp = (EspSaParameters)sa;
        byte[] content = [.. payload, .. how.TrafficFlowPadding.Span];
        var plaintext = EspComposer.Plaintext(content, how.PadLength ?? EspComposer.LeastPadLength(esp, content.Length), nextHeader);
        var packet = EspComposer.Compose(esp, number, Iv(esp, number), how.Plaintext(plaintext));
        return esp.Nat is { } nat
            ? UdpPacket.Build(new IPEndPoint(sa.Source, nat.SourcePort), new IPEndPoint(sa.Destination, nat.DestinationPort), packet, how.HasUdpChecksum)
            : Outer(sa, IpProtocol.Esp, packet);
    }

    /// <summary>The next sequence number of west's SA, which nobody else uses from now on.</summary>
    /// <returns>The number.</returns>
    public ulong NextNumber() => OnSender(sender =>
    {
        sender.SkipSequenceNumbers(1);
        return sender.SequenceNumber;
    });

    /// <summary>Has west's data plane go on behind a number.</summary>
    /// <param name="number">The number; a lower one than the last changes nothing.</param>
    public void SkipTo(ulong number) => OnSender(sender =>
    {
        if (number > sender.SequenceNumber)
        {
            sender.SkipSequenceNumbers(number - sender.SequenceNumber);
        }

        return true;
    });

    /// <summary>Has west's hosts send a packet, which west's data plane protects.</summary>
    /// <param name="innerPacket">A whole IPv4 packet.</param>
    public void Send(byte[] innerPacket) => SendFromWest(innerPacket);

    /// <summary>Whether a packet that fits reached the hosts behind west.</summary>
    /// <param name="fits">What fits.</param>
    public bool ReachedWest(Func<ReadOnlyMemory<byte>, bool> fits) => Bed.WestWitness.Delivered.Reverse().Any(fits);

    private T OnSender<T>(Func<IOutboundSa, T> use)
    {
        var sa = WestOutbound;
        return OnLoop(() => Bed.West.DataPlane.Outbound.TryFind(sa.Spi, sa.Protocol, sa.DestinationNumber, out var sender)
            ? use(sender)
            : throw new InvalidOperationException("west has no SA to send on"));
    }

    /// <summary>An outer header with an identification, without which the system would choose one behind the back of AH's ICV.</summary>
    private static byte[] Outer(SaParameters sa, IpProtocol protocol, byte[] payload)
    {
        var packet = new byte[Ipv4Header.MinSize + payload.Length];
        Ipv4Header.For(sa.Source, sa.Destination, protocol, payload.Length, identification: 1).Write(packet);
        payload.CopyTo(packet, Ipv4Header.MinSize);
        return packet;
    }

    /// <summary>The number itself where a counter will do, which the data plane does not use a second time; otherwise something that no other packet has.</summary>
    private byte[] Iv(EspSaParameters sa, ulong number)
    {
        var iv = new byte[sa.ExplicitIvSize];
        if (iv.Length >= sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64BigEndian(iv.AsSpan(iv.Length - sizeof(ulong)), sa.EncryptionAlgorithm.HasCounterIv ? number : number ^ Run.Seed);
        }

        return iv;
    }
}
