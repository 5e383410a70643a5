// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>One message of a drawn ladder: its texts broken into lines, and the room they take. Sizes are in the drawing's units.</summary>
/// <param name="Step">The message.</param>
/// <param name="From">The sender's life line, counted from the left.</param>
/// <param name="To">The receiver's life line.</param>
/// <param name="Label">The label's lines.</param>
/// <param name="Sublabel">The sublabel's lines.</param>
/// <param name="Note">The note's lines.</param>
internal sealed record LadderRow(LadderStep Step, int From, int To, List<string> Label, List<string> Sublabel, List<string> Note)
{
    public const double Margin = 16;
    public const double Gap = 14;
    public const double LineHeight = 17;
    public const double SelfLoop = 36;

    /// <summary>A generous guess: the drawing is made without knowing the reader's font.</summary>
    public const double CharacterWidth = 7.1;

    private const double ArrowRoom = 7;
    private const double SelfLoopRoom = 12;
    private const double NoteRoom = 20;
    private const double NarrowestName = 34;

    public double Height =>
        Gap + ArrowRoom + (From == To ? SelfLoopRoom : 0) + ((Label.Count + Sublabel.Count) * LineHeight)
        + (Note.Count == 0 ? 0 : (Note.Count * LineHeight) + NoteRoom);

    /// <summary>Lays out a message between life lines that stand <paramref name="gap"/> apart.</summary>
    public static LadderRow Of(LadderStep step, int from, int to, double gap)
    {
        var columns = (int)((gap - (4 * Margin)) / CharacterWidth) * Math.Max(1, Math.Abs(from - to));
        return new LadderRow(step, from, to, Wrap(step.Label, columns), Wrap(step.Sublabel, columns), Wrap(step.Note ?? "", columns));
    }

    /// <summary>How far the row and its participants' names reach to the right of the first life line.</summary>
    public double Right(double gap)
    {
        var life = Math.Max(From, To) * gap;
        var name = life + Math.Max(NarrowestName, (Math.Max(Step.From.Length, Step.To.Length) * CharacterWidth / 2) + Margin);
        var longest = Label.Concat(Sublabel).Concat(Note).Select(text => text.Length).DefaultIfEmpty().Max();
        return From == To ? Math.Max(name, life + SelfLoop + (2 * Margin) + (longest * CharacterWidth)) : name;
    }

    /// <summary>Breaks a text into lines, at spaces where it can.</summary>
    private static List<string> Wrap(string text, int columns)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var rest = paragraph;
            while (rest.Length > columns)
            {
                var space = rest.LastIndexOf(' ', columns);
                var cut = space > 0 ? space : columns;
                lines.Add(rest[..cut]);
                rest = rest[cut..].TrimStart();
            }

            lines.Add(rest);
        }

        return lines;
    }
}
