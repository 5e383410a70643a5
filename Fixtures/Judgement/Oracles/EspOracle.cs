// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Numerics;
using Ipsec.Esp;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges ESP frames (RFC 4303).</summary>
public static class EspOracle
{
    private const byte NextHeaderIpv4 = 4;
    private const string EspFrames = "ESP frames";

    /// <summary>Everything on the wire is ESP between the gateways, each way with the SPI of an SA.</summary>
    /// <param name="frames">The frames.</param>
    /// <returns>The first other frame; null when there is none.</returns>
    public static Finding? OnlyEspBetweenGateways(IReadOnlyList<ObservedFrame> frames) =>
        frames.FirstOrDefault(f => f is not ObservedEsp { Sa: not null, From: "west" or "east", To: "west" or "east" }) is { } other
            ? new("ESP between the gateways and nothing else", $"frame {other.Number} from {other.From} to {other.To}: {Text(other)}")
            : frames.Count == 0 ? Finding.Nothing(EspFrames) : null;

    /// <summary>Sequence numbers of an SA, in the order of capture.</summary>
    /// <param name="frames">Frames of one sender.</param>
    /// <param name="expected">The numbers.</param>
    /// <returns>Null when they are as expected.</returns>
    public static Finding? SequenceNumbers(IEnumerable<ObservedEsp> frames, IReadOnlyList<uint> expected)
    {
        var seen = frames.Select(f => f.Header.SequenceNumber).ToArray();
        return seen.SequenceEqual(expected) ? null : new($"sequence numbers {string.Join(", ", expected)}", string.Join(", ", seen));
    }

    /// <summary>Padding is 1, 2, 3 and so on (RFC 4303 section 2.4).</summary>
    /// <param name="frames">Frames of one sender.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? Padding(IReadOnlyList<ObservedEsp> frames)
    {
        const string Legal = "padding 1, 2, 3 ...";
        foreach (var frame in frames)
        {
            if (frame.Inspection is not { IsIcvValid: true } opened)
            {
                return NotOpened(frame);
            }

            if (opened.Trailer == EspOutcome.BadPadLength)
            {
                return new(Legal, $"frame {frame.Number}: pad length {opened.PadLength}, more than there is");
            }

            var padding = opened.Padding.ToArray();
            if (!padding.Select((octet, i) => octet == i + 1).All(right => right))
            {
                return new(Legal, $"frame {frame.Number}: {Convert.ToHexStringLower(padding)}");
            }
        }

        return frames.Count == 0 ? Finding.Nothing(EspFrames) : null;
    }

    /// <summary>No IV occurs twice: with GCM that would give the key away (RFC 4106 section 2).</summary>
    /// <param name="frames">Frames of one sender.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? DistinctIvs(IReadOnlyList<ObservedEsp> frames)
    {
        if (frames.FirstOrDefault(frame => frame.Inspection is null) is { } unopened)
        {
            return NotOpened(unopened);
        }

        var repeated = frames.GroupBy(frame => Convert.ToHexStringLower(frame.Inspection!.Iv.Span)).FirstOrDefault(g => g.Count() > 1);
        return repeated is null
            ? frames.Count == 0 ? Finding.Nothing(EspFrames) : null
            : new("an IV of its own in every frame", $"frames {string.Join(" and ", repeated.Select(f => f.Number))} have IV {repeated.Key}");
    }

    /// <summary>Nobody could have told an IV from the one before: they differ in many bits, and never by the same amount (RFC 3602 section 3).</summary>
    /// <param name="frames">Frames of one sender, at least three.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? UnforeseeableIvs(IReadOnlyList<ObservedEsp> frames)
    {
        // Of 128 random bits fewer than 32 differ once in a thousand million times.
        const int FewBits = 32;
        const string Legal = "IVs that have nothing to do with one another";
        if (frames.FirstOrDefault(frame => frame.Inspection is null) is { } unopened)
        {
            return NotOpened(unopened);
        }

        var ivs = frames.Select(frame => new BigInteger(frame.Inspection!.Iv.Span, isUnsigned: true, isBigEndian: true)).ToArray();
        var pairs = ivs.Zip(ivs.Skip(1)).ToArray();
        if (pairs.Length < 2)
        {
            return Finding.Nothing("three ESP frames");
        }

        return pairs.FirstOrDefault(pair => BitsOf(pair.First ^ pair.Second) < FewBits) is var close && close != default
            ? new(Legal, $"{close.First:x} and {close.Second:x}")
            : pairs.Select(pair => pair.Second - pair.First).Distinct().Count() == 1 ? new(Legal, "IVs at the same distance from one another") : null;
    }

