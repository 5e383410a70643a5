// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Negotiation;

/// <summary>The responder's choice (RFC 2408 section 4.2, RFC 2409 section 5.5).</summary>
internal static class Phase2Choice
{
    /// <summary>
    /// The first offered protection suite, in the initiator's order, that a child allows: one transform a protocol,
    /// unchanged, with our SPIs. Suites with a protocol that we do not speak are passed over whole.
    /// </summary>
    public static Phase2Chosen? Choose(SaPayload offer, IReadOnlyList<Phase2Candidate> candidates, InboundSpis spis)
    {
        foreach (var suite in offer.Proposals.GroupBy(p => p.Number).Select(group => group.ToArray()))
        {
            if (suite.Select(p => p.ProtocolId).Distinct().Count() != suite.Length
                || suite.Any(p => !Enum.IsDefined((IpsecProtocol)p.ProtocolId) || !Phase2Spi.TryRead(p.Spi.Span, out _)))
            {
                continue;
            }

            var readable = suite.Select(p => Read(p)).ToArray();
            foreach (var combination in Combinations(readable))
            {
                if (candidates.Select(candidate => Accept(combination, candidate)).FirstOrDefault(a => a is not null) is { } accepted)
                {
                    return Answer(offer, accepted.Child, accepted.Agreement, combination, spis);
                }
            }
        }

        return null;
    }

    private static Part[] Read(Proposal proposal)
    {
        var protocol = (IpsecProtocol)proposal.ProtocolId;
        return [.. proposal.Transforms.Select(t => OfferedTransform.Read(protocol, t)).OfType<OfferedTransform>().Select(t => new Part(proposal, protocol, t))];
    }

    private static IEnumerable<Part[]> Combinations(Part[][] proposals) => proposals switch
    {
        [var only] => only.Select(part => new[] { part }),
        [var first, var second] => first.SelectMany(a => second.Select(b => new[] { a, b })),
        _ => [],
    };

    private static (ChildPolicy Child, Phase2Agreement Agreement)? Accept(Part[] parts, Phase2Candidate candidate)
    {
        var first = parts[0].Transform;
        if (parts.Any(p => p.Transform.Group != candidate.Group || p.Transform.Mode != first.Mode || p.Transform.UseEsn != first.UseEsn))
        {
            return null;
        }

        // An offer without a mode leaves it to the host (RFC 2407 section 4.5).
        var mode = first.Mode ?? candidate.Modes[0];
        var suite = Suite(parts);
        var own = SaLife.Of(candidate.Child);
        if (suite is null
            || !candidate.Modes.Contains(mode)
            || !candidate.Suites.Contains(suite)
            || (candidate.Child.LongerLifetime == LongerLifetime.Refuse && parts.Any(p => p.Transform.Life.Exceeds(own))))
        {
            return null;
        }

        var sas = suite.Protocols.Select(protocol =>
        {
            var part = parts.Single(p => p.Protocol == protocol);
            Phase2Spi.TryRead(part.Proposal.Spi.Span, out var spi);
            return new AgreedSa(protocol, spi, part.Transform.Life.Shorter(own));
        });
        return (candidate.Child, new(suite, mode, [.. sas]));
    }

    private static Phase2Suite? Suite(Part[] parts)
    {
        var ah = parts.FirstOrDefault(p => p.Protocol == IpsecProtocol.Ah)?.Transform.Integrity;
        var esp = parts.FirstOrDefault(p => p.Protocol == IpsecProtocol.Esp)?.Transform;
        if (esp?.Encryption is not { } encryption)
        {
            return ah is null ? null : Phase2Suite.Ah(ah) with { UseEsn = parts[0].Transform.UseEsn };
        }

        var suite = esp.Integrity is null && !encryption.IsAead
            ? Phase2Suite.EspWithoutIntegrity(encryption)
            : new Phase2Suite(encryption, esp.Integrity);
        return (ah is null ? suite : Phase2Suite.AhAndEsp(ah, suite)) with { UseEsn = esp.UseEsn };
    }

    private static Phase2Chosen Answer(SaPayload offer, ChildPolicy child, Phase2Agreement agreement, Part[] parts, InboundSpis spis)
    {
        var proposals = parts.Select(part => new Proposal(
            part.Proposal.Number,
            part.Proposal.ProtocolId,
            Phase2Spi.Write(spis[part.Protocol]),
            [new Transform(part.Transform.Transform.Number, part.Transform.Transform.TransformId, part.Transform.Transform.Attributes)]));
        var own = SaLife.Of(child);
        var notices = child.LongerLifetime != LongerLifetime.Notify
            ? []
            : parts.Where(p => p.Transform.Life.Exceeds(own))
                .Select(p => ResponderLifetime.Of(p.Protocol, spis[p.Protocol], p.Transform.Life.Shorter(own)));
        return new(child, new SaPayload(offer.Doi, offer.Situation, [.. proposals]), agreement, [.. notices]);
    }

    private sealed record Part(Proposal Proposal, IpsecProtocol Protocol, OfferedTransform Transform);
}
