// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Judgement;

/// <summary>
/// Which scenarios to run: what <c>--select</c>, <c>--exclude</c> and <c>--role</c> say. A term is a scenario id, a clause or a leading part of one,
/// a tag (<c>@must</c>), or a feature's or scenario's title; <c>*</c> stands for any characters; case does not matter. Terms with commas between
/// them are alternatives; each repeated option narrows further.
/// </summary>
public sealed class Selection
{
    private readonly ImmutableArray<ImmutableArray<SelectionTerm>> _select;
    private readonly ImmutableArray<ImmutableArray<SelectionTerm>> _exclude;

    private Selection(ImmutableArray<ImmutableArray<SelectionTerm>> select, ImmutableArray<ImmutableArray<SelectionTerm>> exclude, Role? role)
    {
        _select = select;
        _exclude = exclude;
        Role = role;
    }

    /// <summary>Everything.</summary>
    public static Selection All { get; } = new([], [], null);

    /// <summary>The role asked for, or null for any.</summary>
    public Role? Role { get; }

    /// <summary>Reads the options. False when one is malformed; <paramref name="error"/> then says what would have been right.</summary>
    public static bool TryParse(IEnumerable<string> select, IEnumerable<string> exclude, string? role, out Selection selection, out string error)
    {
        selection = All;
        if (!TryParseOptions("--select", select, out var selects, out error) || !TryParseOptions("--exclude", exclude, out var excludes, out error))
        {
            return false;
        }

        Role? parsedRole = role?.Trim().ToUpperInvariant() switch
        {
            "INITIATOR" => Judgement.Role.Initiator,
            "RESPONDER" => Judgement.Role.Responder,
            _ => null,
        };
        if (role is not null && parsedRole is null)
        {
            error = $"--role '{role}': a role is initiator or responder";
            return false;
        }

        selection = new Selection(selects, excludes, parsedRole);
        return true;
    }

    /// <summary>Whether a scenario is selected. A scenario that judges no role is not selected when a role was asked for.</summary>
    public bool Matches(ScenarioTags tags, string feature, string name)
    {
        ArgumentNullException.ThrowIfNull(tags);
        bool Any(ImmutableArray<SelectionTerm> terms) => terms.Any(term => term.Matches(tags, feature, name));

        return (Role is null || tags.Role == Role) && _select.All(Any) && !_exclude.Any(Any);
    }

    /// <summary>Whether the scenario of an outcome is selected, by what its record says of it.</summary>
    public bool Matches(ScenarioRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        // Tags of another version of the suite may lack what is demanded today; what can be read of them is enough to choose by.
        _ = ScenarioTags.TryParse(record.Tags, out var tags, out _);
        return Matches(tags with { Id = record.Id }, record.Feature, record.Name);
    }

    private static bool TryParseOptions(
        string option, IEnumerable<string> values, out ImmutableArray<ImmutableArray<SelectionTerm>> parsed, out string error)
    {
        ArgumentNullException.ThrowIfNull(values);
        parsed = [];
        error = "";
        var options = ImmutableArray.CreateBuilder<ImmutableArray<SelectionTerm>>();
        foreach (var value in values)
        {
            var terms = ImmutableArray.CreateBuilder<SelectionTerm>();
            var texts = value.Split(',', StringSplitOptions.TrimEntries);
            foreach (var text in texts)
            {
                if (!SelectionTerm.TryParse(text, out var term, out var problem))
                {
                    error = $"{option} '{value}': {problem}{Suggestion(option, texts)}";
                    return false;
                }

                terms.Add(term);
            }

            options.Add(terms.ToImmutable());
        }

        parsed = options.ToImmutable();
        return true;
    }

    private static string Suggestion(string option, string[] texts)
    {
        var good = texts.Where(text => SelectionTerm.TryParse(text, out _, out _)).ToArray();
        return good.Length == 0
            ? $"; write for example {option} IKE1-MM-001, {option} RFC2409-5.4 or {option} @must,@should"
            : $"; write {option} '{string.Join(',', good)}'";
    }
}
