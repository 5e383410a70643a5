// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;

namespace Ipsec.Fixtures.Judgement;

/// <summary>A message ladder as a Mermaid sequence diagram, the content of <c>sequence.mmd</c>.</summary>
public static class SequenceMermaid
{
    /// <summary>Renders the ladder. Encrypted messages have a dashed arrow and a lock.</summary>
    public static string Render(IReadOnlyList<LadderStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var names = steps.SelectMany(step => new[] { step.From, step.To }).Distinct(StringComparer.Ordinal).ToList();
        var text = new StringBuilder("sequenceDiagram\n");
        for (var i = 0; i < names.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    participant p{i} as {Escape(names[i])}\n");
        }

        foreach (var step in steps)
        {
            var from = names.IndexOf(step.From);
            var to = names.IndexOf(step.To);
            var arrow = step.Encrypted ? "-->>" : "->>";
            var mark = step.Encrypted ? "\U0001F512 " : "";
            var sublabel = step.Sublabel.Length == 0 ? "" : "<br/>" + Escape(step.Sublabel);
            text.Append(CultureInfo.InvariantCulture, $"    p{from}{arrow}p{to}: {mark}{Escape(step.Label)}{sublabel}\n");
            if (!string.IsNullOrWhiteSpace(step.Note))
            {
                var over = from == to ? $"p{from}" : $"p{Math.Min(from, to)},p{Math.Max(from, to)}";
                text.Append(CultureInfo.InvariantCulture, $"    Note over {over}: {Escape(step.Note)}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Mermaid ends a statement at a semicolon or line break and takes # as the start of an entity.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            escaped.Append(character switch
            {
                '#' => "#35;",
                ';' => "#59;",
                '<' => "#lt;",
                '>' => "#gt;",
                '"' => "#quot;",
                '\r' => "",
                '\n' => "<br/>",
                _ => character.ToString(),
            });
        }

        return escaped.ToString();
    }
}
