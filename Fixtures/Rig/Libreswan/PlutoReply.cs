// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text.RegularExpressions;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>What came of a request to the control port.</summary>
/// <param name="Status">Exit status of the program, or of the request itself; 0 says only that it was carried out.</param>
/// <param name="Text">The output.</param>
internal sealed partial record PlutoReply(int Status, string Text)
{
    /// <summary>whack's codes from here on say that pluto did not do what it was told.</summary>
    private const int FirstRefusal = 20;

    /// <summary>And these say how far an exchange has come.</summary>
    private const int FirstProgress = 100;

    /// <summary>Why the request was not carried out; null when it was.</summary>
    public string? Refusal =>
        Lines().FirstOrDefault(line => line.Code is >= FirstRefusal and < FirstProgress) is { Text: { } reason } ? reason
        : Status != 0 ? Text.Trim()
        : null;

    private IEnumerable<(int Code, string Text)> Lines() =>
        Line().Matches(Text).Select(match => (int.Parse(match.Groups["code"].ValueSpan, CultureInfo.InvariantCulture), match.Groups["text"].Value));

    [GeneratedRegex(@"^(?<code>\d{3}) (?<text>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}
