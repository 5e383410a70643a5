// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using CsCheck;
using FluentAssertions;
using Ipsec.Crypto;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Esp.Tests;

public sealed class AhTests
{
    [TestCaseSource(typeof(TestAh), nameof(TestAh.AllParameters))]
    public void Any_packet_comes_out_as_it_went_in(AhSaParameters basis)
    {
        Gen.Select(Gen.Int[0, 1400], Gen.Bool, Gen.Bool, Gen.Bool).Sample(
            (size, isIpv6, isTunnel, isOuterIpv6) =>
            {
                var version = isIpv6 ? IpVersion.V6 : IpVersion.V4;
                var parameters = TestAh.Parameters(
                    basis.IntegrityAlgorithm,
                    isTunnel ? SaMode.Tunnel : SaMode.Transport,
                    isTunnel ? isOuterIpv6 : isIpv6).AnyTraffic(version);
                using var sender = new AhOutboundSa(parameters);
                using var receiver = new AhInboundSa(parameters);
                var packet = isIpv6 ? TestAh.Ipv6Packet(size) : TestPackets.WestToEast(size);

                var wire = sender.Encapsulate(packet);

                wire.Should().HaveCount(sender.EncapsulatedLength(packet.Length, 0));
                receiver.Decapsulate(wire, out var restored).Should().Be(EspOutcome.Ok);
                restored.Should().Equal(packet);
                receiver.Decapsulate(wire, out _).Should().Be(EspOutcome.Replayed);
                AhInspector.TryOpen(parameters, wire, out var inspection, out _).Should().BeTrue();
                inspection!.IsIcvValid.Should().BeTrue();
                inspection.Layout.Length.Should().Be(wire.Length);
            },
            iter: 60,
            threads: 1);
    }

    [Test]
    public void Icv_covers_the_packet_with_its_mutable_fields_zero()
    {
        var parameters = TestAh.Sha256;
        using var sender = new AhOutboundSa(parameters, 7);

        var wire = sender.Encapsulate(TestPackets.WestToEast(40, h => h with { Dscp = 46, Ecn = 1, DontFragment = true, TimeToLive = 9 }));

        var covered = wire.ToArray();
        covered[1] = 0;
        covered[6] = covered[7] = covered[8] = covered[10] = covered[11] = 0;
        covered.AsSpan(32, 16).Clear();
        wire[9].Should().Be(51);
        wire[20..32].Should().Equal(17, 5, 0, 0, 0xC0, 0xFF, 0xEE, 0x51, 0, 0, 0, 7);
        wire[32..48].Should().Equal(HMACSHA256.HashData(parameters.IntegrityKey.Span, covered)[..16]);
    }

    [Test]
    public void In_ipv6_the_header_is_a_multiple_of_eight()
    {
        // 12 + 16 = 28 octets in IPv4, 32 in IPv6 (RFC 4302 section 3.3.3.2.1).
        using var sender = new AhOutboundSa(TestAh.Sha256);
        sender.HeaderLength(IpVersion.V4).Should().Be(28);
        sender.HeaderLength(IpVersion.V6).Should().Be(32);
    }

    [Test]
    public void Gmac_has_its_iv_before_the_icv_and_in_ipv6_four_octets_of_padding()
    {
        // RFC 4543 section 4 with erratum 3643; the tag is recomputed with the platform's GCM over no plaintext.
        foreach (var isIpv6 in new[] { false, true })
        {
            var parameters = TestAh.Parameters(IntegrityAlgorithm.Named("AES-GMAC-128"), isIpv6: isIpv6);
            using var sender = new AhOutboundSa(parameters, 9);
            var wire = sender.Encapsulate(isIpv6 ? TestAh.Ipv6Packet(24) : TestPackets.WestToEast(24));

            var ah = isIpv6 ? 40 : 20;
            sender.HeaderLength(isIpv6 ? IpVersion.V6 : IpVersion.V4).Should().Be(isIpv6 ? 40 : 36);
            wire[(ah + 12)..(ah + 20)].Should().Equal(0, 0, 0, 0, 0, 0, 0, 9);
            var covered = wire.ToArray();
            foreach (var mutable in isIpv6 ? [1, 2, 3, 7] : new[] { 1, 6, 7, 8, 10, 11 })
            {
                covered[mutable] = 0;
            }

            covered.AsSpan(ah + 20, 16).Clear();
            var key = parameters.IntegrityKey.Span;
            byte[] nonce = [.. key[16..], .. wire[(ah + 12)..(ah + 20)]];
            using var gcm = new AesGcm(key[..16], 16);
            var tag = new byte[16];
            gcm.Encrypt(nonce, Array.Empty<byte>(), Array.Empty<byte>(), tag, covered);
            wire[(ah + 20)..(ah + 36)].Should().Equal(tag);
        }
    }

