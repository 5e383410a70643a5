// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.IO.Enumeration;

namespace Ipsec.Fixtures.Judgement;

/// <summary>One term of a selection.</summary>
internal sealed class SelectionTerm
{
    private readonly string _pattern;
    private readonly bool _isTag;

    private SelectionTerm(string pattern, bool isTag)
    {
        _pattern = pattern;
        _isTag = isTag;
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out SelectionTerm? term, out string problem)
    {
        term = null;
        problem = "";
        if (text.Length == 0)
        {
            problem = "an empty term, perhaps from a stray comma";
            return false;
        }

        if (text.TrimStart('@').Length == 0)
        {
            problem = $"'{text}' names no tag";
            return false;
        }

        if (text.StartsWith("@@", StringComparison.Ordinal))
        {
            problem = $"'{text}' has more than one @";
            return false;
        }

        term = text[0] == '@' ? new SelectionTerm(text[1..], isTag: true) : new SelectionTerm(text, isTag: false);
        return true;
    }

    public bool Matches(ScenarioTags tags, string feature, string name) => _isTag
        ? tags.Tags.Any(IsWhole)
        : IsLeadingPart(tags.Id) || tags.Clauses.Any(IsLeadingPart) || IsWhole(feature) || IsWhole(name);

    /// <summary>The whole text, with <c>*</c> for any characters.</summary>
    private bool IsWhole(string text) => FileSystemName.MatchesSimpleExpression(_pattern, text);

    /// <summary>
    /// The whole id, or a part of it that ends where a section or number ends: RFC2409-5.4 selects RFC2409-5.4-01,
    /// and RFC2408-5.1 does not select RFC2408-5.15-01.
    /// </summary>
    private bool IsLeadingPart(string id) =>
        IsWhole(id)
        || (id.Length > _pattern.Length && id[_pattern.Length] is '-' or '.' && id.StartsWith(_pattern, StringComparison.OrdinalIgnoreCase));
}
