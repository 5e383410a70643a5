// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges the numbers of proposals and transforms in an answer (RFC 2408 section 4.2).</summary>
public static class ProposalNumberOracle
{
    /// <summary>The chosen proposal and the chosen transform have the numbers under which they were offered.</summary>
    /// <param name="offer">Message 1.</param>
    /// <param name="answer">Message 2.</param>
    /// <returns>Null when they have.</returns>
    public static Finding? Retained(ObservedIke offer, ObservedIke answer)
    {
        if (offer.Message is null || answer.Message is null)
        {
            return Finding.Unreadable(offer.Message is null ? offer : answer);
        }

        var offered = Entries(offer.Message).ToArray();
        var chosen = Entries(answer.Message).ToArray();
        if (chosen is not [var one])
        {
            return new("one transform of one proposal", $"frame {answer.Number}: {chosen.Length} transforms");
        }

        var meant = offered.Where(entry => entry.Protocol == one.Protocol && entry.Content == one.Content).ToArray();
        return meant.Any(entry => (entry.Proposal, entry.Transform) == (one.Proposal, one.Transform))
            ? null
            : new(
                meant.Length == 0 ? "a transform of the offer" : string.Join(" or ", meant.Select(entry => $"proposal {entry.Proposal}, transform {entry.Transform}")),
                $"frame {answer.Number}: proposal {one.Proposal}, transform {one.Transform}");
    }

    private static IEnumerable<(ProtocolId Protocol, byte Proposal, byte Transform, string Content)> Entries(IsakmpMessage message) =>
        from sa in message.All<SaPayload>()
        from proposal in sa.Proposals
        from transform in proposal.Transforms
        select (proposal.ProtocolId, proposal.Number, transform.Number, Content(transform));

    private static string Content(Transform transform) =>
        $"{transform.TransformId}: {string.Join(' ', transform.Attributes.OrderBy(attribute => attribute.Type).Select(attribute => attribute.ToString()))}";
}
