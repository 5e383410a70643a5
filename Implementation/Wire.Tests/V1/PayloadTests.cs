// SPDX-License-Identifier: Apache-2.0
using FluentAssertions;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using NUnit.Framework;

namespace Ipsec.Wire.Tests.V1;

public sealed class PayloadTests
{
    [Test]
    public void The_body_of_a_payload_that_was_read_is_what_was_read()
    {
        var read = ReadNonce();

        read.Raw.ToArray().Should().Equal(Hex.Bytes("00 5a 0008 01020304"));
        read.Body.ToArray().Should().Equal(Hex.Bytes("01020304"));
        read.Reserved.Should().Be(0x5a);
    }

    [Test]
    public void A_changed_copy_forgets_what_was_read()
    {
        var changed = ReadNonce() with { Nonce = Hex.Bytes("05060708") };

        changed.Raw.IsEmpty.Should().BeTrue();
        changed.Body.ToArray().Should().Equal(Hex.Bytes("05060708"));
        changed.Reserved.Should().Be(0x5a);
    }

    [TestCase("00 00 0010 02 00 0001 000d 0002 0a0b 0000", 2)]
    [TestCase("00 00 0010 02 00 0001 000d 0001 0a 000000", 3)]
    [TestCase("00 00 0010 02 00 0001 000d 0004 0a0b0c0d", 0)]
    public void Zero_octets_that_align_attributes_to_four_are_padding(string hex, int length)
    {
        PayloadChain.TryRead(PayloadType.Attributes, Hex.Bytes(hex), 0, out var payloads, out _, out var error).Should().BeTrue(error.ToString());

        var read = payloads.Should().ContainSingle().Which.Should().BeOfType<AttributesPayload>().Subject;
        read.PaddingLength.Should().Be(length);
        read.Attributes.Should().ContainSingle();
        (read with { MessageType = 2 }).Body.ToArray().Should().Equal(Hex.Bytes(hex)[4..].ToArray());
    }

    [TestCase("00 00 0010 02 00 0001 000d 0002 0a0b 0001")]
    [TestCase("00 00 000f 02 00 0001 000d 0002 0a0b 00")]
    [TestCase("00 00 0010 02 00 0001 000d 0006 0a0b 0000")]
    public void Other_octets_behind_attributes_are_not_padding(string hex) =>
        PayloadChain.TryRead(PayloadType.Attributes, Hex.Bytes(hex), 0, out _, out _, out _).Should().BeFalse();

    [Test]
    public void A_copy_keeps_the_overrides()
    {
        var nonce = new NoncePayload(default) { LengthOverride = 7, NextPayloadOverride = PayloadType.Hash, Reserved = 1 };

        var copy = nonce with { Nonce = Hex.Bytes("01") };

        (copy.LengthOverride, copy.NextPayloadOverride, copy.Reserved).Should().Be(((ushort?)7, (PayloadType?)PayloadType.Hash, (byte)1));
    }

    [Test]
    public void What_was_read_equals_what_we_would_write()
    {
        var made = new NoncePayload(Hex.Bytes("01020304")) { Reserved = 0x5a };

        ReadNonce().Should().Be(made);
        ReadNonce().GetHashCode().Should().Be(made.GetHashCode());
    }

    [Test]
    public void Payloads_of_different_kinds_or_octets_differ()
    {
        var octets = Hex.Bytes("01020304");
        Payload nonce = new NoncePayload(octets);

        nonce.Should().NotBe(new HashPayload(octets));
        nonce.Should().NotBe(new UnknownPayload(PayloadType.Nonce, octets));
        nonce.Should().NotBe(new NoncePayload(octets) { Reserved = 1 });
        nonce.Should().NotBe(new NoncePayload(octets) { LengthOverride = 8 });
        nonce.Should().NotBe(new NoncePayload(octets) { NextPayloadOverride = PayloadType.None });
        nonce.Should().NotBe(new NoncePayload(Hex.Bytes("01020305")));
        new NatDiscoveryPayload(octets).Should().NotBe(new NatDiscoveryPayload(octets) { IsDraft = true });
    }

    [Test]
    public void Reading_copies_nothing_and_stays_within_its_payload()
    {
        var octets = Hex.Bytes("0d 00 0006 aabb 00 00 0005 cc");

        PayloadChain.TryRead(PayloadType.Nonce, octets, 0, out var payloads, out _, out _).Should().BeTrue();

        payloads[0].Body.Span.Overlaps(octets).Should().BeTrue();
        payloads[0].Body.ToArray().Should().Equal(0xaa, 0xbb);
        payloads[1].Body.ToArray().Should().Equal(0xcc);
    }

    [Test]
    public void Text_names_the_payload_and_its_size()
    {
        new KeyExchangePayload(new byte[256]).ToString().Should().Be("KE[256]");
        new UnknownPayload((PayloadType)99, new byte[3]).ToString().Should().Be("payload 99[3]");
        new NotificationPayload(1, ProtocolId.Isakmp, default, NotifyType.InvalidCookie, default).ToString()
            .Should().Be("N(InvalidCookie)");
        NatOriginalAddressPayload.For(System.Net.IPAddress.Parse("198.51.100.1")).ToString().Should().Be("NAT-OA(198.51.100.1)");
        new NatOriginalAddressPayload(IdType.Fqdn, new byte[1]).ToString().Should().Be("NAT-OA(Fqdn:0x00)");
        new FragmentPayload(7, 3, 1, new byte[5]).ToString().Should().Be("FRAG(7/3 last)[5]");
        new AttributesPayload(2, 0, [Wire.V1.DataAttribute.Basic(16527, 1)]).ToString().Should().Be("ATTR(Reply 16527=1)");
        new SaPayload(1, 1, [new Proposal(1, ProtocolId.Ah, Hex.Bytes("d1d2d3d4"), [Transforms.AhSha256(3)])]).ToString()
            .Should().Be("SA[P1 Ah 0xd1d2d3d4 {T3 id 5 (4=1 5=5 1=1 2=3600)}]");
    }

    private static NoncePayload ReadNonce()
    {
        PayloadChain.TryRead(PayloadType.Nonce, Hex.Bytes("00 5a 0008 01020304"), 0, out var payloads, out _, out _).Should().BeTrue();
        return (NoncePayload)payloads[0];
    }
}
