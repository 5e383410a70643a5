// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;

namespace Ipsec.Fixtures.Rig.Run;

/// <summary>The ids and seeds of records: the same in a listing, in a run, and in the next run.</summary>
public static class ScenarioIds
{
    private const int LongestSlug = 60;
    private const int HashDigits = 8;

    /// <summary>
    /// The id of one record: the scenario's own, or for a row of an outline that id, a dot and a slug of the row's values, for example
    /// <c>IKE1-MM-004.aes-cbc-256-sha1</c>. Safe as a file name.
    /// </summary>
    public static string ForRecord(string scenarioId, IReadOnlyList<string> rowValues)
    {
        ArgumentNullException.ThrowIfNull(rowValues);
        return rowValues.Count == 0 ? scenarioId : $"{scenarioId}.{Slug(rowValues)}";
    }

    /// <summary>
    /// The seed of one scenario: independent of what else runs, and in which order, so that a failure replays alone from the run's seed.
    /// </summary>
    public static ulong SeedOf(ulong runSeed, string recordId, string peer)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{runSeed}\n{recordId}\n{peer}"));
        return BitConverter.ToUInt64(digest);
    }

    private static string Slug(IReadOnlyList<string> values)
    {
        var slug = new StringBuilder();
        foreach (var character in string.Join('-', values))
        {
            var lower = char.ToLowerInvariant(character);
            if (lower is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
            {
                slug.Append(lower);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var text = slug.ToString().TrimEnd('-');
        return text.Length is > 0 and <= LongestSlug ? text : Shorten(text, values);
    }

    /// <summary>What was cut off, or had no letter or digit at all, still tells rows apart: by a hash of the values.</summary>
    private static string Shorten(string text, IReadOnlyList<string> values)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', values)));
        var hash = Convert.ToHexStringLower(digest)[..HashDigits];
        var kept = text[..Math.Min(text.Length, LongestSlug - HashDigits - 1)].TrimEnd('-');
        return kept.Length == 0 ? hash : $"{kept}-{hash}";
    }
}
