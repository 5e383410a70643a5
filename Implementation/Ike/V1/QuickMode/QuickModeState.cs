// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Ike.V1.Policy;

namespace Ipsec.Ike.V1.QuickMode;

/// <summary>Where a quick mode exchange stands (RFC 2409 section 5.5).</summary>
internal abstract record QuickModeState
{
    public abstract Transition? Expected { get; }

    /// <summary>Our Diffie-Hellman half, while it waits for the peer's.</summary>
    public IKeyExchange? PendingKeyExchange => (this as ExpectAnswer)?.KeyExchange;

    /// <summary>Pairs on which we receive already, though they are not complete.</summary>
    public virtual ImmutableArray<ChildSaPair> Prepared => [];

    public sealed record ExpectOffer : QuickModeState
    {
        public override Transition Expected => Transitions.QuickModeOffer;
    }

    public sealed record ExpectAnswer(
        ChildPolicy Child,
        Phase2Offer Offer,
        InboundSpis Spis,
        ReadOnlyMemory<byte> NonceI,
        IKeyExchange? KeyExchange) : QuickModeState
    {
        public override Transition Expected => Transitions.QuickModeAnswer;
    }

    public sealed record ExpectProof(ImmutableArray<ChildSaPair> Pairs, ReadOnlyMemory<byte> NonceI, ReadOnlyMemory<byte> NonceR) : QuickModeState
    {
        public override Transition Expected => Transitions.QuickModeProof;

        public override ImmutableArray<ChildSaPair> Prepared => Pairs;
    }

    /// <summary>All is agreed, but the peer has set the commit bit: nothing is sent before its CONNECTED (RFC 2408 section 3.1).</summary>
    public sealed record ExpectConnected(ImmutableArray<ChildSaPair> Pairs) : QuickModeState
    {
        public override Transition Expected => Transitions.QuickModeConnected;

        public override ImmutableArray<ChildSaPair> Prepared => Pairs;
    }

    /// <summary>Nothing more is expected; kept so that late duplicates are recognised.</summary>
    public sealed record Finished : QuickModeState
    {
        public override Transition? Expected => null;
    }
}
