// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Esp;
using Ipsec.Wire.Ip;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using Cookie = Ipsec.Wire.Isakmp.Cookie;

namespace Ipsec.Fixtures.Judgement;

/// <summary>
/// The first witness: reads captured frames with nothing but the keys, as Wireshark would. Knows nothing of the state
/// machines on either side, so that it can contradict them.
/// </summary>
/// <param name="names">Who has which outer address; a side behind NAT has several.</param>
public sealed class WireObserver(IReadOnlyDictionary<IPAddress, string> names)
{
    private const int IkePort = 500;
    private const int NatTraversalPort = 4500;

    /// <summary>What stands before an IKE message on port 4500, where ESP has its SPI (RFC 3948 section 2.2).</summary>
    private static readonly byte[] NonEspMarker = [0, 0, 0, 0];

    /// <summary>RFC 3948 section 2.3.</summary>
    private static readonly byte[] Keepalive = [0xff];

    /// <summary>An observer of two sides with an address each.</summary>
    /// <param name="west">West's outer address.</param>
    /// <param name="east">East's outer address.</param>
    public WireObserver(IPAddress west, IPAddress east)
        : this(new Dictionary<IPAddress, string> { [west] = "west", [east] = "east" })
    {
    }

    /// <summary>Reads a capture from its beginning.</summary>
    /// <param name="frames">The frames in the order of capture.</param>
    /// <param name="keys">The keys known by now.</param>
    /// <returns>One observation a frame.</returns>
    public IReadOnlyList<ObservedFrame> Observe(IEnumerable<RawFrame> frames, WireKeys keys)
    {
        var sas = new Dictionary<Cookie, IkeSaObserver>();
        var pieces = new IpPieces();
        var observed = new List<ObservedFrame>();
        foreach (var frame in frames)
        {
            observed.Add(pieces.TryComplete(frame, out var whole)
                ? Observe(observed.Count + 1, whole, keys, sas)
                : Piece(observed.Count + 1, frame));
        }

        return observed;
    }

    private ObservedOther Piece(int number, RawFrame frame)
    {
        _ = Ipv4Header.TryRead(frame.Bytes.Span[EthernetHeader.Size..], out var ip, out _);
        return new(
            number, frame.Time, NameOf(ip.Source), NameOf(ip.Destination), frame.Bytes, frame.Step, $"piece of a packet of protocol {(byte)ip.Protocol}, from octet {ip.FragmentOffset} on");
    }

    private ObservedFrame Observe(int number, RawFrame frame, WireKeys keys, Dictionary<Cookie, IkeSaObserver> sas)
    {
        var bytes = frame.Bytes;
        if (!EthernetHeader.TryRead(bytes.Span, out var ethernet, out _)
            || ethernet.EtherType != EtherType.Ipv4
            || !Ipv4Header.TryRead(bytes.Span[EthernetHeader.Size..], out var ip, out _))
        {
            return new ObservedOther(number, frame.Time, "?", "?", bytes, frame.Step, "not an IPv4 frame");
        }

        var body = bytes.Slice(EthernetHeader.Size + ip.HeaderLength, ip.PayloadLength);
        var (from, to) = (NameOf(ip.Source), NameOf(ip.Destination));
        if (ip.Protocol == IpProtocol.Esp && EspHeader.TryRead(body.Span, out var esp, out _))
        {
            return ObserveEsp(number, frame, from, to, ip, body, esp, keys);
        }

        if (ip.Protocol == IpProtocol.Ah && AhHeader.TryRead(body.Span, out var ah, out _))
        {
            return ObserveAh(number, frame, from, to, ip, ah, keys);
        }

        if (ip.Protocol == IpProtocol.Udp && UdpHeader.TryRead(body.Span, out var udp, out _))
        {
            return ObserveUdp(number, frame, from, to, ip, udp, body.Slice(UdpHeader.Size, udp.PayloadLength), keys, sas);
        }

        return new ObservedOther(number, frame.Time, from, to, bytes, frame.Step, $"{ip.Protocol}, {ip.PayloadLength} bytes");
    }

    private static ObservedFrame ObserveUdp(
        int number,
        RawFrame frame,
        string from,
        string to,
        Ipv4Header ip,
        UdpHeader udp,
        ReadOnlyMemory<byte> payload,
        WireKeys keys,
        Dictionary<Cookie, IkeSaObserver> sas)
    {
        if (IsOn(udp, NatTraversalPort))
        {
            if (payload.Span.SequenceEqual(Keepalive))
            {
                return new ObservedOther(number, frame.Time, from, to, frame.Bytes, frame.Step, "NAT keepalive");
            }

            if (payload.Span.StartsWith(NonEspMarker))
            {
                payload = payload[NonEspMarker.Length..];
            }
            else if (EspHeader.TryRead(payload.Span, out var esp, out _))
            {
                return ObserveEsp(number, frame, from, to, ip, payload, esp, keys) with { Udp = udp };
            }
        }

        return IsOn(udp, NatTraversalPort) || IsOn(udp, IkePort) ? ObserveIke() : Other();

        ObservedFrame ObserveIke() => IsakmpHeader.TryRead(payload.Span, out var header, out _)
            ? WireObserver.ObserveIke(number, frame, from, to, udp, payload, header, keys, sas)
            : Other();

        ObservedOther Other() => new(
            number, frame.Time, from, to, frame.Bytes, frame.Step, $"UDP from port {udp.SourcePort} to port {udp.DestinationPort}, {udp.PayloadLength} bytes");
    }

