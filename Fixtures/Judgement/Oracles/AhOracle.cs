// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges AH frames (RFC 4302).</summary>
public static class AhOracle
{
    private const int Word = 4;
    private const uint FirstUsableSpi = 256;
    private const string AhFrames = "AH frames";

    /// <summary>Everything on the wire is AH between the gateways, each way with the SPI of an SA.</summary>
    /// <param name="frames">The frames.</param>
    /// <returns>The first other frame; null when there is none.</returns>
    public static Finding? OnlyAhBetweenGateways(IReadOnlyList<ObservedFrame> frames) =>
        frames.FirstOrDefault(frame => frame is not ObservedAh { Sa: not null, From: "west" or "east", To: "west" or "east" }) is { } other
            ? new("AH between the gateways and nothing else", $"frame {other.Number} from {other.From} to {other.To}: {EspOracle.Text(other)}")
            : frames.Count == 0 ? Finding.Nothing(AhFrames) : null;

    /// <summary>The fields of the header: the length in words less two, no padding that is not needed, reserved zero, an SPI that may be used, the right ICV.</summary>
    /// <param name="frames">Frames of one sender.</param>
    /// <returns>Null when they are right.</returns>
    public static Finding? Header(IReadOnlyList<ObservedAh> frames)
    {
        foreach (var frame in frames)
        {
            if (frame is not { Sa: { } sa, Inspection: { } read })
            {
                return new("a frame that the negotiated SA reads", $"frame {frame.Number}: {EspOracle.Text(frame)}");
            }

            var size = (AhHeader.FixedSize + read.Iv.Length + sa.IcvSize + Word - 1) / Word * Word;
            var wrong = frame.Header switch
            {
                { Reserved: not 0 } => ("reserved 0", $"reserved {frame.Header.Reserved}"),
                { Spi: < FirstUsableSpi } => ("an SPI above 255", $"SPI {frame.Header.Spi}"),
                _ when frame.Header.Length != size => ($"{size} octets, a payload length of {(size / Word) - 2}", $"{frame.Header.Length} octets"),
                _ when !read.IsIcvValid => ("the right ICV", "the ICV is wrong"),
                _ => default,
            };
            if (wrong.Item1 is not null)
            {
                return new(wrong.Item1, $"frame {frame.Number}: {wrong.Item2}");
            }
        }

        return frames.Count == 0 ? Finding.Nothing(AhFrames) : null;
    }

    /// <summary>Sequence numbers of an SA, in the order of capture.</summary>
    /// <param name="frames">Frames of one sender.</param>
    /// <param name="expected">The numbers.</param>
    /// <returns>Null when they are as expected.</returns>
    public static Finding? SequenceNumbers(IEnumerable<ObservedAh> frames, IReadOnlyList<uint> expected)
    {
        var seen = frames.Select(frame => frame.Header.SequenceNumber).ToArray();
        return seen.SequenceEqual(expected) ? null : new($"sequence numbers {string.Join(", ", expected)}", string.Join(", ", seen));
    }

    /// <summary>Frames carry an ICMP echo between two hosts: in tunnel mode within an IPv4 packet of theirs, in transport mode behind the hosts' own IP header.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="mode">The mode.</param>
    /// <param name="hosts">The two hosts.</param>
    /// <returns>Null when all do.</returns>
    public static Finding? CarryEchoBetween(IReadOnlyList<ObservedAh> frames, SaMode mode, (IPAddress A, IPAddress B) hosts)
    {
        foreach (var frame in frames)
        {
            if (frame is not { Inspection: { IsIcvValid: true } read, Echo: not null } || !EchoCarriage.Fits(mode, read.Header.NextHeader, read.Payload.Span, frame.Outer, hosts))
            {
                return new(EchoCarriage.Legal(mode, hosts, "AH"), $"frame {frame.Number}: {EspOracle.Text(frame)}, next header {(byte)frame.Header.NextHeader}");
            }
        }

        return frames.Count == 0 ? Finding.Nothing(AhFrames) : null;
    }
}
