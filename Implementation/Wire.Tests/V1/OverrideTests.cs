// SPDX-License-Identifier: Apache-2.0
using FluentAssertions;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using NUnit.Framework;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Wire.Tests.V1;

/// <summary>Every field that the writer fills in by itself can be made a lie; only that field changes on the wire.</summary>
public sealed class OverrideTests
{
    private static readonly Transform Transform = new(1, 12, [DataAttribute.Basic(6, 128), DataAttribute.Variable(2, 3600u)]);

    private static readonly Proposal Proposal = new(1, ProtocolId.Esp, Hex.Bytes("c1c2c3c4"), [Transform, Transform with { Number = 2 }]);

    private static readonly SaPayload Sa = new(1, 1, [Proposal, Proposal with { Number = 2 }]);

    private static readonly NotificationPayload Notification =
        new(1, ProtocolId.Esp, Hex.Bytes("c1c2c3c4"), NotifyType.InvalidSpi, default);

    private static readonly DeletePayload Delete = new(1, ProtocolId.Esp, 4, [Hex.Bytes("c1c2c3c4")]);

    private static IEnumerable<TestCaseData> Lies()
    {
        var nonce = new NoncePayload(new byte[8]);
        yield return Lie("next payload", nonce, nonce with { NextPayloadOverride = PayloadType.Hash }, 0, "08");
        yield return Lie("reserved", nonce, nonce with { Reserved = 0xaa }, 1, "aa");
        yield return Lie("length", nonce, nonce with { LengthOverride = 0xbbcc }, 2, "bbcc");
        yield return Lie("length zero", nonce, nonce with { LengthOverride = 0 }, 2, "0000");

        // The first proposal begins at 12, its SPI at 20, its first transform at 24, the attributes of that at 32.
        yield return Lie("proposal next payload", Sa, With(Proposal with { NextPayloadOverride = PayloadType.Nonce }), 12, "0a");
        yield return Lie("proposal reserved", Sa, With(Proposal with { Reserved = 0x55 }), 13, "55");
        yield return Lie("proposal length", Sa, With(Proposal with { LengthOverride = 0x0fff }), 14, "0fff");
        yield return Lie("proposal SPI size", Sa, With(Proposal with { SpiSizeOverride = 8 }), 18, "08");
        yield return Lie("proposal transform count", Sa, With(Proposal with { TransformCountOverride = 0 }), 19, "00");
        yield return Lie("transform next payload", Sa, With(Transform with { NextPayloadOverride = PayloadType.None }), 24, "00");
        yield return Lie("transform reserved", Sa, With(Transform with { Reserved = 0x66 }), 25, "66");
        yield return Lie("transform length", Sa, With(Transform with { LengthOverride = 0xffff }), 26, "ffff");
        yield return Lie("transform reserved2", Sa, With(Transform with { Reserved2 = 0x7788 }), 30, "7788");

        var lying = Transform.Attributes[1] with { LengthOverride = 9 };
        yield return Lie("attribute length", Sa, With(Transform with { Attributes = Transform.Attributes.SetItem(1, lying) }), 38, "0009");

        yield return Lie("notification SPI size", Notification, Notification with { SpiSizeOverride = 16 }, 9, "10");
        yield return Lie("deletion SPI size", Delete, Delete with { SpiSize = 0 }, 9, "00");
        yield return Lie("deletion SPI count", Delete, Delete with { SpiCountOverride = 0xfffe }, 10, "fffe");

        var attributes = new AttributesPayload(1, 2, []);
        yield return Lie("attributes reserved", attributes, attributes with { Reserved2 = 0x99 }, 5, "99");
        var address = new NatOriginalAddressPayload(IdType.Ipv4Address, new byte[4]);
        yield return Lie("NAT-OA reserved", address, address with { Reserved2 = 0x123456 }, 5, "123456");
    }

    [TestCaseSource(nameof(Lies))]
    public void A_lie_appears_at_its_place_and_nowhere_else(Payload honest, Payload lying, int offset, string octets)
    {
        var expected = Encode(honest);
        var lie = Hex.Bytes(octets);
        expected.AsSpan(offset, lie.Length).SequenceEqual(lie).Should().BeFalse("the honest payload must differ");
        lie.CopyTo(expected, offset);

        Hex.Text(Encode(lying)).Should().Be(Hex.Text(expected));
        lying.Should().NotBe(honest);
    }

    [Test]
    public void A_basic_attribute_has_no_length_to_lie_about()
    {
        var writer = new WireWriter();

        (DataAttribute.Basic(6, 128) with { LengthOverride = 9 }).Write(writer);

        Hex.Text(writer.Written).Should().Be("80060080");
    }

    [Test]
    public void A_basic_attribute_may_carry_a_value_of_any_size()
    {
        var writer = new WireWriter();

        new DataAttribute(6, IsBasic: true, Hex.Bytes("010203")).Write(writer);

        Hex.Text(writer.Written).Should().Be("8006010203");
    }

    [Test]
    public void The_header_is_written_as_given_when_kept()
    {
        var golden = GoldenMessage.MainModeFirst.Model;
        var header = golden.Header with { NextPayload = PayloadType.Nonce, Length = 0xdeadbeef };

        var octets = (golden with { Header = header }).Encode(keepHeader: true);

        octets[IsakmpHeader.NextPayloadOffset].Should().Be((byte)PayloadType.Nonce);
        Hex.Text(octets.AsSpan(IsakmpHeader.LengthOffset, 4)).Should().Be("deadbeef");
        octets[28..].Should().Equal(GoldenMessage.MainModeFirst.Bytes[28..]);
    }

    [Test]
    public void The_chain_names_each_following_payload_unless_told_otherwise()
    {
        var writer = new WireWriter();

        PayloadChain.Write(
            writer,
            [
                new NoncePayload(default),
                new HashPayload(default) { NextPayloadOverride = (PayloadType)77 },
                new UnknownPayload((PayloadType)99, default),
                new NatDiscoveryPayload(default) { IsDraft = true },
            ]);

        Hex.Text(writer.Written).Should().Be("08000004" + "4d000004" + "82000004" + "00000004");
    }

    [Test]
    public void A_body_too_large_for_its_length_field_is_written_whole()
    {
        var writer = new WireWriter();

        new VendorIdPayload(new byte[70_000]).Write(writer, PayloadType.None);

        writer.Length.Should().Be(70_004);
        Hex.Text(writer.Written[..4]).Should().Be("00001174");
    }

    private static SaPayload With(Proposal first) => Sa with { Proposals = Sa.Proposals.SetItem(0, first) };

    private static SaPayload With(Transform first) => With(Proposal with { Transforms = Proposal.Transforms.SetItem(0, first) });

    private static byte[] Encode(Payload payload)
    {
        var writer = new WireWriter();
        payload.Write(writer, PayloadType.None);
        return writer.ToArray();
    }

    private static TestCaseData Lie(string name, Payload honest, Payload lying, int offset, string octets) =>
        new TestCaseData(honest, lying, offset, octets).SetArgDisplayNames(name);
}
