// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.Ip;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Words for observed frames, for ladders and traces.</summary>
public static class LadderText
{
    private const string UnknownSpi = "no SA has this SPI";
    private const string WrongIcv = "the ICV is wrong";

    /// <summary>A frame as a message of the trace.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="start">The scenario's start.</param>
    /// <returns>Arrow, step, bytes and decoded fields.</returns>
    public static TraceMessage ToTrace(ObservedFrame frame, DateTimeOffset start) =>
        new(ToLadder(frame, start), frame.Step, Convert.ToHexStringLower(frame.Bytes.Span), Fields(frame))
        {
            Frame = frame.Number,
            Ike = frame is ObservedIke ike ? IkeText.Of(ike) : null,
        };

    /// <summary>A frame as an arrow of a ladder.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="start">The scenario's start.</param>
    /// <returns>The arrow.</returns>
    public static LadderStep ToLadder(ObservedFrame frame, DateTimeOffset start)
    {
        var time = Math.Round((frame.Time - start).TotalMilliseconds, 3);
        return frame switch
        {
            ObservedIke ike => new(
                ike.From, ike.To, $"{ike.ExchangeName} #{ike.Ordinal}{(ike.Pieces > 1 ? $" in {ike.Pieces} pieces" : "")}", ike.PayloadNames, ike.Header.IsEncrypted, ike.IsRepeat ? "sent again" : ike.Problem, time),
            ObservedEsp esp => new(
                esp.From, esp.To, $"ESP{(esp.Udp is null ? "" : " in UDP")} 0x{esp.Header.Spi:x8}", $"sequence number {esp.Header.SequenceNumber}{Inner(esp.Echo)}", true, Remark(esp), time),
            ObservedAh ah => new(
                ah.From, ah.To, $"AH 0x{ah.Header.Spi:x8}", $"sequence number {ah.Header.SequenceNumber}{Inner(ah.Echo)}", false, Remark(ah), time),
            ObservedFragment piece => new(
                piece.From, piece.To, $"{piece.Header.ExchangeType}, piece {piece.Fragment.Number}", $"{piece.Fragment.Data.Length} bytes of a fragmented message", false, null, time),
            ObservedOther other => new(other.From, other.To, other.Description, "", false, null, time),
            _ => throw new ArgumentOutOfRangeException(nameof(frame), frame.GetType().Name, "unknown kind of frame"),
        };
    }

    private static string Inner(IcmpEcho? echo) => echo switch
    {
        { IsReply: true } reply => $", echo reply {reply.SequenceNumber}",
        { } request => $", echo request {request.SequenceNumber}",
        null => "",
    };

    private static string? Remark(ObservedEsp esp) => esp switch
    {
        { Sa: null } => UnknownSpi,
        { Inspection: null or { IsIcvValid: false } } => WrongIcv,
        _ => null,
    };

    private static string? Remark(ObservedAh ah) => ah switch
    {
        { Sa: null } => UnknownSpi,
        { Inspection: null } => "it cannot be read",
        { Inspection.IsIcvValid: false } => WrongIcv,
        _ => null,
    };

    private static ImmutableArray<string> Fields(ObservedFrame frame) => frame switch
    {
        ObservedIke { Message: { } message } ike => [Header(ike), .. message.Payloads.SelectMany(Lines)],
        ObservedIke ike => [Header(ike), $"payloads: {ike.Problem}"],
        ObservedEsp esp => [.. EspLines(esp)],
        ObservedAh ah => [.. AhLines(ah)],
        _ => [],
    };

    private static string Header(ObservedIke ike) =>
        $"ports {ike.Udp.SourcePort} to {ike.Udp.DestinationPort}{(ike.HasNonEspMarker ? " behind a non-ESP marker" : "")}; header: {ike.Header.InitiatorCookie} {ike.Header.ResponderCookie}, {ike.Header.ExchangeType}, flags {ike.Header.Flags}, message ID 0x{ike.Header.MessageId:x8}, {ike.Header.Length} bytes";

    private static IEnumerable<string> Lines(Payload payload) => payload switch
    {
        SaPayload sa => sa.Proposals.SelectMany(proposal => proposal.Transforms.Select(transform => $"SA > {Text(proposal, transform)}")),
        _ => [payload.ToString()],
    };

    private static string Text(Proposal proposal, Transform transform)
    {
        var attributes = transform.Attributes.Select(a => $"{a.Type}={(a.TryGetNumber(out var number) ? number : Convert.ToHexStringLower(a.Value.Span))}");
        return $"proposal {proposal.Number} {proposal.ProtocolId} SPI {Convert.ToHexStringLower(proposal.Spi.Span)} > transform {transform.Number} id {transform.TransformId}: {string.Join(", ", attributes)}";
    }

    private static IEnumerable<string> EspLines(ObservedEsp esp)
    {
        yield return $"SPI 0x{esp.Header.Spi:x8}, sequence number {esp.Header.SequenceNumber}, {esp.Packet.Length} bytes";
        if (esp.Inspection is { } opened)
        {
            yield return $"layout: {opened.Layout}";
            yield return $"ICV {(opened.IsIcvValid ? "right" : "wrong")}, pad length {opened.PadLength}, next header {opened.NextHeader}";
        }
    }

    private static IEnumerable<string> AhLines(ObservedAh ah)
    {
        yield return $"next header {(byte)ah.Header.NextHeader}, {ah.Header.Length} bytes, reserved {ah.Header.Reserved}, SPI 0x{ah.Header.Spi:x8}, sequence number {ah.Header.SequenceNumber}";
        if (ah.Inspection is { } read)
        {
            yield return $"layout: {read.Layout}";
            yield return $"ICV {(read.IsIcvValid ? "right" : "wrong")}";
        }
    }
}
