// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>Picks one scenario's lines out of pluto's log, in which all scenarios write.</summary>
internal static partial class PlutoLogFilter
{
    /// <summary>
    /// Pluto does one thing at a time, and says at its beginning for whom: a line that names a connection or an address belongs to that
    /// one's scenario, and so do the lines behind it that name none.
    /// </summary>
    /// <param name="lines">The log.</param>
    /// <param name="connection">The scenario's name, with which those of its connections begin; empty for none yet.</param>
    /// <param name="sides">The outer addresses on pluto's side and on the other.</param>
    /// <returns>The lines, line feeds included.</returns>
    public static string Filter(IEnumerable<string> lines, string connection, (IPAddress Local, IPAddress Remote) sides)
    {
        var (local, remote) = (sides.Local.ToString(), sides.Remote.ToString());
        var text = new StringBuilder();
        var isOurs = false;
        foreach (var line in lines)
        {
            var marks = Mark().Matches(line).Where(mark => mark.Value != local).ToArray();
            if (marks.Length > 0)
            {
                isOurs = marks.Any(mark => mark.Value == remote || (connection.Length > 0 && mark.Groups["name"].Value.StartsWith(connection + "-", StringComparison.Ordinal)));
            }

            if (isOurs)
            {
                text.Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    [GeneratedRegex(@"""(?<name>[^""/ ]+)""|(?<![\d.])198\.51\.100\.\d+", RegexOptions.ExplicitCapture)]
    private static partial Regex Mark();
}
