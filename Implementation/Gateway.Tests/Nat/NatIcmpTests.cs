// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using Ipsec.Crypto;
using Ipsec.Transports.Nat;
using Ipsec.Wire.Ip;
using static Ipsec.Gateway.Tests.Nat.NatPackets;

namespace Ipsec.Gateway.Tests.Nat;

/// <summary>ICMP through a NAT: echoes by their identifier, errors by the packet that they quote.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class NatIcmpTests
{
    private static readonly IPAddress Outside = IPAddress.Parse("198.51.100.77");
    private static readonly IPAddress Ari = IPAddress.Parse("198.18.1.5");
    private static readonly IPAddress Bob = IPAddress.Parse("198.18.1.6");
    private static readonly IPAddress Peer = IPAddress.Parse("198.51.100.2");
    private static readonly IPAddress Router = IPAddress.Parse("198.51.100.9");
    private static readonly DateTimeOffset Now = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void TwoHostsThatPingWithTheSameIdentifierAreKeptApart()
    {
        var box = Box();
        var first = Identifier(Translate(box, NatDirection.Outbound, Echo(Ari, Peer, false, 7)));
        var second = Identifier(Translate(box, NatDirection.Outbound, Echo(Bob, Peer, false, 7)));
        first.Should().Be(7);
        second.Should().NotBe(7);
        Answer(first).Should().Be(("198.51.100.2", "198.18.1.5"));
        Answer(second).Should().Be(("198.51.100.2", "198.18.1.6"));
        box.Translate(NatDirection.Inbound, Echo(Peer, Outside, false, 7), Now, out _).Should().Be(NatVerdict.NoMapping, "nobody outside can ping in");

        (string, string) Answer(ushort identifier)
        {
            var packet = Translate(box, NatDirection.Inbound, Echo(Peer, Outside, true, identifier));
            Identifier(packet).Should().Be(7);
            return Addresses(packet);
        }
    }

    /// <summary>Path MTU discovery (RFC 1191) needs the quote: an IKE datagram of ours was too big for a router behind the NAT.</summary>
    [TestCase(8)]
    [TestCase(60)]
    public void AnErrorFindsTheHostWhosePacketItQuotes(int quotedPayload)
    {
        var box = new NatBox(new() { Outside = Outside, Ports = NatPortAssignment.Sequential }, new SeededRandomSource(1));
        var sent = Translate(box, NatDirection.Outbound, Udp(new(Ari, 500), new(Peer, 500), new byte[200]));
        var error = Translate(box, NatDirection.Inbound, TooBig(Router, Outside, sent.AsSpan(0, Ipv4Header.MinSize + quotedPayload)));

        Addresses(error).Should().Be(("198.51.100.9", "198.18.1.5"));
        InternetChecksum.Compute(error.AsSpan(Ipv4Header.MinSize)).Should().Be(0);
        var original = Udp(new(Ari, 500), new(Peer, 500), new byte[200]);
        error.AsSpan(Ipv4Header.MinSize + 8).ToArray().Should().Equal(original[..(Ipv4Header.MinSize + quotedPayload)], "the host has to recognise its packet");
    }

    [Test]
    public void AnErrorAboutEspFindsItsHostToo()
    {
        var box = Box();
        var sent = Translate(box, NatDirection.Outbound, Ip(Ari, Peer, IpProtocol.Esp, new byte[100]));
        Addresses(Translate(box, NatDirection.Inbound, TooBig(Router, Outside, sent.AsSpan(0, 28)))).Should().Be(("198.51.100.9", "198.18.1.5"));
    }

    [Test]
    public void AnErrorOfAnInsideHostLeavesUnderTheOutsideAddress()
    {
        var box = Box();
        Translate(box, NatDirection.Outbound, Udp(new(Ari, 500), new(Peer, 500), new byte[20]));
        var received = Translate(box, NatDirection.Inbound, Udp(new(Peer, 500), new(Outside, 500), new byte[20]));
        var error = Translate(box, NatDirection.Outbound, TooBig(Ari, Peer, received.AsSpan(0, 28)));
        Addresses(error).Should().Be(("198.51.100.77", "198.51.100.2"));
        Addresses(error[28..].Concat(new byte[20]).ToArray()).Should().Be(("198.51.100.2", "198.51.100.77"));
    }

    [Test]
    public void AnErrorAboutNobodysPacketOrWithAWrongChecksumIsDropped()
    {
        var box = Box();
        var stranger = TooBig(Router, Outside, Udp(new(Outside, 9), new(Peer, 500), new byte[20]));
        box.Translate(NatDirection.Inbound, stranger, Now, out _).Should().Be(NatVerdict.NoMapping);
        stranger[Ipv4Header.MinSize + 2] ^= 1;
        box.Translate(NatDirection.Inbound, stranger, Now, out _).Should().Be(NatVerdict.Malformed);
        box.Translate(NatDirection.Inbound, TooBig(Router, Outside, new byte[19]), Now, out _).Should().Be(NatVerdict.Malformed);
        box.Mappings.Should().BeEmpty("an error makes no mapping");
    }

    private static NatBox Box() => new(new() { Outside = Outside }, new SeededRandomSource(1));

    private static byte[] Translate(NatBox box, NatDirection direction, byte[] packet)
    {
        box.Translate(direction, packet, Now, out var translated).Should().Be(NatVerdict.Translated);
        return translated;
    }

    private static byte[] Echo(IPAddress from, IPAddress to, bool isReply, ushort identifier) =>
        Ip(from, to, IpProtocol.Icmp, IcmpEcho.Build(isReply, identifier, 1, "data"u8));

    private static byte[] TooBig(IPAddress from, IPAddress to, ReadOnlySpan<byte> quote)
    {
        byte[] message = [3, 4, 0, 0, 0, 0, 0x05, 0x00, .. quote];
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), InternetChecksum.Compute(message));
        return Ip(from, to, IpProtocol.Icmp, message);
    }

    private static ushort Identifier(byte[] packet)
    {
        IcmpEcho.TryRead(packet.AsSpan(Ipv4Header.MinSize), out var echo, out var error).Should().BeTrue($"{error}");
        return echo.Identifier;
    }
}
