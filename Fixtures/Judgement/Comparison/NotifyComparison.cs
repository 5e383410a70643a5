// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Which notifications and deletions a peer sends: where, how often, and whether encrypted.</summary>
internal static class NotifyComparison
{
    public static IEnumerable<Difference> Compare(IkeConversation a, IkeConversation b)
    {
        var (inA, inB) = (Sent(a), Sent(b));
        foreach (var what in inA.Select(group => group.Key).Union(inB.Select(group => group.Key)))
        {
            PeerMessage[] ofA = [.. inA[what]];
            PeerMessage[] ofB = [.. inB[what]];
            if (ofA.Length != ofB.Length)
            {
                yield return new(DifferenceKind.Notifications, what, Sighting.Of(Times(ofA.Length), ofA), Sighting.Of(Times(ofB.Length), ofB));
            }
        }
    }

    private static ILookup<string, PeerMessage> Sent(IkeConversation conversation) =>
        (from message in conversation.FromPeer
         from payload in message.Ike.Payloads ?? []
         where payload.Type is "N" or "D"
         select (What: $"{payload.Type}({payload.Text}) in {message.Place}, {message.Protection}", Message: message))
        .ToLookup(sent => sent.What, sent => sent.Message);

    private static string Times(int count) => count switch
    {
        0 => "not sent",
        1 => "sent",
        _ => string.Create(CultureInfo.InvariantCulture, $"sent {count} times"),
    };
}