    [Test]
    public void The_high_half_of_an_extended_number_is_covered_and_not_sent()
    {
        var parameters = TestAh.Sha256 with { ExtendedSequenceNumbers = true };
        using var sender = new AhOutboundSa(parameters, 0x5_0000_0007);
        using var receiver = new AhInboundSa(parameters, 0x5_0000_0006);
        using var ignorant = new AhInboundSa(TestAh.Sha256);

        var wire = sender.Encapsulate(TestPackets.WestToEast());

        wire[28..32].Should().Equal(0, 0, 0, 7);
        ignorant.Decapsulate(wire, out _).Should().Be(EspOutcome.IntegrityFailure);
        receiver.Decapsulate(wire, out _).Should().Be(EspOutcome.Ok);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Exactly_the_mutable_fields_may_change_on_the_way(bool isIpv6)
    {
        var version = isIpv6 ? IpVersion.V6 : IpVersion.V4;
        var parameters = TestAh.Parameters(TestAh.Sha256.IntegrityAlgorithm, isIpv6: isIpv6).AnyTraffic(version);
        using var sender = new AhOutboundSa(parameters, 100);
        var wire = sender.Encapsulate(isIpv6 ? TestAh.Ipv6Packet(20) : TestPackets.WestToEast(20));

        // IPv4: DSCP and ECN, TTL; the fragment field too, but a fragment is refused. IPv6: class (from the
        // low half of the first octet on), flow label, hop limit.
        int[] mutable = isIpv6 ? [0, 1, 2, 3, 7] : [1, 8];
        for (var position = 0; position < wire.Length; position++)
        {
            using var receiver = new AhInboundSa(parameters);
            var changed = wire.ToArray();
            changed[position] ^= 0x04;
            if (!isIpv6 && position is > 0 and < 20 and not (10 or 11))
            {
                IpPacketHead.WriteIpv4Checksum(changed);
            }

            var outcome = receiver.Decapsulate(changed, out var restored);

            (outcome == EspOutcome.Ok).Should().Be(mutable.Contains(position), "octet {0} changed and {1} came", position, outcome);
            (restored.Length > 0).Should().Be(outcome == EspOutcome.Ok);
            if (outcome is not (EspOutcome.Ok or EspOutcome.Replayed))
            {
                receiver.ReplayWindow!.Highest.Should().Be(0);
            }
        }
    }

    [Test]
    public void Options_of_ipv4_are_covered_or_zeroed_as_appendix_a_says()
    {
        // Router alert (immutable), record route (mutable), no operation, an option nobody knows (zeroed), end of list.
        byte[] options = [0x94, 4, 0, 0, 7, 7, 4, 0, 0, 0, 0, 1, 0x5E, 4, 9, 9, 0, 0, 0, 0];
        var packet = WithOptions(options);
        using var sender = new AhOutboundSa(TestAh.Sha256);
        var wire = sender.Encapsulate(packet);

        Accepts(wire).Should().BeTrue();
        Accepts(Changed(wire, 20 + 6, 8)).Should().BeTrue("a router recorded itself");
        Accepts(Changed(wire, 20 + 14, 77)).Should().BeTrue("an unknown option is zeroed as a whole");
        Accepts(Changed(wire, 20 + 3, 1)).Should().BeFalse("router alert is immutable");
        Accepts(Changed(wire, 20 + 11, 0)).Should().BeFalse("no operation is immutable");
    }

    [Test]
    public void A_source_route_is_predicted()
    {
        // Loose source route with one address to go, pointer 4; the router at 198.51.100.7 is the destination of the header first.
        byte[] before = [1, 0x83, 7, 4, 198, 18, 2, 20];
        byte[] after = [1, 0x83, 7, 8, 198, 51, 100, 7];
        var packet = WithOptions(before, "198.51.100.7");
        using var sender = new AhOutboundSa(TestAh.Sha256);
        var wire = sender.Encapsulate(packet);

        after.CopyTo(wire, 20);
        new byte[] { 198, 18, 2, 20 }.CopyTo(wire, 16);
        IpPacketHead.WriteIpv4Checksum(wire);

        Accepts(wire).Should().BeTrue();
    }

    [Test]
    public void Ipv6_options_and_routing_headers_are_treated_as_they_arrive()
    {
        var parameters = TestAh.Parameters(TestAh.Sha256.IntegrityAlgorithm, isIpv6: true).AnyTraffic(IpVersion.V6);
        byte[] first = [.. AddressNumberBytes("2001:db8:7::1")];
        byte[] last = [.. AddressNumberBytes("2001:db8:9::1")];
        byte[] extensions =
        [
            43, 0, 0x3E, 2, 5, 6, 0x1E, 0, // hop-by-hop: one option that may change, one that may not (empty)
            17, 4, 0, 2, 0, 0, 0, 0, .. first, .. last, // routing type 0, two segments left
        ];
        var packet = TestAh.Ipv6Packet(30, extensions: extensions, firstHeader: 0);
        var original = packet.AsSpan(24, 16).ToArray();
        using var sender = new AhOutboundSa(parameters);

        var wire = sender.Encapsulate(packet);

        // Two hops later: the destination was swapped with both addresses, no segments are left.
        last.CopyTo(wire, 24);
        var addresses = wire.AsSpan(40 + 8 + 8);
        original.CopyTo(addresses);
        first.CopyTo(addresses[16..]);
        wire[40 + 8 + 3] = 0;
        wire[40 + 4] = 0x77;
        wire[7] -= 2;
        Receives(wire, parameters).Should().Be(EspOutcome.Ok);
        Receives(Changed(wire, 40 + 8 + 8 + 3, 1), parameters).Should().Be(EspOutcome.IntegrityFailure);
        Receives(Changed(wire, 40 + 6, 0x1F), parameters).Should().Be(EspOutcome.IntegrityFailure);
    }

    [Test]
    public void The_fragment_header_of_a_whole_packet_is_skipped()
    {
        var parameters = TestAh.Parameters(TestAh.Sha256.IntegrityAlgorithm, isIpv6: true).AnyTraffic(IpVersion.V6);
        var plain = TestAh.Ipv6Packet(30);
        byte[] atomic = [17, 0, 0, 0, 0, 0, 0, 9];
        var withHeader = TestAh.Ipv6Packet(30, extensions: atomic, firstHeader: 44);
        using var sender = new AhOutboundSa(parameters);
        using var other = new AhOutboundSa(parameters);

        var wire = sender.Encapsulate(withHeader);

        wire.Should().Equal(other.Encapsulate(plain));
    }

    [Test]
    public void Fragments_and_lengths_of_another_algorithm_are_refused()
    {
        using var sender = new AhOutboundSa(TestAh.Sha256);
        using var receiver = new AhInboundSa(TestAh.Sha256);
        var destination = new byte[500];
        TransportEncapsulator.TryEncapsulate(sender, TestPackets.WestToEast(16, h => h with { MoreFragments = true }), destination, out _)
            .Should().Be(EspOutcome.Fragment);
        var wire = sender.Encapsulate(TestPackets.WestToEast());
        receiver.Decapsulate(Changed(wire, 21, 6), out _).Should().Be(EspOutcome.BadLength);
        receiver.Decapsulate(Changed(wire, 21, 200), out _).Should().Be(EspOutcome.TooShort);
        receiver.Decapsulate(Changed(wire, 27, 0), out _).Should().Be(EspOutcome.UnknownSpi);
        receiver.Decapsulate(wire, out _).Should().Be(EspOutcome.Ok);
        sender.Dispose();
        sender.TryEncapsulate(new TunnelEncapsulator(), TestPackets.WestToEast(), destination, out _).Should().Be(EspOutcome.UnknownSpi);
    }

    [Test]
    public void The_counter_stops_at_its_end()
    {
        using var sender = new AhOutboundSa(TestAh.Sha256, uint.MaxValue);
        sender.Encapsulate(TestPackets.WestToEast());
        var destination = new byte[500];
        sender.TryEncapsulate(new TunnelEncapsulator(), TestPackets.WestToEast(), destination, out _).Should().Be(EspOutcome.SequenceExhausted);
        sender.SequenceNumbersLeft.Should().Be(0);
        ((IOutboundSa)sender).IsReplacementDue(default).Should().BeTrue();
    }

    [Test]
    public void A_composed_packet_is_what_the_sender_makes()
    {
        using var sender = new AhOutboundSa(TestAh.Sha256, 33);
        var packet = TestPackets.WestToEast();

        AhComposer.Compose(TestAh.Sha256, 33, packet).Should().Equal(sender.Encapsulate(packet));
        AhInspector.TryOpen(TestAh.Sha256, AhComposer.Compose(TestAh.Sha256, 34, packet, 59), out var opened, out _).Should().BeTrue();
        opened!.Header.NextHeader.Should().Be(IpProtocol.NoNextHeader);
        opened.Layout.ToString().Should().Be("outer IP header 20, AH header 12, ICV 16, payload 64");
    }

    [Test]
    public void No_bytes_are_taken_and_none_make_it_throw()
    {
        using var receiver = new AhInboundSa(TestAh.Sha256);
        Gen.Byte.Array[0, 120].Sample(
            bytes =>
            {
                byte[] ah = [17, 5, 0, 0, 0xC0, 0xFF, 0xEE, 0x51, 0, 0, 0, 1, .. bytes];
                var packet = TestPackets.Build(TestPackets.Header(TestPackets.WestHost, TestPackets.EastHost, 51, ah.Length), ah);
                receiver.Decapsulate(packet, out _).Should().NotBe(EspOutcome.Ok);
                receiver.Decapsulate(bytes, out _).Should().NotBe(EspOutcome.Ok);
            },
            iter: 500,
            threads: 1);
    }

    private static byte[] WithOptions(byte[] options, string destination = TestPackets.EastHost)
    {
        var header = TestPackets.Header(TestPackets.WestHost, destination, 17, 30);
        var packet = TestPackets.Build(
            header with { HeaderLength = 20 + options.Length, TotalLength = 50 + options.Length }, TestSa.Bytes(30));
        options.CopyTo(packet, 20);
        IpPacketHead.WriteIpv4Checksum(packet);
        return packet;
    }

    private static byte[] Changed(byte[] packet, int position, byte value)
    {
        var changed = packet.ToArray();
        changed[position] = value;
        if (changed[0] >> 4 == 4)
        {
            IpPacketHead.WriteIpv4Checksum(changed);
        }

        return changed;
    }

    private static bool Accepts(byte[] wire) => Receives(wire, TestAh.Sha256) == EspOutcome.Ok;

    private static EspOutcome Receives(byte[] wire, AhSaParameters parameters)
    {
        using var receiver = new AhInboundSa(parameters);
        return receiver.Decapsulate(wire, out _);
    }

    private static byte[] AddressNumberBytes(string text)
    {
        var octets = new byte[16];
        AddressNumber.Parse(text).Write(octets);
        return octets;
    }
}
