// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>What SA payloads say, and how: the same suite with its attributes in another order is a difference of layout only.</summary>
internal static class ProposalComparison
{
    private const string SaPayload = "SA";

    public static IEnumerable<Difference> Compare(IkeConversation a, IkeConversation b)
    {
        foreach (var (one, other) in IkeConversation.Common(a, b))
        {
            if (Transforms(one) is not { Length: > 0 } inA || Transforms(other) is not { Length: > 0 } inB)
            {
                continue;
            }

            var (offerA, offerB) = (Text(inA), Text(inB));
            if (offerA != offerB)
            {
                var role = one.Place.Ordinal == 1 ? "offered" : "chosen";
                yield return new(DifferenceKind.Proposals, $"{role} in {one.Place}", Sighting.Of(offerA, [one]), Sighting.Of(offerB, [other]));
            }

            var (orderA, orderB) = (Order(inA[0]), Order(inB[0]));
            if (orderA != orderB && inA[0].Attributes.Order(StringComparer.Ordinal).SequenceEqual(inB[0].Attributes.Order(StringComparer.Ordinal)))
            {
                yield return new(DifferenceKind.Proposals, $"order of attributes in {one.Place}", Sighting.Of(orderA, [one]), Sighting.Of(orderB, [other]));
            }
        }
    }

    private static TraceTransform[] Transforms(PeerMessage message) =>
        [.. (message.Ike.Payloads ?? []).Where(payload => payload.Type == SaPayload).SelectMany(payload => payload.Transforms)];

    private static string Text(TraceTransform[] transforms) => string.Join(
        "; ", transforms.Select(transform => $"{transform.Name}: {string.Join(", ", transform.Attributes.Order(StringComparer.Ordinal))}"));

    private static string Order(TraceTransform transform) => string.Join(", ", transform.Attributes.Select(attribute => attribute.Split('=')[0]));
}
