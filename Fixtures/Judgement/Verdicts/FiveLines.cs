// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Judgement;

/// <summary>The layout of a failure's five lines: a label, a colon, and the text from the 14th column on.</summary>
public static class FiveLines
{
    /// <summary>Label of the first line.</summary>
    public const string Requirement = "requirement";

    /// <summary>Label of the second line.</summary>
    public const string Sent = "sent";

    /// <summary>Label of the third line.</summary>
    public const string Legal = "legal";

    /// <summary>Label of the fourth line.</summary>
    public const string Came = "came";

    /// <summary>Label of the fifth line.</summary>
    public const string Evidence = "evidence";

    private const int TextColumn = 13;

    private static readonly string[] Labels = [Requirement, Sent, Legal, Came, Evidence];

    /// <summary>One line of the five.</summary>
    public static string Line(string label, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return $"{label}:".PadRight(TextColumn) + string.Join("; ", parts);
    }

    /// <summary>Takes a record's message apart again. False when it is not of the five lines, for example an exception's text.</summary>
    public static bool TryParse(string? message, out ImmutableArray<(string Label, string Text)> lines)
    {
        lines = [];
        var rows = message?.Split('\n');
        if (rows is null || rows.Length != Labels.Length)
        {
            return false;
        }

        var parsed = ImmutableArray.CreateBuilder<(string, string)>(Labels.Length);
        for (var i = 0; i < Labels.Length; i++)
        {
            var label = Labels[i] + ":";
            if (!rows[i].StartsWith(label, StringComparison.Ordinal))
            {
                return false;
            }

            parsed.Add((Labels[i], rows[i][label.Length..].Trim()));
        }

        lines = parsed.MoveToImmutable();
        return true;
    }
}
