// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Holds ESP frames against the table of their sections, octet for octet (RFC 4303 sections 2 and 3.1.2).</summary>
public static class LayoutOracle
{
    /// <summary>One row: a section and its size.</summary>
    /// <param name="Section">Name as the table says it.</param>
    /// <param name="Bytes">A sum of sizes ("6 + 6 + 2"), "as sent", or "to N": fills up to a multiple of N.</param>
    public sealed record Row(string Section, string Bytes);

    private const string AsSent = "as sent";
    private const string FillTo = "to ";
    private const byte NextHeaderIpv4 = 4;
    private const int SmallestTrailer = 2;

    /// <summary>Compares one frame with the table.</summary>
    /// <param name="rows">The table, in the order of the octets.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="gateways">Outer source and destination.</param>
    /// <returns>The first section that differs; null when none does.</returns>
    public static Finding? Check(IReadOnlyList<Row> rows, ObservedEsp frame, (IPAddress Source, IPAddress Destination) gateways)
    {
        if (frame.Inspection is not { IsIcvValid: true } opened)
        {
            return EspOracle.NotOpened(frame);
        }

        var inner = opened.Payload.Length;
        var total = 0;
        foreach (var row in rows)
        {
            var size = row.Bytes switch
            {
                AsSent => inner,
                _ when row.Bytes.StartsWith(FillTo, StringComparison.Ordinal) => Trailer(inner, Number(row.Bytes[FillTo.Length..])),
                var sum => sum.Split('+').Sum(Number),
            };
            var (start, came, problem) = Actual(row.Section, frame, gateways);
            if (start != total || came != size || problem is not null)
            {
                problem ??= start != total ? $"it begins at octet {start}" : $"{came} octets";
                return new($"{row.Section}: {size} octets from octet {total} on", $"frame {frame.Number}: {problem}");
            }

            total += size;
        }

        return total == frame.Bytes.Length
            ? null
            : new($"sections that add up to the frame's {frame.Bytes.Length} octets", $"frame {frame.Number}: the table adds up to {total}");
    }

    /// <summary>Padding, pad length and next header: at least two octets, and the ciphertext a multiple of the alignment (RFC 4303 section 2.4).</summary>
    private static int Trailer(int inner, int alignment) => ((inner + SmallestTrailer + alignment - 1) / alignment * alignment) - inner;

    private static int Number(string text) => int.Parse(text.Trim(), CultureInfo.InvariantCulture);

    private static (int Start, int Size, string? Problem) Actual(string section, ObservedEsp frame, (IPAddress Source, IPAddress Destination) gateways)
    {
        var opened = frame.Inspection!;
        var esp = EthernetHeader.Size + frame.Outer.HeaderLength;
        var ciphertext = esp + EspHeader.Size + opened.Iv.Length;
        return section.Split(':')[0] switch
        {
            "Ethernet header" => (0, EthernetHeader.Size, EthernetHeader.TryRead(frame.Bytes.Span, out var ethernet, out _) && ethernet.EtherType == EtherType.Ipv4
                ? null
                : "the EtherType is not IPv4"),
            "outer IP header" => (EthernetHeader.Size, frame.Outer.HeaderLength, OuterProblem(frame.Outer, gateways)),
            "ESP header" => (esp, EspHeader.Size, frame.Sa!.Spi == frame.Header.Spi ? null : "another SPI"),
            "IV" => (esp + EspHeader.Size, opened.Iv.Length, frame.Packet.Span.Slice(EspHeader.Size, opened.Iv.Length).SequenceEqual(opened.Iv.Span) ? null : "the IV is not behind the ESP header"),
            "encrypted" => (ciphertext, opened.Payload.Length, InnerProblem(frame)),
            "encrypted ESP trailer" => (ciphertext + opened.Payload.Length, opened.Padding.Length + SmallestTrailer, opened.NextHeader == NextHeaderIpv4 ? null : $"next header {opened.NextHeader}"),
            "integrity check value" => (esp + frame.Packet.Length - opened.Icv.Length, opened.Icv.Length, frame.Packet.Span[^opened.Icv.Length..].SequenceEqual(opened.Icv.Span) ? null : "the ICV is not at the end"),
            var unknown => throw new ArgumentException($"\"{unknown}\" is not a section of an ESP frame", nameof(section)),
        };
    }

    private static string? OuterProblem(in Ipv4Header outer, (IPAddress Source, IPAddress Destination) gateways) =>
        outer.Protocol == IpProtocol.Esp && outer.Source.Equals(gateways.Source) && outer.Destination.Equals(gateways.Destination)
            ? null
            : $"protocol {(byte)outer.Protocol} from {outer.Source} to {outer.Destination}";

    private static string? InnerProblem(ObservedEsp frame)
    {
        var payload = frame.Inspection!.Payload.Span;
        if (!Ipv4Header.TryRead(payload, out var inner, out var error))
        {
            return $"no IPv4 packet: {error}";
        }

        return inner.TotalLength == payload.Length ? null : $"an inner packet of {inner.TotalLength} octets in {payload.Length}";
    }
}
