// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using FluentAssertions;
using Ipsec.Crypto;
using Ipsec.Sa;
using NUnit.Framework;

namespace Ipsec.Esp.Tests;

public sealed class GcmEspVectorTests
{
    [TestCaseSource(typeof(GcmEspVector), nameof(GcmEspVector.All))]
    public void Composer_makes_the_published_packet(GcmEspVector vector)
    {
        var packet = EspComposer.Compose(
            Parameters(vector), SequenceNumber(vector), Convert.FromHexString(vector.Iv), Convert.FromHexString(vector.Plaintext));

        Convert.ToHexStringLower(packet).Should().Be(vector.Packet);
    }

    [TestCaseSource(typeof(GcmEspVector), nameof(GcmEspVector.All))]
    public void Receiver_opens_the_published_packet(GcmEspVector vector)
    {
        var sequenceNumber = SequenceNumber(vector);
        using var receiver = new EspInboundSa(Parameters(vector), sequenceNumber - 1);
        var plaintext = Convert.FromHexString(vector.Plaintext);

        receiver.Unprotect(Convert.FromHexString(vector.Packet), out var payload, out var nextHeader).Should().Be(EspOutcome.Ok);

        payload.Should().Equal(plaintext[..^(2 + plaintext[^2])]);
        nextHeader.Should().Be(plaintext[^1]);
        receiver.ReplayWindow!.Highest.Should().Be(sequenceNumber);
    }

    [TestCaseSource(typeof(GcmEspVector), nameof(GcmEspVector.All))]
    public void Observer_opens_the_published_packet(GcmEspVector vector)
    {
        var sequenceNumber = SequenceNumber(vector);

        EspInspector.TryOpen(
            Parameters(vector),
            Convert.FromHexString(vector.Packet),
            out var inspection,
            out _,
            (uint)(sequenceNumber >> 32)).Should().BeTrue();

        inspection!.Trailer.Should().Be(EspOutcome.Ok);
        inspection.SequenceNumber.Should().Be((uint)sequenceNumber);
        inspection.Iv.ToArray().Should().Equal(Convert.FromHexString(vector.Iv));
        byte[] opened = [.. inspection.Payload.Span, .. inspection.Padding.Span, inspection.PadLength, inspection.NextHeader];
        Convert.ToHexStringLower(opened).Should().Be(vector.Plaintext);
    }

    [Test]
    public void Vectors_cover_every_key_size_and_both_kinds_of_sequence_number()
    {
        GcmEspVector.All.Select(vector => vector.Key.Length * 4).Should().Contain([128, 192, 256]);
        GcmEspVector.All.Select(vector => vector.IsExtended).Should().Contain([true, false]);
    }

    private static ulong SequenceNumber(GcmEspVector vector)
    {
        var aad = Convert.FromHexString(vector.Aad);
        return vector.IsExtended
            ? BinaryPrimitives.ReadUInt64BigEndian(aad.AsSpan(4))
            : BinaryPrimitives.ReadUInt32BigEndian(aad.AsSpan(4));
    }

    private static EspSaParameters Parameters(GcmEspVector vector) => EspSaParameters.FromKeyMaterial(
        vector.Name,
        Convert.ToUInt32(vector.Aad[..8], 16),
        TestSa.West,
        TestSa.East,
        EncryptionAlgorithm.Named($"AES-GCM-16-{vector.Key.Length * 4}"),
        null,
        Convert.FromHexString(vector.Key + vector.Salt),
        SaMode.Tunnel,
        SelectorPair.Any) with
    {
        ExtendedSequenceNumbers = vector.IsExtended,
    };
}
