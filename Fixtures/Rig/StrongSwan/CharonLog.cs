// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>Picks one scenario's lines out of charon's log, in which all scenarios write.</summary>
internal static partial class CharonLog
{
    /// <summary>The lines of a connection, and those of its IKE SAs and packets before charon knew the connection.</summary>
    /// <param name="log">Charon's log.</param>
    /// <param name="connection">Name of the connection; empty when there is none yet.</param>
    /// <param name="remote">The other side's outer address, which no other scenario has at the same time.</param>
    /// <returns>The lines, line feeds included.</returns>
    public static string Filter(string log, string connection, IPAddress remote)
    {
        var lines = log.Split('\n');
        var marks = Marks(connection, remote);
        var numbers = lines.Select(line => Entry().Match(line))
            .Where(entry => entry.Success && IsOurs(entry, connection, marks))
            .Select(entry => entry.Groups["number"].Value)
            .Where(number => number.Length > 0)
            .ToHashSet(StringComparer.Ordinal);
        var text = new StringBuilder();
        var isOurs = false;
        foreach (var line in lines)
        {
            // A line without time belongs to the entry before it.
            if (Entry().Match(line) is { Success: true } entry)
            {
                isOurs = IsOurs(entry, connection, marks) || (!entry.Groups["name"].Success && numbers.Contains(entry.Groups["number"].Value));
            }

            if (isOurs && line.Length > 0)
            {
                text.Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Whether an entry says itself whose it is.</summary>
    private static bool IsOurs(Match entry, string connection, Regex marks) =>
        entry.Groups["name"].Success ? entry.Groups["name"].Value == connection : marks.IsMatch(entry.Groups["text"].Value);

    /// <summary>The address or the connection's name, and not one that it is only a part of.</summary>
    private static Regex Marks(string connection, IPAddress address)
    {
        var pattern = $@"(?<![\d.]){Regex.Escape(address.ToString())}(?!\d|\.\d)";
        return new(connection.Length == 0 ? pattern : $@"{pattern}|(?<![\w-]){Regex.Escape(connection)}(?![\w-])");
    }

    /// <summary>For example <c>2024-02-29T14:03:05.123 07[NET] &lt;conn|3&gt; text</c>; the name is missing before it is known.</summary>
    [GeneratedRegex(@"^\S+T\S+ \d+\[\w+\] (<((?<name>[^|>]+)\|)?(?<number>\d+)> )?(?<text>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Entry();
}
