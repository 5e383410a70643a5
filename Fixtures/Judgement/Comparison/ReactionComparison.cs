// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>
/// What a peer does after each message of ours: the exchange goes on, an error is notified, SAs are deleted, or nothing. What a later When step of the scenario caused is no reaction.
/// </summary>
internal static class ReactionComparison
{
    private const string Silence = "silence";
    private const string GoesOn = "the exchange goes on";
    private const string Action = "When ";

    public static IEnumerable<Difference> Compare(IkeConversation a, IkeConversation b)
    {
        var inB = Reactions(b);
        foreach (var (place, reaction) in Reactions(a))
        {
            if (inB.TryGetValue(place, out var other) && reaction.Text != other.Text)
            {
                yield return new(DifferenceKind.Reactions, $"after {place}", reaction, other);
            }
        }
    }

    private static Dictionary<MessagePlace, Sighting> Reactions(IkeConversation conversation)
    {
        var reactions = new Dictionary<MessagePlace, Sighting>();
        for (var i = 0; i < conversation.Messages.Length; i++)
        {
            var message = conversation.Messages[i];
            if (message.IsFromUs && !message.Ike.IsRepeat)
            {
                PeerMessage[] followed = [.. Followed(conversation, i)];
                reactions.TryAdd(message.Place, Sighting.Of(Text(message, followed), followed.Prepend(message)));
            }
        }

        return reactions;
    }

    /// <summary>
    /// What the peer sends in the same exchange until our next message there, and what it tells in other exchanges until our next message
    /// anywhere: which of two answers to two exchanges comes first is chance, and so it is with the answers to two copies of a message.
    /// A repetition counts when we repeated ours; else it is the timer's.
    /// </summary>
    private static IEnumerable<PeerMessage> Followed(IkeConversation conversation, int cause)
    {
        var message = conversation.Messages[cause];
        var (isLatest, weRepeated) = (true, false);
        foreach (var other in conversation.Messages.Skip(cause + 1))
        {
            var isOfSameExchange = other.IsOfSameExchange(message);
            if (other.IsFromUs && isOfSameExchange && !other.Ike.IsRepeat)
            {
                yield break;
            }

            weRepeated |= other.IsFromUs && isOfSameExchange;
            isLatest &= !(other.IsFromUs && !isOfSameExchange) && !IsCausedByAnotherAction(message, other);
            if (other.IsFromPeer && (!other.Ike.IsRepeat || weRepeated) && (isOfSameExchange || (isLatest && Told(message, other).Any())))
            {
                yield return other;
            }
        }
    }

    private static bool IsCausedByAnotherAction(PeerMessage message, PeerMessage other) =>
        other.Trace.Step is { } step && step.StartsWith(Action, StringComparison.Ordinal) && step != message.Trace.Step;

    private static string Text(PeerMessage message, PeerMessage[] followed) =>
        string.Join(" and ", followed.Select(other => Text(message, other)).Distinct().DefaultIfEmpty(Silence));

    private static string Text(PeerMessage message, PeerMessage other)
    {
        string[] told = [.. Told(message, other).Select(payload => $"{payload.Type}({payload.Text})")];
        return told.Length > 0 ? $"{string.Join(", ", told)}, {other.Protection}"
            : other.Ike.IsRepeat ? "the last message is sent again"
            : GoesOn;
    }

    private static IEnumerable<TracePayload> Told(PeerMessage message, PeerMessage other) =>
        (other.Ike.Payloads ?? []).Where(payload => payload.IsError || (payload.Type is "N" or "D" && !other.IsOfSameExchange(message)));
}
