// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Negotiation;

/// <summary>What an initiator offers in quick mode, and which answers fit it (RFC 2408 section 4.2, RFC 2409 section 5.5).</summary>
internal sealed class Phase2Offer
{
    private const int MostTransforms = 255;

    private readonly ImmutableArray<Phase2Suite> _suites;
    private readonly EncapsulationMode _mode;
    private readonly SaLife _life;
    private readonly ushort? _group;

    private Phase2Offer(ImmutableArray<Phase2Suite> suites, EncapsulationMode mode, SaLife life, ushort? group, InboundSpis spis, ProposalLayout layout)
    {
        (_suites, _mode, _life, _group) = (suites, mode, life, group);
        Payload = new(Phase1Negotiation.IpsecDoi, Phase1Negotiation.SituationIdentityOnly, Proposals(spis, layout));
    }

    /// <summary>The SA payload.</summary>
    public SaPayload Payload { get; }

    /// <summary>Offers suites in their order. The group is in every transform of every proposal (RFC 2409 section 5.5).</summary>
    public static Phase2Offer Make(ChildPolicy child, ImmutableArray<Phase2Suite> suites, KeyExchangeMethod? group, EncapsulationMode mode, InboundSpis spis) =>
        new(suites, mode, SaLife.Of(child), group?.Id, spis, child.Layout);

    /// <summary>
    /// The initiator's check that the answer is one protection suite of its own offer with one transform a protocol, no
    /// attribute changed, added or left out (RFC 2408 section 4.2, RFC 2409 section 5). Numbers of proposals and transforms
    /// should come back, but need not.
    /// </summary>
    /// <returns>Null when it is not.</returns>
    public Phase2Agreement? Match(SaPayload answer)
    {
        var proposals = answer.Proposals;
        if (proposals.Select(p => p.Number).Distinct().Count() != 1 || proposals.Any(p => p.Transforms.Length != 1))
        {
            return null;
        }

        return _suites.Select(suite => Match(suite, proposals)).FirstOrDefault(agreement => agreement is not null);
    }

    private Phase2Agreement? Match(Phase2Suite suite, ImmutableArray<Proposal> answer)
    {
        var sas = ImmutableArray.CreateBuilder<AgreedSa>();
        foreach (var protocol in suite.Protocols)
        {
            if (answer.Where(p => p.ProtocolId == (ProtocolId)protocol).ToArray() is not [var proposal]
                || proposal.Transforms[0].TransformId != Phase2Encoding.TransformId(suite, protocol)
                || !TransformValues.AreSame(Attributes(suite, protocol), proposal.Transforms[0].Attributes, (ushort)Phase2Attribute.SaLifeDuration)
                || !Phase2Spi.TryRead(proposal.Spi.Span, out var spi))
            {
                return null;
            }

            sas.Add(new(protocol, spi, _life));
        }

        return sas.Count == answer.Length ? new(suite, _mode, sas.ToImmutable()) : null;
    }

    private ImmutableArray<DataAttribute> Attributes(Phase2Suite suite, IpsecProtocol protocol) =>
        Phase2Encoding.Attributes(suite, protocol, _life, _group, _mode);

    private ImmutableArray<Proposal> Proposals(InboundSpis spis, ProposalLayout layout)
    {
        var proposals = new List<Proposal>();
        foreach (var suite in _suites)
        {
            if (layout == ProposalLayout.Transforms && TryExtend(proposals, suite))
            {
                continue;
            }

            // Proposals of one number are a bundle, those of the next an alternative (RFC 2408 section 4.2).
            var number = (byte)(proposals.Count == 0 ? 1 : proposals[^1].Number + 1);
            proposals.AddRange(suite.Protocols.Select(protocol => new Proposal(
                number, (ProtocolId)protocol, Phase2Spi.Write(spis[protocol]), [Transform(1, suite, protocol)])));
        }

        return [.. proposals];
    }

    /// <summary>Adds a suite of one protocol as a transform to a last proposal that is of that protocol and no bundle.</summary>
    private bool TryExtend(List<Proposal> proposals, Phase2Suite suite)
    {
        if (proposals is not [.., var last]
            || suite.Protocols is not [var protocol]
            || last.ProtocolId != (ProtocolId)protocol
            || proposals.Count(p => p.Number == last.Number) != 1
            || last.Transforms.Length == MostTransforms)
        {
            return false;
        }

        proposals[^1] = last with { Transforms = last.Transforms.Add(Transform(last.Transforms.Length + 1, suite, protocol)) };
        return true;
    }

    private Transform Transform(int number, Phase2Suite suite, IpsecProtocol protocol) =>
        new((byte)number, Phase2Encoding.TransformId(suite, protocol), Attributes(suite, protocol));
}