    private static bool IsOn(UdpHeader udp, int port) => udp.SourcePort == port || udp.DestinationPort == port;

    private static ObservedEsp ObserveEsp(
        int number, RawFrame frame, string from, string to, Ipv4Header ip, ReadOnlyMemory<byte> packet, EspHeader header, WireKeys keys)
    {
        // Behind NAT the SA's address is not the one on the wire; the SPI alone tells then.
        var sa = keys.Esp.FirstOrDefault(candidate => candidate.Spi == header.Spi && candidate.Destination.Equals(ip.Destination))
            ?? keys.Esp.FirstOrDefault(candidate => candidate.Spi == header.Spi);
        EspInspection? inspection = null;
        if (sa is not null)
        {
            // Of an extended sequence number the packet shows the low half; traffic that wrapped it once is all that is ever looked at.
            EspInspector.TryOpen(sa, packet.Span, out inspection, out _);
            if (sa.ExtendedSequenceNumbers && inspection is not { IsIcvValid: true } && EspInspector.TryOpen(sa, packet.Span, out var wrapped, out _, 1))
            {
                inspection = wrapped;
            }
        }

        return new(number, frame.Time, from, to, frame.Bytes, frame.Step, ip, packet, header, sa, inspection);
    }

    /// <summary>The ICV covers the IP header too, so the whole packet is looked at.</summary>
    private static ObservedAh ObserveAh(int number, RawFrame frame, string from, string to, Ipv4Header ip, AhHeader header, WireKeys keys)
    {
        var sa = keys.Ah.FirstOrDefault(candidate => candidate.Spi == header.Spi && candidate.Destination.Equals(ip.Destination));
        AhInspection? inspection = null;
        if (sa is not null)
        {
            AhInspector.TryOpen(sa, frame.Bytes.Span.Slice(EthernetHeader.Size, ip.TotalLength), out inspection, out _);
        }

        var esp = inspection is { Header.NextHeader: IpProtocol.Esp, Payload: var payload } && EspHeader.TryRead(payload.Span, out var inner, out _)
            ? ObserveEsp(number, frame, from, to, ip, payload, inner, keys)
            : null;
        return new(number, frame.Time, from, to, frame.Bytes, frame.Step, ip, header, sa, inspection) { Nested = esp };
    }

    private static ObservedFrame ObserveIke(
        int number,
        RawFrame frame,
        string from,
        string to,
        UdpHeader udp,
        ReadOnlyMemory<byte> datagram,
        IsakmpHeader header,
        WireKeys keys,
        Dictionary<Cookie, IkeSaObserver> sas)
    {
        if (!sas.TryGetValue(header.InitiatorCookie, out var sa))
        {
            sa = new IkeSaObserver();
            sas.Add(header.InitiatorCookie, sa);
        }

        if (keys.Ike.TryGetValue(header.InitiatorCookie, out var key))
        {
            sa.EncryptionKey = key;
        }

        var pieces = 1;
        var hasMarker = udp.PayloadLength > datagram.Length;
        if (!header.IsEncrypted
            && header.NextPayload == PayloadType.Fragment
            && IsakmpMessage.TryReadClear(datagram, out var carrier, out _)
            && carrier.Find<FragmentPayload>() is { } piece)
        {
            if (!sa.Fragments.TryComplete(from, piece, out var whole, out pieces) || !IsakmpHeader.TryRead(whole, out var wholeHeader, out _))
            {
                return new ObservedFragment(number, frame.Time, from, to, frame.Bytes, frame.Step, header, piece);
            }

            (datagram, header) = (whole, wholeHeader);
        }

        var reading = sa.Read(from, header, datagram);
        return new ObservedIke(
            number, frame.Time, from, to, frame.Bytes, frame.Step, udp, datagram, header, reading.Message, reading.Ordinal, reading.IsRepeat, reading.Problem, reading.Padding)
        {
            Pieces = pieces,
            HasNonEspMarker = hasMarker,
        };
    }

    private string NameOf(IPAddress address) => names.TryGetValue(address, out var name) ? name : address.ToString();
}
