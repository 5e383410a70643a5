// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Goes through the transforms of observed SA payloads.</summary>
internal static class SaPayloads
{
    /// <summary>Judges every transform.</summary>
    /// <param name="messages">The messages; those without an SA payload are passed over.</param>
    /// <param name="legal">What the clause allows.</param>
    /// <param name="wrong">What is wrong with a transform; null for nothing.</param>
    /// <returns>The first finding; a message that cannot be read is one, and so is it when there was no transform.</returns>
    public static Finding? Each(IReadOnlyList<ObservedIke> messages, string legal, Func<Proposal, Transform, string?> wrong)
    {
        if (messages.FirstOrDefault(message => message.Message is null) is { } unreadable)
        {
            return Finding.Unreadable(unreadable);
        }

        var judged = 0;
        foreach (var (message, proposal, transform) in Transforms(messages))
        {
            judged++;
            if (wrong(proposal, transform) is { } came)
            {
                return new(legal, $"frame {message.Number}: proposal {proposal.Number}, transform {transform.Number}: {came}");
            }
        }

        return judged == 0 ? Finding.Nothing("transforms to judge") : null;
    }

    private static IEnumerable<(ObservedIke Message, Proposal Proposal, Transform Transform)> Transforms(IEnumerable<ObservedIke> messages) =>
        from message in messages
        from sa in message.Message!.All<SaPayload>()
        from proposal in sa.Proposals
        from transform in proposal.Transforms
        select (message, proposal, transform);
}
