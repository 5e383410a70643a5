// SPDX-License-Identifier: Apache-2.0

using System.Net;
using FluentAssertions;
using Ipsec.Crypto;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Esp.Tests;

public sealed class CbcEspVectorTests
{
    private const int OuterHeaderSize = 20;

    [TestCaseSource(typeof(CbcEspVector), nameof(CbcEspVector.All))]
    public void Sender_makes_the_whole_published_packet(CbcEspVector vector)
    {
        var original = Convert.FromHexString(vector.Original);
        var published = Convert.FromHexString(vector.Packet);
        using var sender = new EspOutboundSa(Parameters(vector), new FixedIv(vector.Iv), vector.SequenceNumber);
        var packet = new byte[published.Length];

        // The published outer header continues the inner one's identification, and its TTL is 64 as ours is.
        Ipv4Header.TryRead(published, out var outer, out _).Should().BeTrue();
        int written;
        var outcome = vector.IsTunnel
            ? new TunnelEncapsulator(firstIdentification: outer.Identification).TryEncapsulate(sender, original, packet, out written)
            : TransportEncapsulator.TryEncapsulate(sender, original, packet, out written);

        outcome.Should().Be(EspOutcome.Ok);
        Convert.ToHexStringLower(packet[..written]).Should().Be(vector.Packet);
    }

    [TestCaseSource(typeof(CbcEspVector), nameof(CbcEspVector.All))]
    public void Receiver_restores_the_original_packet(CbcEspVector vector)
    {
        var packet = Convert.FromHexString(vector.Packet);
        using var receiver = new EspInboundSa(Parameters(vector));
        var restored = new byte[packet.Length];
        Ipv4Header.TryRead(packet, out var outer, out _).Should().BeTrue();

        int written;
        var outcome = vector.IsTunnel
            ? TunnelDecapsulator.TryDecapsulate(receiver, outer, packet.AsSpan(OuterHeaderSize), restored, out written)
            : TransportEncapsulator.TryDecapsulate(receiver, packet, restored, out written);

        outcome.Should().Be(EspOutcome.Ok);
        Convert.ToHexStringLower(restored[..written]).Should().Be(vector.Original);
    }

    [TestCaseSource(typeof(CbcEspVector), nameof(CbcEspVector.All))]
    public void Observer_sees_the_published_plaintext(CbcEspVector vector)
    {
        var packet = Convert.FromHexString(vector.Packet).AsSpan(OuterHeaderSize);

        EspInspector.TryOpen(Parameters(vector), packet, out var inspection, out _).Should().BeTrue();

        byte[] opened = [.. inspection!.Payload.Span, .. inspection.Padding.Span, inspection.PadLength, inspection.NextHeader];
        Convert.ToHexStringLower(opened).Should().Be(vector.Plaintext);
        inspection.NextHeader.Should().Be((byte)(vector.IsTunnel ? IpProtocol.Ipip : IpProtocol.Icmp));
        inspection.SequenceNumber.Should().Be(vector.SequenceNumber);
        inspection.Icv.Length.Should().Be(0);
        inspection.IsIcvValid.Should().BeTrue();
    }

    private static EspSaParameters Parameters(CbcEspVector vector) => EspSaParameters.FromKeyMaterial(
        vector.Name,
        vector.Spi,
        Address(vector, 12),
        Address(vector, 16),
        EncryptionAlgorithm.Named("AES-CBC-128"),
        null,
        Convert.FromHexString(vector.Key),
        vector.IsTunnel ? SaMode.Tunnel : SaMode.Transport,
        SelectorPair.Any,
        confidentialityOnly: true);

    private static IPAddress Address(CbcEspVector vector, int offset) =>
        new(Convert.FromHexString(vector.Packet).AsSpan(offset, 4));

    private sealed class FixedIv(string hex) : IRandomSource
    {
        public void Fill(Span<byte> destination) => Convert.FromHexString(hex).CopyTo(destination);
    }
}
