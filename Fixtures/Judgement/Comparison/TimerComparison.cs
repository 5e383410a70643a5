// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Ipsec.Fixtures.Judgement;

/// <summary>
/// The intervals at which a peer repeats a message of its own accord. A repetition that answers a message of ours is a reaction and
/// counts for none. How often a peer repeats is seen only as long as the scenario lasts, so what is compared is what both showed.
/// </summary>
internal static class TimerComparison
{
    /// <summary>Timers that differ by no more than this part of the longer one are equal: clocks, jitter and load.</summary>
    private const double Tolerance = 0.2;

    private const double MillisecondsPerSecond = 1000;

    public static IEnumerable<Difference> Compare(IkeConversation a, IkeConversation b)
    {
        var (inA, inB) = (Repeated(a), Repeated(b));
        foreach (var (one, other) in IkeConversation.Common(a, b))
        {
            PeerMessage[] ofA = [one, .. inA[one.Place]];
            PeerMessage[] ofB = [other, .. inB[other.Place]];
            var (gapsA, gapsB) = (Gaps(ofA), Gaps(ofB));
            var isRepeatedByOne = gapsA.Length == 0 != (gapsB.Length == 0);
            if (isRepeatedByOne || gapsA.Zip(gapsB).Any(pair => !AreEqual(pair.First, pair.Second)))
            {
                yield return new(DifferenceKind.Timers, $"repetitions of {one.Place}", Sighting.Of(Text(gapsA), ofA), Sighting.Of(Text(gapsB), ofB));
            }
        }
    }

    /// <summary>Whether two intervals count as the same.</summary>
    internal static bool AreEqual(double a, double b) => Math.Abs(a - b) <= Tolerance * Math.Max(a, b);

    /// <summary>
    /// Each message of ours has one answer in its exchange; a repetition that none of ours is left for is the timer's. Two of ours may come
    /// before the first answer, so answers are counted, not looked for behind their cause.
    /// </summary>
    private static ILookup<MessagePlace, PeerMessage> Repeated(IkeConversation conversation)
    {
        var repeated = new List<PeerMessage>();
        var unanswered = new Dictionary<MessagePlace, int>();
        foreach (var message in conversation.Messages)
        {
            var exchange = message.Place with { Ordinal = 0 };
            var open = unanswered.GetValueOrDefault(exchange);
            if (message.IsFromUs)
            {
                unanswered[exchange] = open + 1;
            }
            else if (open > 0)
            {
                unanswered[exchange] = open - 1;
            }
            else if (message.IsFromPeer && message.Ike.IsRepeat)
            {
                repeated.Add(message);
            }
        }

        return repeated.ToLookup(message => message.Place);
    }

    private static double[] Gaps(PeerMessage[] sent) =>
        [.. sent.Zip(sent.Skip(1)).Select(pair => (pair.Second.TimeMs - pair.First.TimeMs) / MillisecondsPerSecond)];

    private static string Text(double[] gaps) =>
        gaps.Length == 0 ? "not repeated" : "after " + string.Join(", ", gaps.Select(gap => gap.ToString("0.0 s", CultureInfo.InvariantCulture)));
}
