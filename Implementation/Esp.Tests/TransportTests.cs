// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using FluentAssertions;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Esp.Tests;

public sealed class TransportTests
{
    private static readonly SelectorPair Hosts = new(
        TrafficSelector.Address(TestSa.West), TrafficSelector.Address(TestSa.East));

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void A_packet_is_restored_with_its_header(EspSaParameters parameters)
    {
        using var sender = TestSa.Sender(Transport(parameters));
        using var receiver = new EspInboundSa(Transport(parameters).AtReceiver());
        var original = Packet(new Ipv4Header { TimeToLive = 9, Identification = 0xABCD, Dscp = 12, Ecn = 1, DontFragment = true }, 37);

        var packet = Encapsulate(sender, original);

        Ipv4Header.TryRead(packet, out var header, out _).Should().BeTrue();
        header.Protocol.Should().Be(IpProtocol.Esp);
        header.TotalLength.Should().Be(packet.Length);
        header.TimeToLive.Should().Be(9);
        header.Identification.Should().Be(0xABCD);
        Decapsulate(receiver, packet, out var restored).Should().Be(EspOutcome.Ok);
        restored.Should().Equal(original);
    }

    [Test]
    public void Header_options_stay_in_place()
    {
        using var sender = TestSa.Sender(Transport(TestSa.Gcm));
        using var receiver = new EspInboundSa(Transport(TestSa.Gcm).AtReceiver());
        var original = Packet(new Ipv4Header { HeaderLength = 28 }, 20);

        // A router alert (RFC 2113), then end of list.
        new byte[] { 0x94, 0x04, 0x00, 0x00 }.CopyTo(original, 20);
        FixChecksum(original, 28);
        var packet = Encapsulate(sender, original);

        packet[20..24].Should().Equal(0x94, 0x04, 0x00, 0x00);
        BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(28)).Should().Be(TestSa.Spi);
        Decapsulate(receiver, packet, out var restored).Should().Be(EspOutcome.Ok);
        restored.Should().Equal(original);
    }

    [Test]
    public void Octets_behind_the_packet_are_not_protected()
    {
        using var sender = TestSa.Sender(Transport(TestSa.Gcm));
        using var receiver = new EspInboundSa(Transport(TestSa.Gcm).AtReceiver());
        var original = Packet(new Ipv4Header(), 10);

        Decapsulate(receiver, Encapsulate(sender, [.. original, 1, 2, 3]), out var restored).Should().Be(EspOutcome.Ok);

        restored.Should().Equal(original);
    }

    [TestCase(true, 0)]
    [TestCase(false, 8)]
    public void Fragments_are_neither_protected_nor_accepted(bool more, int offset)
    {
        using var sender = TestSa.Sender(Transport(TestSa.Gcm));
        using var receiver = new EspInboundSa(Transport(TestSa.Gcm).AtReceiver());
        var fragment = Packet(new Ipv4Header { MoreFragments = more, FragmentOffset = offset }, 64);

        TransportEncapsulator.TryEncapsulate(sender, fragment, new byte[500], out _).Should().Be(EspOutcome.Fragment);
        sender.SequenceNumber.Should().Be(0);

        var packet = Encapsulate(sender, Packet(new Ipv4Header(), 64));
        Ipv4Header.TryRead(packet, out var header, out _).Should().BeTrue();
        (header with { MoreFragments = more, FragmentOffset = offset }).Write(packet);
        Decapsulate(receiver, packet, out _).Should().Be(EspOutcome.Fragment);
    }

    [Test]
    public void Traffic_that_is_not_the_sas_is_discarded()
    {
        var parameters = Transport(TestSa.Gcm);
        var dns = new SelectorPair(Hosts.Local.For(17), Hosts.Remote.For(17, 53, 53));
        using var sender = TestSa.Sender(parameters);
        using var receiver = new EspInboundSa(parameters with { Selectors = dns.Reversed });
        var query = TestPackets.WithPorts("198.51.100.1", "198.51.100.2", 17, 4000, 53);
        var other = TestPackets.WithPorts("198.51.100.1", "198.51.100.2", 17, 4000, 54);
        var tcp = TestPackets.WithPorts("198.51.100.1", "198.51.100.2", 6, 4000, 53);

        Decapsulate(receiver, Encapsulate(sender, query), out _).Should().Be(EspOutcome.Ok);
        Decapsulate(receiver, Encapsulate(sender, other), out _).Should().Be(EspOutcome.SelectorMismatch);
        Decapsulate(receiver, Encapsulate(sender, tcp), out var nothing).Should().Be(EspOutcome.SelectorMismatch);
        nothing.Should().BeEmpty();
        receiver.Counters.Total.Should().Be(3);
    }

    [Test]
    public void What_is_no_packet_or_finds_no_room_is_refused()
    {
        using var sender = TestSa.Sender(Transport(TestSa.Gcm));
        using var receiver = new EspInboundSa(Transport(TestSa.Gcm).AtReceiver());
        var original = Packet(new Ipv4Header(), 64);
        var packet = Encapsulate(sender, original);

        TransportEncapsulator.TryEncapsulate(sender, original.AsSpan(0, 60), new byte[500], out _).Should().Be(EspOutcome.BadInnerPacket);
        TransportEncapsulator.TryEncapsulate(sender, original, new byte[19], out _).Should().Be(EspOutcome.BufferTooSmall);
        TransportEncapsulator.TryEncapsulate(sender, original, new byte[100], out _).Should().Be(EspOutcome.BufferTooSmall);
        TransportEncapsulator.TryDecapsulate(receiver, packet, new byte[60], out _).Should().Be(EspOutcome.BufferTooSmall);
        TransportEncapsulator.TryDecapsulate(receiver, packet.AsSpan(0, 60), new byte[500], out _).Should().Be(EspOutcome.BadInnerPacket);
        Decapsulate(receiver, packet, out _).Should().Be(EspOutcome.Ok);
    }

    private static EspSaParameters Transport(EspSaParameters parameters) => parameters with { Mode = SaMode.Transport, Selectors = Hosts };

    private static byte[] Packet(Ipv4Header header, int payloadLength) => TestPackets.Build(
        header with
        {
            SourceAddress = Ipv4Header.ToNumber(TestSa.West),
            DestinationAddress = Ipv4Header.ToNumber(TestSa.East),
            Protocol = IpProtocol.Udp,
            TotalLength = header.HeaderLength + payloadLength,
        },
        TestSa.Bytes(payloadLength));

    private static void FixChecksum(byte[] packet, int headerLength)
    {
        packet.AsSpan(10, 2).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), InternetChecksum.Compute(packet.AsSpan(0, headerLength)));
    }

    private static byte[] Encapsulate(EspOutboundSa sa, ReadOnlySpan<byte> packet)
    {
        var room = new byte[packet.Length + sa.MaxOverhead];
        TransportEncapsulator.TryEncapsulate(sa, packet, room, out var written).Should().Be(EspOutcome.Ok);
        return room[..written];
    }

    private static EspOutcome Decapsulate(EspInboundSa sa, ReadOnlySpan<byte> packet, out byte[] restored)
    {
        var room = new byte[packet.Length];
        var outcome = TransportEncapsulator.TryDecapsulate(sa, packet, room, out var written);
        restored = room[..written];
        return outcome;
    }
}
