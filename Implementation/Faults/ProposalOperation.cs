// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.V1;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Faults;

/// <summary>Something done to the first proposal of an SA payload that changes sizes: lengths and counts are made right afterwards.</summary>
public abstract record ProposalOperation : PayloadOperation
{
    /// <inheritdoc/>
    public override ImmutableArray<Payload>? Apply(ImmutableArray<Payload> payloads, int at)
    {
        return payloads[at] is SaPayload { Proposals: [var proposal, ..] } sa
            ? payloads.SetItem(at, sa with { Proposals = [.. Bend(proposal), .. sa.Proposals.RemoveAt(0)] })
            : null;
    }

    /// <summary>What stands in the proposal's place.</summary>
    /// <param name="proposal">The proposal.</param>
    /// <returns>Any number of proposals.</returns>
    protected abstract ImmutableArray<Proposal> Bend(Proposal proposal);

    /// <summary>The SPI is another one, of any size.</summary>
    /// <param name="Spi">The SPI.</param>
    public sealed record SetSpi(ImmutableArray<byte> Spi) : ProposalOperation
    {
        /// <inheritdoc/>
        protected override ImmutableArray<Proposal> Bend(Proposal proposal) => [proposal with { Spi = Spi.ToArray() }];
    }

    /// <summary>There is no proposal.</summary>
    public sealed record RemoveProposal : ProposalOperation
    {
        /// <inheritdoc/>
        protected override ImmutableArray<Proposal> Bend(Proposal proposal) => [];
    }

    /// <summary>The proposal is there twice, the second time with the next number.</summary>
    public sealed record RepeatProposal : ProposalOperation
    {
        /// <inheritdoc/>
        protected override ImmutableArray<Proposal> Bend(Proposal proposal) => [proposal, proposal with { Number = (byte)(proposal.Number + 1) }];
    }

    /// <summary>The proposal has no transform.</summary>
    public sealed record RemoveTransforms : ProposalOperation
    {
        /// <inheritdoc/>
        protected override ImmutableArray<Proposal> Bend(Proposal proposal) => [proposal with { Transforms = [] }];
    }

    /// <summary>The first transform is there twice, the second time with the next number.</summary>
    public sealed record RepeatTransform : ProposalOperation
    {
        /// <inheritdoc/>
        protected override ImmutableArray<Proposal> Bend(Proposal proposal) =>
            [proposal with { Transforms = proposal.Transforms.Insert(1, proposal.Transforms[0] with { Number = (byte)(proposal.Transforms[0].Number + 1) }) }];
    }

    /// <summary>A copy of the first transform under another transform ID stands before it, numbered lower.</summary>
    /// <param name="TransformId">The transform ID.</param>
    public sealed record PrecedeTransform(byte TransformId) : ProposalOperation
    {
        /// <inheritdoc/>
        protected override ImmutableArray<Proposal> Bend(Proposal proposal) =>
        [
            proposal with
            {
                Transforms =
                [
                    proposal.Transforms[0] with { TransformId = TransformId },
                    .. proposal.Transforms.Select(transform => transform with { Number = (byte)(transform.Number + 1) }),
                ],
            },
        ];
    }

    /// <summary>An attribute of the first transform is replaced where it stands; a transform that lacks it gets it at its end.</summary>
    /// <param name="Attribute">The attribute, which replaces that of its type.</param>
    public sealed record SetAttribute(DataAttribute Attribute) : AttributeOperation
    {
        /// <inheritdoc/>
        protected override ImmutableArray<DataAttribute> Bend(ImmutableArray<DataAttribute> attributes)
        {
            var at = attributes.TakeWhile(attribute => attribute.Type != Attribute.Type).Count();
            return at < attributes.Length ? attributes.SetItem(at, Attribute) : attributes.Add(Attribute);
        }
    }

    /// <summary>An attribute of the first transform is encoded as type, length and value instead of type and value.</summary>
    /// <param name="Type">Attribute type.</param>
    public sealed record EncodeLong(ushort Type) : AttributeOperation
    {
        /// <inheritdoc/>
        protected override ImmutableArray<DataAttribute> Bend(ImmutableArray<DataAttribute> attributes) =>
            [.. attributes.Select(attribute => attribute.Type == Type ? DataAttribute.Variable(Type, attribute.Value) : attribute)];
    }

    /// <summary>An attribute more at the end of the first transform.</summary>
    /// <param name="Attribute">The attribute.</param>
    public sealed record AddAttribute(DataAttribute Attribute) : AttributeOperation
    {
        /// <inheritdoc/>
        protected override ImmutableArray<DataAttribute> Bend(ImmutableArray<DataAttribute> attributes) => attributes.Add(Attribute);
    }

    /// <summary>The first transform lacks an attribute.</summary>
    /// <param name="Type">Attribute type.</param>
    public sealed record RemoveAttribute(ushort Type) : AttributeOperation
    {
        /// <inheritdoc/>
        protected override ImmutableArray<DataAttribute> Bend(ImmutableArray<DataAttribute> attributes) => attributes.RemoveAll(attribute => attribute.Type == Type);
    }

    /// <summary>Something done to the attributes of the first transform.</summary>
    public abstract record AttributeOperation : ProposalOperation
    {
        /// <inheritdoc/>
        protected override ImmutableArray<Proposal> Bend(Proposal proposal) =>
            [proposal with { Transforms = proposal.Transforms.SetItem(0, proposal.Transforms[0] with { Attributes = Bend(proposal.Transforms[0].Attributes) }) }];

        /// <summary>The attributes as they will be.</summary>
        /// <param name="attributes">As they are.</param>
        /// <returns>The attributes.</returns>
        protected abstract ImmutableArray<DataAttribute> Bend(ImmutableArray<DataAttribute> attributes);
    }
}
