// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Ipsec.Fixtures.Judgement.Tests.Comparison;

/// <summary>Writes traces a message at a time: frames are numbered, and time passes by the millisecond unless said otherwise.</summary>
internal sealed partial class HandMadeTrace(string peer, string sa = "0102030405060708")
{
    public const string MainMode = "Identity Protection";

    private readonly List<TraceMessage> _messages = [];
    private readonly Dictionary<(string, string), int> _ordinals = [];
    private double _now;

    public string Step { get; set; } = "When west starts phase 1";

    public HandMadeTrace West(string exchange, string payloads, string id = "00000000", bool encrypted = false) => Send("west", exchange, payloads, id, encrypted);

    public HandMadeTrace East(string exchange, string payloads, string id = "00000000", bool encrypted = false, int pieces = 1, int port = 500) =>
        Send("east", exchange, payloads, id, encrypted, pieces, port);

    /// <summary>The message of this frame once more.</summary>
    public HandMadeTrace Again(int frame, double afterSeconds)
    {
        _now += afterSeconds * 1000;
        var original = _messages[frame - 1];
        _messages.Add(original with
        {
            Ladder = original.Ladder with { TimeMs = _now },
            Frame = _messages.Count + 1,
            Ike = original.Ike! with { IsRepeat = true },
        });
        return this;
    }

    /// <summary>Something that is no IKE message.</summary>
    public HandMadeTrace Esp(string from)
    {
        _messages.Add(new(new(from, from == "west" ? "east" : "west", "ESP 0x01020304", "", true, null, ++_now), Step, null, []) { Frame = _messages.Count + 1 });
        return this;
    }

    public Trace Make() => new("IKE1-MM-001", peer, [.. _messages]);

    /// <summary>A payload as "N(NoProposalChosen)", "N!(InvalidId)" for an error, "SA(AesCbc: KeyLength=128, LifeType=Seconds)", or a bare name.</summary>
    private static TracePayload Payload(string text)
    {
        var bracket = text.IndexOf('(', StringComparison.Ordinal);
        var type = (bracket < 0 ? text : text[..bracket]).TrimEnd('!');
        var inside = bracket < 0 ? "" : text[(bracket + 1)..^1];
        var parts = inside.Split(": ");
        return type == "SA" && parts.Length == 2
            ? new(type, "", [new(parts[0], [.. parts[1].Split('+')])])
            : new(type, inside, []) { IsError = text.Contains('!', StringComparison.Ordinal) };
    }

    private HandMadeTrace Send(string from, string exchange, string payloads, string id, bool encrypted, int pieces = 1, int port = 500)
    {
        var ordinal = _ordinals[(exchange, id)] = _ordinals.GetValueOrDefault((exchange, id)) + 1;
        var ladder = new LadderStep(from, from == "west" ? "east" : "west", $"{exchange} #{ordinal}", payloads, encrypted, null, ++_now);
        ImmutableArray<TracePayload>? read = payloads == "?" ? null : [.. BetweenPayloads().Split(payloads).Select(Payload)];
        _messages.Add(new(ladder, Step, null, [])
        {
            Frame = _messages.Count + 1,
            Ike = new(exchange, sa, id, ordinal, false, encrypted, pieces, port, read),
        });
        return this;
    }

    /// <summary>A comma that stands in no brackets.</summary>
    [GeneratedRegex(@", (?![^(]*\))")]
    private static partial Regex BetweenPayloads();
}
