// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Judgement;

/// <summary>The order of a message's payloads, and what those say that no other comparison looks into.</summary>
internal static class PayloadComparison
{
    private const string Unreadable = "unreadable";
    private const string VendorId = "VID";

    /// <summary>These have comparisons of their own.</summary>
    private static readonly ImmutableArray<string> Apart = ["SA", "N", "D", VendorId];

    public static IEnumerable<Difference> Compare(IkeConversation a, IkeConversation b) =>
        IkeConversation.Common(a, b).SelectMany(pair => Order(pair.A, pair.B).Concat(Content(pair.A, pair.B)));

    private static IEnumerable<Difference> Order(PeerMessage a, PeerMessage b)
    {
        var (inA, inB) = (Order(a), Order(b));
        if (inA != inB)
        {
            yield return new(DifferenceKind.PayloadOrder, $"order in {a.Place}", Sighting.Of(inA, [a]), Sighting.Of(inB, [b]));
        }
    }

    /// <summary>How many vendor IDs stand together is no matter of order.</summary>
    private static string Order(PeerMessage message)
    {
        if (message.Ike.Payloads is not { } payloads)
        {
            return Unreadable;
        }

        var names = new List<string>();
        foreach (var payload in payloads.Where(payload => payload.Type != VendorId || names is not [.., VendorId]))
        {
            names.Add(payload.Type);
        }

        return string.Join(", ", names);
    }

    private static IEnumerable<Difference> Content(PeerMessage a, PeerMessage b)
    {
        if (a.Ike.Payloads is not { } inA || b.Ike.Payloads is not { } inB)
        {
            yield break;
        }

        foreach (var type in inA.Select(payload => payload.Type).Intersect(inB.Select(payload => payload.Type)).Except(Apart))
        {
            var (textA, textB) = (Text(inA, type), Text(inB, type));
            if (textA != textB)
            {
                yield return new(DifferenceKind.PayloadContent, $"{type} in {a.Place}", Sighting.Of(textA, [a]), Sighting.Of(textB, [b]));
            }
        }
    }

    private static string Text(ImmutableArray<TracePayload> payloads, string type) =>
        string.Join("; ", payloads.Where(payload => payload.Type == type).Select(payload => payload.Text));
}
