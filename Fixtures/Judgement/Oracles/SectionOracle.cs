// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Ipsec.Fixtures.Judgement;

/// <summary>
/// Holds ESP and AH packets against a table of their sections, octet for octet: where each begins and ends, whether encryption hides it,
/// and whether the ICV covers it (RFC 4303 sections 2 and 3.1; RFC 4302 sections 2 and 3.1). What the ICV covers is found out by changing
/// each octet of the captured packet in turn: the ICV must then no longer fit, or still fit.
/// </summary>
public static partial class SectionOracle
{
    /// <summary>One row of the table.</summary>
    /// <param name="Section">Its name, and after a colon what it holds: "IP header: from gateway to gateway, protocol 50".</param>
    /// <param name="Bytes">A sum of sizes ("4 + 4"), "as sent", or "to N": fills up to a multiple of N.</param>
    /// <param name="IsEncrypted">Whether encryption hides it.</param>
    /// <param name="Coverage">What of it the ICV covers.</param>
    public sealed record Row(string Section, string Bytes, bool IsEncrypted, IcvCoverage Coverage);

    /// <summary>Octets from which on it cannot be chance that ciphertext equals plaintext.</summary>
    private const int BeyondChance = 8;

    private const string AsSent = "as sent";
    private const string FillTo = "to ";
    private const int SmallestTrailer = 2;

    /// <summary>Compares one frame with the table.</summary>
    /// <param name="rows">The table, in the order of the octets. Sizes of zero stand for sections that an algorithm does without.</param>
    /// <param name="frame">An ESP or AH frame.</param>
    /// <param name="ends">Source and destination that the IP header must have.</param>
    /// <returns>The first section that differs; null when none does.</returns>
    public static Finding? Check(IReadOnlyList<Row> rows, ObservedFrame frame, (IPAddress Source, IPAddress Destination) ends)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (ProtectedView.Of(frame) is not { } view)
        {
            return new("a frame that opens with the negotiated keys", $"frame {frame.Number}: {EspOracle.Text(frame)}");
        }

        if (!view.Source.Equals(ends.Source) || !view.Destination.Equals(ends.Destination))
        {
            return new($"an IP header from {ends.Source} to {ends.Destination}", $"frame {frame.Number} from {view.Source} to {view.Destination}");
        }

        var total = 0;
        foreach (var row in rows)
        {
            var size = SizeOf(row, view);
            var section = view.Section(row.Section.Split(':')[0]);
            var problem = (section.Start, section.Length) != (total, size) && (size, section.Length) != (0, 0)
                ? $"{section.Length} octets from octet {section.Start} on"
                : Problem(row, view, section);
            if (problem is not null)
            {
                return new($"{row.Section}: {size} octets from octet {total} of the IP packet on{Protection(row)}", $"frame {frame.Number}: {problem}");
            }

            total += size;
        }

        return total == view.Packet.Length
            ? null
            : new($"sections that add up to the packet's {view.Packet.Length} octets", $"frame {frame.Number}: the table adds up to {total}");
    }

    private static int SizeOf(Row row, ProtectedView view) => row.Bytes switch
    {
        AsSent => view.PayloadLength,
        _ when row.Bytes.StartsWith(FillTo, StringComparison.Ordinal) => Trailer(view.PayloadLength, Number(row.Bytes[FillTo.Length..])),
        var sum => sum.Split('+').Sum(Number),
    };

    /// <summary>Padding, pad length and next header: at least two octets, and payload and trailer a multiple of the alignment (RFC 4303 section 2.4).</summary>
    private static int Trailer(int payload, int alignment) => ((payload + SmallestTrailer + alignment - 1) / alignment * alignment) - payload;

    private static string? Problem(Row row, ProtectedView view, ProtectedView.Part section)
    {
        if (NextHeader().Match(row.Section) is { Success: true } next && Number(next.Groups[1].Value) != view.NextHeader)
        {
            return $"next header {view.NextHeader}";
        }

        if (Protocol().Match(row.Section) is { Success: true } protocol && Number(protocol.Groups[1].Value) != (int)view.Protocol)
        {
            return $"protocol {(int)view.Protocol}";
        }

        return section.Length == 0 ? null : Hiding(row, view, section) ?? Covering(row, view, section);
    }

    private static string? Hiding(Row row, ProtectedView view, ProtectedView.Part section)
    {
        if (section.Plain.IsEmpty)
        {
            return row.IsEncrypted ? "it stands outside of what is encrypted" : null;
        }

        var isAsItIs = view.Packet.AsSpan(section.Start, section.Length).SequenceEqual(section.Plain.Span);
        return (row.IsEncrypted, isAsItIs) switch
        {
            (true, true) when section.Length >= BeyondChance => "it stands there in clear",
            (false, false) => "it does not stand there in clear",
            _ => null,
        };
    }

    private static string? Covering(Row row, ProtectedView view, ProtectedView.Part section)
    {
        if (row.Coverage == IcvCoverage.Itself)
        {
            return null;
        }

        for (var at = section.Start; at < section.Start + section.Length; at++)
        {
            var isCovered = row.Coverage == IcvCoverage.Whole || (row.Coverage == IcvCoverage.ImmutableFields && !ProtectedView.IsMutable(at));
            if (view.FitsAfterChange(at) == isCovered)
            {
                return $"the ICV {(isCovered ? "does not cover" : "covers")} octet {at}";
            }
        }

        return null;
    }

    private static string Protection(Row row) =>
        $", {(row.IsEncrypted ? "encrypted" : "not encrypted")}, {(row.Coverage == IcvCoverage.None ? "not covered by the ICV" : $"ICV: {row.Coverage}")}";

    private static int Number(string text) => int.Parse(text.Trim(), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\bnext header (\d+)")]
    private static partial Regex NextHeader();

    [GeneratedRegex(@"\bprotocol (\d+)")]
    private static partial Regex Protocol();
}
