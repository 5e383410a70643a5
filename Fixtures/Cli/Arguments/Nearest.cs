// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Cli.Arguments;

/// <summary>Guesses what a mistyped word was meant to be.</summary>
internal static class Nearest
{
    /// <summary>With more letters wrong than these it is another word, not a slip.</summary>
    private const int FarthestSlip = 2;

    /// <summary>The candidate that takes the fewest changed letters; null when none is near.</summary>
    public static string? To(string word, IEnumerable<string> candidates) =>
        candidates.MinBy(candidate => Distance(word, candidate)) is { } nearest && Distance(word, nearest) <= FarthestSlip ? nearest : null;

    /// <summary>How many letters must be inserted, dropped or replaced to make one word of the other (Levenshtein).</summary>
    private static int Distance(string from, string to)
    {
        var previous = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var current = new int[to.Length + 1];
            current[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = previous[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[to.Length];
    }
}
