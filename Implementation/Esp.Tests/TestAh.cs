// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp.Tests;

/// <summary>SAs and packets for AH, IPv6 and mixed families.</summary>
internal static class TestAh
{
    public const uint Spi = 0xC0FFEE51;

    public static readonly IPAddress West6 = IPAddress.Parse("2001:db8:51::1");
    public static readonly IPAddress East6 = IPAddress.Parse("2001:db8:51::2");

    public static readonly SelectorPair Networks6 = new(
        TrafficSelector.Subnet("2001:db8:1::/48"), TrafficSelector.Subnet("2001:db8:2::/48"));

    public static IEnumerable<AhSaParameters> AllParameters => IntegrityAlgorithm.All.Select(row => Parameters(row));

    public static AhSaParameters Sha256 => Parameters(IntegrityAlgorithm.Named("HMAC-SHA2-256-128"));

    public static AhSaParameters Parameters(
        IntegrityAlgorithm integrity, SaMode mode = SaMode.Transport, bool isIpv6 = false, uint spi = Spi)
    {
        var key = new byte[AhSaParameters.KeyMaterialLength(integrity)];
        new SeededRandomSource(51).Fill(key);
        return AhSaParameters.FromKeyMaterial(
            "net",
            spi,
            isIpv6 ? West6 : TestSa.West,
            isIpv6 ? East6 : TestSa.East,
            integrity,
            key,
            mode,
            SelectorPair.Any);
    }

    public static AhSaParameters AnyTraffic(this AhSaParameters parameters, IpVersion version) =>
        parameters with { Selectors = version == IpVersion.V4 ? SelectorPair.Any : SelectorPair.AnyIpv6 };

    /// <summary>An IPv6 packet between the two networks.</summary>
    public static byte[] Ipv6Packet(int payloadLength = 64, byte protocol = 17, byte[]? extensions = null, byte firstHeader = 17)
    {
        byte[] payload = [.. extensions ?? [], .. TestSa.Bytes(payloadLength)];
        var packet = new byte[Ipv6Header.Size + payload.Length];
        Ipv6Header.For(
            AddressNumber.Parse("2001:db8:1::10"),
            AddressNumber.Parse("2001:db8:2::20"),
            (IpProtocol)(extensions is null ? protocol : firstHeader),
            payload.Length).Write(packet);
        payload.CopyTo(packet, Ipv6Header.Size);
        return packet;
    }

    /// <summary>Protects a whole packet and demands that it works.</summary>
    public static byte[] Encapsulate(this IOutboundSa sa, ReadOnlySpan<byte> packet, TunnelOptions? options = null)
    {
        var destination = new byte[packet.Length + 600 + (options?.PadTo ?? 0)];
        var outcome = sa.TryEncapsulate(new TunnelEncapsulator(options ?? new TunnelOptions()), packet, destination, out var written);
        return outcome == EspOutcome.Ok ? destination[..written] : throw new InvalidOperationException($"{outcome}");
    }

    public static EspOutcome Decapsulate(
        this IInboundSa sa, ReadOnlySpan<byte> packet, out byte[] restored, TunnelOptions? options = null)
    {
        restored = [];
        if (!IpPacketHead.TryRead(packet, out var head, out _))
        {
            return EspOutcome.BadInnerPacket;
        }

        var destination = new byte[packet.Length];
        var outcome = sa.TryDecapsulate(new TunnelDecapsulator(options), head, packet, destination, out var written);
        restored = destination[..written];
        return outcome;
    }
}
