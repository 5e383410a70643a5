// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.Nat;

/// <summary>
/// An ICMP error (RFC 792): it quotes the packet it is about, and both headers must be translated, or the host cannot tell which of its
/// packets is meant (RFC 4787 section 8 leans on RFC 5508 for it).
/// </summary>
internal static class NatIcmpError
{
    private const byte DestinationUnreachable = 3;
    private const byte TimeExceeded = 11;
    private const byte ParameterProblem = 12;
    private const int ChecksumOffset = 2;
    private const int QuoteOffset = 8;
    private const int TotalLengthOffset = 2;
    private const int HeaderChecksumOffset = 10;

    /// <summary>Whether a packet is one.</summary>
    /// <param name="header">The IPv4 header.</param>
    /// <param name="packet">The packet.</param>
    /// <returns>True for an ICMP error that is no fragment.</returns>
    public static bool Is(in Ipv4Header header, ReadOnlySpan<byte> packet) =>
        header.Protocol == IpProtocol.Icmp
        && !header.IsFragment
        && header.PayloadLength > QuoteOffset
        && packet[header.HeaderLength] is DestinationUnreachable or TimeExceeded or ParameterProblem;

    /// <summary>Reads the flow of the quoted packet.</summary>
    /// <param name="header">The IPv4 header of the error.</param>
    /// <param name="packet">The error.</param>
    /// <param name="flow">The flow as the quoted packet has it.</param>
    /// <returns>Translated when it can be read.</returns>
    public static NatVerdict TryReadQuote(in Ipv4Header header, ReadOnlySpan<byte> packet, out NatFlow flow)
    {
        flow = default;
        var message = packet[header.HeaderLength..header.TotalLength];
        if (InternetChecksum.Compute(message) != 0)
        {
            return NatVerdict.Malformed;
        }

        // The quote is cut short, so its declared length says nothing: a copy that declares what there is, is read instead.
        var quote = message[QuoteOffset..].ToArray();
        if (quote.Length < Ipv4Header.MinSize)
        {
            return NatVerdict.Malformed;
        }

        var headerLength = Math.Min((quote[0] & 0x0F) * sizeof(uint), quote.Length);
        BinaryPrimitives.WriteUInt16BigEndian(quote.AsSpan(TotalLengthOffset), (ushort)quote.Length);
        BinaryPrimitives.WriteUInt16BigEndian(quote.AsSpan(HeaderChecksumOffset), 0);
        BinaryPrimitives.WriteUInt16BigEndian(quote.AsSpan(HeaderChecksumOffset), InternetChecksum.Compute(quote.AsSpan(0, headerLength)));
        return Ipv4Header.TryRead(quote, out var quoted, out _)
            ? NatFlow.TryRead(quoted, quote.AsSpan(quoted.HeaderLength), out flow)
            : NatVerdict.Malformed;
    }

    /// <summary>The quoted packet, to be rewritten.</summary>
    /// <param name="header">The IPv4 header of the error.</param>
    /// <param name="packet">The error.</param>
    /// <returns>The part of the packet behind the ICMP header.</returns>
    public static Span<byte> Quote(in Ipv4Header header, Span<byte> packet) =>
        packet[(header.HeaderLength + QuoteOffset)..header.TotalLength];

    /// <summary>Makes the ICMP checksum right again.</summary>
    /// <param name="header">The IPv4 header of the error.</param>
    /// <param name="packet">The error, with its quote rewritten.</param>
    public static void Seal(in Ipv4Header header, Span<byte> packet)
    {
        var message = packet[header.HeaderLength..header.TotalLength];
        BinaryPrimitives.WriteUInt16BigEndian(message[ChecksumOffset..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(message[ChecksumOffset..], InternetChecksum.Compute(message));
    }
}
