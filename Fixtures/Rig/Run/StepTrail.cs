// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Run;

/// <summary>The steps of a scenario as far as they were reached: what was done last, and what was claimed of it.</summary>
public sealed class StepTrail
{
    private readonly List<(string Keyword, string Text)> _steps = [];

    /// <summary>The step that runs now, or ran last; null before the first.</summary>
    public string? Current => _steps.Count == 0 ? null : Sentence(_steps[^1]);

    /// <summary>The last action: the last When, or without one the last Given; null when there was neither.</summary>
    public string? LastAction => Last("When") ?? Last("Given");

    /// <summary>The claim that was being checked: the current step when it is a Then, else null.</summary>
    public string? Claim => _steps.Count > 0 && _steps[^1].Keyword == "Then" ? Current : null;

    /// <summary>Notes that a step starts.</summary>
    /// <param name="keyword"><c>Given</c>, <c>When</c> or <c>Then</c>; And and But count as what they continue.</param>
    /// <param name="text">The step without its keyword.</param>
    public void Add(string keyword, string text) => _steps.Add((keyword, text));

    private static string Sentence((string Keyword, string Text) step) => $"{step.Keyword} {step.Text}";

    private string? Last(string keyword)
    {
        var index = _steps.FindLastIndex(step => step.Keyword == keyword);
        return index < 0 ? null : Sentence(_steps[index]);
    }
}
