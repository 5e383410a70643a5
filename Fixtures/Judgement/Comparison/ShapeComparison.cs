// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Which exchanges there are and how long, and how messages travel.</summary>
internal static class ShapeComparison
{
    private const int NatTraversalPort = 4500;

    public static IEnumerable<Difference> Compare(IkeConversation a, IkeConversation b) =>
        [.. Exchanges(a, b), .. IkeConversation.Common(a, b).SelectMany(pair => Travel(pair.A, pair.B))];

    private static IEnumerable<Difference> Exchanges(IkeConversation a, IkeConversation b)
    {
        var (ofA, ofB) = (Lengths(a), Lengths(b));
        foreach (var kind in ofA.Keys.Concat(ofB.Keys).Select(key => (key.Exchange, key.Starter)).Distinct())
        {
            PeerMessage[][] inA = [.. ofA.Where(entry => Is(entry.Key, kind)).Select(entry => entry.Value)];
            PeerMessage[][] inB = [.. ofB.Where(entry => Is(entry.Key, kind)).Select(entry => entry.Value)];
            if (inA.Length != inB.Length)
            {
                yield return Of($"{kind.Exchange} exchanges that {kind.Starter} starts", Number(inA), Number(inB));
            }

            foreach (var (one, other) in inA.Zip(inB).Where(pair => pair.First.Length != pair.Second.Length))
            {
                yield return Of($"messages of {kind.Exchange} that {kind.Starter} starts", Length(one), Length(other));
            }
        }
    }

    private static bool Is(MessagePlace exchange, (string Exchange, string Starter) kind) => exchange.Exchange == kind.Exchange && exchange.Starter == kind.Starter;

    private static Dictionary<MessagePlace, PeerMessage[]> Lengths(IkeConversation conversation) => conversation.Messages
        .Where(message => !message.Ike.IsRepeat)
        .GroupBy(message => message.Place with { Ordinal = 0 })
        .ToDictionary(exchange => exchange.Key, exchange => exchange.ToArray());

    private static Sighting Number(PeerMessage[][] exchanges) =>
        Sighting.Of(exchanges.Length == 0 ? "none" : exchanges.Length.ToString(CultureInfo.InvariantCulture), exchanges.Select(exchange => exchange[0]));

    private static Sighting Length(PeerMessage[] exchange) => Sighting.Of(exchange.Length.ToString(CultureInfo.InvariantCulture), exchange);

    private static IEnumerable<Difference> Travel(PeerMessage a, PeerMessage b)
    {
        if (a.Ike.IsEncrypted != b.Ike.IsEncrypted)
        {
            yield return Of($"protection of {a.Place}", Sighting.Of(a.Protection, [a]), Sighting.Of(b.Protection, [b]));
        }

        if (a.Ike.Pieces > 1 != b.Ike.Pieces > 1)
        {
            yield return Of($"fragmentation of {a.Place}", Sighting.Of(Wholeness(a), [a]), Sighting.Of(Wholeness(b), [b]));
        }

        if (a.Ike.SourcePort == NatTraversalPort != (b.Ike.SourcePort == NatTraversalPort))
        {
            yield return Of($"port of {a.Place}", Sighting.Of(Port(a), [a]), Sighting.Of(Port(b), [b]));
        }
    }

    private static string Wholeness(PeerMessage message) => message.Ike.Pieces > 1 ? "in pieces" : "whole";

    private static string Port(PeerMessage message) => message.Ike.SourcePort.ToString(CultureInfo.InvariantCulture);

    private static Difference Of(string aspect, Sighting a, Sighting b) => new(DifferenceKind.ExchangeShape, aspect, a, b);
}
