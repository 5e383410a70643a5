// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Collections.Concurrent;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Rig.Target;

/// <summary>
/// The IKE SAs and SPIs of scenarios that have ended. All scenarios come from one address, and the device may still speak under those when the
/// next one has begun: such packets are not the next one's.
/// </summary>
internal sealed class EarlierScenarios
{
    private const int CookieSize = sizeof(ulong);
    private const int SpiSize = sizeof(uint);
    private const int IkePort = 500;
    private const int NatTraversalPort = 4500;
    private const int AhSpiOffset = 4;

    private readonly ConcurrentDictionary<ulong, byte> _cookies = new();
    private readonly ConcurrentDictionary<uint, byte> _spis = new();

    /// <summary>Notes what a scenario had.</summary>
    /// <param name="initiatorCookies">The initiators' cookies of its IKE SAs.</param>
    /// <param name="spis">The SPIs of its IPsec SAs, of both directions.</param>
    public void Add(IEnumerable<ulong> initiatorCookies, IEnumerable<uint> spis)
    {
        foreach (var cookie in initiatorCookies)
        {
            _cookies.TryAdd(cookie, 0);
        }

        foreach (var spi in spis)
        {
            _spis.TryAdd(spi, 0);
        }
    }

    public bool HasCookie(ulong cookie) => _cookies.ContainsKey(cookie);

    public bool HasSpi(uint spi) => _spis.ContainsKey(spi);

    /// <summary>Whether an IPv4 packet is an earlier scenario's. Tolerates any bytes.</summary>
    public bool Have(ReadOnlySpan<byte> packet)
    {
        if (!Ipv4Header.TryRead(packet, out var ip, out _) || packet.Length < ip.HeaderLength)
        {
            return false;
        }

        var body = packet[ip.HeaderLength..];
        return ip.Protocol switch
        {
            IpProtocol.Esp => HaveSpi(body),
            IpProtocol.Ah => body.Length > AhSpiOffset && HaveSpi(body[AhSpiOffset..]),
            IpProtocol.Udp => UdpHeader.TryRead(body, out var udp, out _) && HaveDatagram(udp.SourcePort, udp.DestinationPort, body[UdpHeader.Size..]),
            _ => false,
        };
    }

    /// <summary>Whether a datagram is an earlier scenario's.</summary>
    public bool HaveDatagram(int sourcePort, int destinationPort, ReadOnlySpan<byte> payload)
    {
        if (sourcePort != NatTraversalPort && destinationPort != NatTraversalPort)
        {
            return (sourcePort == IkePort || destinationPort == IkePort) && HaveIke(payload);
        }

        // Four zero octets tell IKE from ESP (RFC 3948 section 2.2).
        return payload.Length >= SpiSize && BinaryPrimitives.ReadUInt32BigEndian(payload) == 0 ? HaveIke(payload[SpiSize..]) : HaveSpi(payload);
    }

    private bool HaveIke(ReadOnlySpan<byte> message) => message.Length >= CookieSize && HasCookie(BinaryPrimitives.ReadUInt64BigEndian(message));

    private bool HaveSpi(ReadOnlySpan<byte> packet) => packet.Length >= SpiSize && HasSpi(BinaryPrimitives.ReadUInt32BigEndian(packet));
}
