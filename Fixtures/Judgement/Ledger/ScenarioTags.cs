// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Judgement;

/// <summary>What a scenario's tags say of it. Tags stand without their leading <c>@</c>.</summary>
public sealed record ScenarioTags
{
    private const string IdPrefix = "id:";
    private const string ClausePrefix = "clause:";
    private const string JudgesPrefix = "judges:";

    private static readonly ImmutableArray<string> ProtocolTags = ["ikev1", "ikev2", "esp", "ah"];
    private static readonly ImmutableArray<string> JudgesValues = ["peer", "self", "both"];

    /// <summary>The permanent id, for example <c>IKE1-MM-003</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The ids of the clauses that the scenario judges, in tag order.</summary>
    public required ImmutableArray<string> Clauses { get; init; }

    /// <summary>How strongly they bind.</summary>
    public required Level Level { get; init; }

    /// <summary>The judged side's role.</summary>
    public required Role Role { get; init; }

    /// <summary>Who is judged: <c>peer</c>, <c>self</c> or <c>both</c>.</summary>
    public required string Judges { get; init; }

    /// <summary>The protocols: of <c>ikev1</c>, <c>ikev2</c>, <c>esp</c> and <c>ah</c>.</summary>
    public required ImmutableArray<string> Protocols { get; init; }

    /// <summary>All tags, each once, in the order given.</summary>
    public required ImmutableArray<string> Tags { get; init; }

    /// <summary>Whether a tag is there, whatever its case.</summary>
    public bool Has(string tag) => Tags.Contains(tag, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Reads tags. False when a mandatory tag is missing or two contradict each other; <paramref name="tags"/> then holds what could be read.
    /// </summary>
    /// <param name="source">The tags; a leading <c>@</c> is dropped.</param>
    /// <param name="tags">What they say.</param>
    /// <param name="problems">What is wrong, a sentence each; empty when true is returned.</param>
    public static bool TryParse(IEnumerable<string> source, out ScenarioTags tags, out IReadOnlyList<string> problems)
    {
        ArgumentNullException.ThrowIfNull(source);
        var all = source.Select(tag => tag.Trim().TrimStart('@')).Distinct(StringComparer.Ordinal).ToImmutableArray();
        var found = new List<string>();
        var ids = Values(all, IdPrefix, found);
        var clauses = Values(all, ClausePrefix, found);
        var judges = Values(all, JudgesPrefix, found);
        var levels = all.Select(LevelOf).OfType<Level>().ToArray();
        var roles = all.Select(RoleOf).OfType<Role>().ToArray();
        var protocols = all.Where(tag => ProtocolTags.Contains(tag)).ToImmutableArray();

        One(ids.Length, "id", "@id:IKE1-MM-001", found);
        if (clauses.IsEmpty)
        {
            found.Add("no clause: add one such as @clause:RFC2409-5.4-01");
        }

        One(levels.Length, "level", "one of @must, @should and @may", found);
        One(judges.Length, "judges", "one of @judges:peer, @judges:self and @judges:both", found);
        found.AddRange(judges.Where(value => !JudgesValues.Contains(value))
            .Select(value => $"@judges:{value} is not one of @judges:peer, @judges:self and @judges:both"));
        if (protocols.IsEmpty)
        {
            found.Add("no protocol: add one or more of @ikev1, @ikev2, @esp and @ah");
        }

        if (roles.Length > 1)
        {
            found.Add("@initiator and @responder contradict each other: the judged side has one role");
        }

        tags = new ScenarioTags
        {
            Id = ids.FirstOrDefault(""),
            Clauses = clauses,
            Level = levels.FirstOrDefault(),
            Role = roles.FirstOrDefault(),
            Judges = judges.FirstOrDefault(""),
            Protocols = protocols,
            Tags = all,
        };
        problems = found;
        return found.Count == 0;
    }

    private static Level? LevelOf(string tag) => tag switch
    {
        "must" => Judgement.Level.Must,
        "should" => Judgement.Level.Should,
        "may" => Judgement.Level.May,
        _ => null,
    };

    private static Role? RoleOf(string tag) => tag switch
    {
        "initiator" => Judgement.Role.Initiator,
        "responder" => Judgement.Role.Responder,
        _ => null,
    };

    private static ImmutableArray<string> Values(ImmutableArray<string> tags, string prefix, List<string> problems)
    {
        var values = tags.Where(tag => tag.StartsWith(prefix, StringComparison.Ordinal)).Select(tag => tag[prefix.Length..]).ToImmutableArray();
        if (values.Contains(""))
        {
            problems.Add($"@{prefix} has no value");
        }

        return values.Remove("");
    }

    private static void One(int count, string what, string example, List<string> problems)
    {
        if (count == 0)
        {
            problems.Add($"no {what}: add {example}");
        }
        else if (count > 1)
        {
            problems.Add($"{count} {what} tags: a scenario has one");
        }
    }
}
