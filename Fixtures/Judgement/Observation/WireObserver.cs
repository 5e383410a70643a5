// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Esp;
using Ipsec.Wire.Ip;
using Ipsec.Wire.Isakmp;
using Cookie = Ipsec.Wire.Isakmp.Cookie;

namespace Ipsec.Fixtures.Judgement;

/// <summary>
/// The first witness: reads captured frames with nothing but the keys, as Wireshark would. Knows nothing of the state
/// machines on either side, so that it can contradict them.
/// </summary>
/// <param name="west">West's outer address.</param>
/// <param name="east">East's outer address.</param>
public sealed class WireObserver(IPAddress west, IPAddress east)
{
    private const int IkePort = 500;

    /// <summary>Reads a capture from its beginning.</summary>
    /// <param name="frames">The frames in the order of capture.</param>
    /// <param name="keys">The keys known by now.</param>
    /// <returns>One observation a frame.</returns>
    public IReadOnlyList<ObservedFrame> Observe(IEnumerable<RawFrame> frames, WireKeys keys)
    {
        var sas = new Dictionary<Cookie, IkeSaObserver>();
        var observed = new List<ObservedFrame>();
        foreach (var frame in frames)
        {
            observed.Add(Observe(observed.Count + 1, frame, keys, sas));
        }

        return observed;
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

        if (ip.Protocol == IpProtocol.Udp
            && UdpHeader.TryRead(body.Span, out var udp, out _)
            && (udp.SourcePort == IkePort || udp.DestinationPort == IkePort)
            && IsakmpHeader.TryRead(body.Span.Slice(UdpHeader.Size, udp.PayloadLength), out var header, out _))
        {
            return ObserveIke(number, frame, from, to, body.Slice(UdpHeader.Size, udp.PayloadLength), header, keys, sas);
        }

        return new ObservedOther(number, frame.Time, from, to, bytes, frame.Step, $"{ip.Protocol}, {ip.PayloadLength} bytes");
    }

    private static ObservedEsp ObserveEsp(
        int number, RawFrame frame, string from, string to, Ipv4Header ip, ReadOnlyMemory<byte> packet, EspHeader header, WireKeys keys)
    {
        var sa = keys.Esp.FirstOrDefault(candidate => candidate.Spi == header.Spi && candidate.Destination.Equals(ip.Destination));
        EspInspection? inspection = null;
        if (sa is not null)
        {
            EspInspector.TryOpen(sa, packet.Span, out inspection, out _);
        }

        return new(number, frame.Time, from, to, frame.Bytes, frame.Step, ip, packet, header, sa, inspection);
    }

    private static ObservedIke ObserveIke(
        int number,
        RawFrame frame,
        string from,
        string to,
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

        var reading = sa.Read(header, datagram);
        return new(
            number, frame.Time, from, to, frame.Bytes, frame.Step, datagram, header, reading.Message, reading.Ordinal, reading.IsRepeat, reading.Problem, reading.Padding);
    }

    private string NameOf(IPAddress address) =>
        address.Equals(west) ? "west" : address.Equals(east) ? "east" : address.ToString();
}
