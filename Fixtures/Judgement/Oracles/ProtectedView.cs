// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Esp;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Judgement;

/// <summary>An ESP or AH packet as the section oracle looks at it: the IP packet's octets, and what they are.</summary>
internal abstract class ProtectedView(ReadOnlyMemory<byte> frame, Ipv4Header outer)
{
    private const int Trailing = 2;

    /// <summary>Octets of the IPv4 header that may change on the way: DSCP and ECN, flags and fragment offset, TTL, checksum (RFC 4302 section 3.3.3.1.1.1).</summary>
    private static readonly int[] Mutable = [1, 6, 7, 8, 10, 11];

    /// <summary>A section's place, and what it holds when it is decrypted; empty of a section that is never encrypted.</summary>
    public sealed record Part(int Start, int Length, ReadOnlyMemory<byte> Plain = default);

    /// <summary>The packet from the IP header on.</summary>
    public byte[] Packet { get; } = frame.Slice(EthernetHeader.Size, outer.TotalLength).ToArray();

    public IPAddress Source => outer.Source;

    public IPAddress Destination => outer.Destination;

    /// <summary>What the IP header says that follows.</summary>
    public IpProtocol Protocol => outer.Protocol;

    public abstract int NextHeader { get; }

    public abstract int PayloadLength { get; }

    protected int HeaderLength => outer.HeaderLength;

    /// <summary>The view of a frame.</summary>
    /// <returns>Null when it does not open.</returns>
    public static ProtectedView? Of(ObservedFrame frame) => frame switch
    {
        ObservedEsp { Inspection: { IsIcvValid: true } opened, Sa: { } sa } esp => new EspView(esp, opened, sa),
        ObservedAh { Inspection: { IsIcvValid: true } read, Sa: { } sa } ah => new AhView(ah, read, sa),
        _ => null,
    };

    /// <summary>A section by its name in the tables.</summary>
    /// <exception cref="ArgumentException">There is none of that name: the scenario is wrong.</exception>
    public Part Section(string name) => name == "IP header"
        ? new(0, outer.HeaderLength)
        : Find(name) ?? throw new ArgumentException($"\"{name}\" is not a section of such a packet", nameof(name));

    /// <summary>Whether the ICV still fits when an octet of the packet has changed.</summary>
    public bool FitsAfterChange(int at)
    {
        byte[] changed = [.. Packet];
        changed[at] ^= MaskOf(at);
        if (at > 0 && at < HeaderLength)
        {
            IpPacketHead.WriteIpv4Checksum(changed);
        }

        return Fits(changed);
    }

    /// <summary>Whether an octet belongs to a field that may change on the way.</summary>
    public static bool IsMutable(int at) => Mutable.Contains(at);

    // Of flags and fragment offset DF alone: a fragment would not be looked at any more. The checksum changes with any other octet of the header.
    private static byte MaskOf(int at) => at switch
    {
        6 => 0x40,
        7 or 10 or 11 => 0,
        _ => 0x04,
    };

    protected abstract Part? Find(string name);

    protected abstract bool Fits(byte[] packet);

    private sealed class EspView(ObservedEsp frame, EspInspection opened, EspSaParameters sa) : ProtectedView(frame.Bytes, frame.Outer)
    {
        // Between the IP header and ESP there may be a UDP header (RFC 3948 section 2.1).
        private readonly int _esp = frame.Outer.HeaderLength + (frame.Udp is null ? 0 : UdpHeader.Size);

        public override int NextHeader => opened.NextHeader;

        public override int PayloadLength => opened.Payload.Length;

        protected override Part? Find(string name)
        {
            var text = _esp + EspHeader.Size + opened.Iv.Length;
            var trailer = text + opened.Payload.Length;
            var trailerLength = opened.Padding.Length + Trailing;
            return name switch
            {
                "UDP header" => new(HeaderLength, _esp - HeaderLength),
                "ESP header" => new(_esp, EspHeader.Size),
                "IV" => new(_esp + EspHeader.Size, opened.Iv.Length),
                "payload" => new(text, opened.Payload.Length, opened.Payload),
                "ESP trailer" => new(trailer, trailerLength, (byte[])[.. opened.Padding.Span, opened.PadLength, opened.NextHeader]),
                "ICV" => new(trailer + trailerLength, opened.Icv.Length),
                _ => null,
            };
        }

        protected override bool Fits(byte[] packet) => EspInspector.TryOpen(sa, packet.AsSpan(_esp), out var changed, out _) && changed.IsIcvValid;
    }

    private sealed class AhView(ObservedAh frame, AhInspection read, AhSaParameters sa) : ProtectedView(frame.Bytes, frame.Outer)
    {
        public override int NextHeader => (int)read.Header.NextHeader;

        public override int PayloadLength => read.Payload.Length;

        protected override Part? Find(string name)
        {
            var icv = HeaderLength + AhHeader.FixedSize + read.Iv.Length;
            return name switch
            {
                "AH header" => new(HeaderLength, AhHeader.FixedSize),
                "ICV" => new(icv, read.Icv.Length),
                "ICV padding" => new(icv + read.Icv.Length, read.Padding.Length),
                "payload" => new(HeaderLength + read.Header.Length, read.Payload.Length, read.Payload),
                _ => null,
            };
        }

        // A change that makes the packet unreadable is one that the receiver notices as well.
        protected override bool Fits(byte[] packet) => AhInspector.TryOpen(sa, packet, out var changed, out _) && changed.IsIcvValid;
    }
}
