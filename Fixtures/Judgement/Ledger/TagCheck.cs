// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>Refuses tags that are missing, contradict each other, or name what is not there: a scenario's name must not lie about it.</summary>
public static class TagCheck
{
    /// <summary>The protocol that the first part of an id claims.</summary>
    private static readonly (string IdPart, string Protocol)[] IdProtocols =
        [("IKE1", "ikev1"), ("IKE2", "ikev2"), ("ESP", "esp"), ("AH", "ah")];

    /// <summary>Modes that only one version of IKE has.</summary>
    private static readonly (string Mode, string Protocol)[] ModeProtocols =
        [("main-mode", "ikev1"), ("aggressive-mode", "ikev1"), ("quick-mode", "ikev1")];

    /// <summary>Checks all scenarios at once. Empty when everything holds.</summary>
    public static IReadOnlyList<TagProblem> Check(IEnumerable<ScenarioListing> scenarios, ClauseLedger ledger)
    {
        ArgumentNullException.ThrowIfNull(scenarios);
        ArgumentNullException.ThrowIfNull(ledger);
        var problems = new List<TagProblem>();
        var owners = new Dictionary<string, ScenarioListing>(StringComparer.OrdinalIgnoreCase);
        foreach (var scenario in scenarios)
        {
            void Add(string problem) => problems.Add(new TagProblem(scenario.Feature, scenario.Name, problem));

            _ = ScenarioTags.TryParse(scenario.Tags, out var tags, out var found);
            foreach (var problem in found)
            {
                Add(problem);
            }

            // The rows of a scenario outline share title and id.
            if (tags.Id.Length > 0 && !owners.TryAdd(tags.Id, scenario)
                && (owners[tags.Id].Feature, owners[tags.Id].Name) != (scenario.Feature, scenario.Name))
            {
                Add($"id {tags.Id} belongs to '{owners[tags.Id].Feature} / {owners[tags.Id].Name}': ids are never used twice");
            }

            foreach (var problem in ProtocolProblems(tags).Concat(ClauseProblems(tags, ledger)))
            {
                Add(problem);
            }
        }

        return problems;
    }

    private static IEnumerable<string> ProtocolProblems(ScenarioTags tags)
    {
        var idPart = tags.Id.Split('-')[0];
        foreach (var (part, protocol) in IdProtocols)
        {
            if (string.Equals(idPart, part, StringComparison.OrdinalIgnoreCase) && !tags.Protocols.Contains(protocol))
            {
                yield return $"id {tags.Id} claims @{protocol}, which is not among the tags";
            }
        }

        foreach (var (mode, protocol) in ModeProtocols)
        {
            if (tags.Has(mode) && !tags.Protocols.Contains(protocol))
            {
                yield return $"@{mode} exists in @{protocol} only, which is not among the tags";
            }
        }
    }

    private static IEnumerable<string> ClauseProblems(ScenarioTags tags, ClauseLedger ledger)
    {
        var clauses = new List<Clause>();
        foreach (var id in tags.Clauses)
        {
            if (ledger.TryFind(id, out var clause))
            {
                clauses.Add(clause);
            }
            else
            {
                yield return $"clause {id} is not in the ledger";
            }
        }

        if (clauses.Count == 0 || clauses.Count < tags.Clauses.Length)
        {
            yield break;
        }

        var strongest = clauses.Min(clause => clause.Level);
        if (tags.Level < strongest)
        {
            var text = clauses.First(clause => clause.Level == strongest).LevelText;
            yield return $"@{tags.Level.ToText()} is stronger than every clause named: the strongest is {text}";
        }

        var others = tags.Role switch
        {
            Role.Initiator => "responder",
            Role.Responder => "initiator",
            _ => null,
        };
        if (clauses.All(clause => clause.Role == others))
        {
            yield return $"@{tags.Role.ToText()} is judged, but every clause named binds the {others} alone";
        }
    }
}