    private static int BitsOf(BigInteger number) => number.ToByteArray().Sum(octet => BitOperations.PopCount(octet));

    /// <summary>Frames open with the negotiated keys to a tunnelled IPv4 packet between the given hosts.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="hosts">The two hosts.</param>
    /// <returns>Null when all do.</returns>
    public static Finding? CarryEchoBetween(IReadOnlyList<ObservedEsp> frames, (IPAddress A, IPAddress B) hosts)
    {
        foreach (var frame in frames)
        {
            if (frame is not { Inspection: { IsIcvValid: true, NextHeader: NextHeaderIpv4 } opened, Echo: not null }
                || !Ipv4Header.TryRead(opened.Payload.Span, out var inner, out _)
                || !(Runs(inner, hosts.A, hosts.B) || Runs(inner, hosts.B, hosts.A)))
            {
                return new($"an ICMP echo between {hosts.A} and {hosts.B} in ESP, next header 4", $"frame {frame.Number}: {Text(frame)}");
            }
        }

        return frames.Count == 0 ? Finding.Nothing(EspFrames) : null;
    }

    /// <summary>Frames open to an ICMP echo that stands behind the hosts' own IP header: transport mode (RFC 4303 section 3.1.1).</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="hosts">The two hosts.</param>
    /// <returns>Null when all do.</returns>
    public static Finding? CarryEchoInTransportMode(IReadOnlyList<ObservedEsp> frames, (IPAddress A, IPAddress B) hosts)
    {
        foreach (var frame in frames)
        {
            if (frame is not { Inspection: { IsIcvValid: true } opened, Echo: not null }
                || !EchoCarriage.Fits(SaMode.Transport, (IpProtocol)opened.NextHeader, opened.Payload.Span, frame.Outer, hosts))
            {
                return new(EchoCarriage.Legal(SaMode.Transport, hosts, "ESP"), $"frame {frame.Number}: {Text(frame)}");
            }
        }

        return frames.Count == 0 ? Finding.Nothing(EspFrames) : null;
    }

    /// <summary>What is protected stands in the frame as it is: ESP that does not encrypt (RFC 2410, RFC 4543).</summary>
    /// <param name="frames">The frames.</param>
    /// <returns>Null when it does in all.</returns>
    public static Finding? InClear(IReadOnlyList<ObservedEsp> frames)
    {
        foreach (var frame in frames)
        {
            if (frame.Inspection is not { IsIcvValid: true } opened)
            {
                return NotOpened(frame);
            }

            var at = EspHeader.Size + opened.Iv.Length;
            if (opened.Payload.IsEmpty || !frame.Packet.Span[at..].StartsWith(opened.Payload.Span))
            {
                return new($"the payload in clear from octet {at} of ESP on", $"frame {frame.Number}: {Text(frame)}");
            }
        }

        return frames.Count == 0 ? Finding.Nothing(EspFrames) : null;
    }

    /// <summary>A frame that would have to be looked into, and does not open.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>The finding.</returns>
    internal static Finding NotOpened(ObservedEsp frame) => new("a frame that opens with the negotiated keys", $"frame {frame.Number}: {Text(frame)}");

    private static bool Runs(in Ipv4Header packet, IPAddress from, IPAddress to) => packet.Source.Equals(from) && packet.Destination.Equals(to);

    /// <summary>A frame in one line.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>What it is.</returns>
    public static string Text(ObservedFrame frame)
    {
        var step = LadderText.ToLadder(frame, frame.Time);
        return string.Join(", ", new[] { step.Label, step.Sublabel, step.Note }.Where(part => !string.IsNullOrEmpty(part)));
    }
}
