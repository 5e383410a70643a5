// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Policy;

namespace Ipsec.Ike.V1.QuickMode;

/// <summary>Where a quick mode exchange stands (RFC 2409 section 5.5).</summary>
internal abstract record QuickModeState
{
    public abstract Transition? Expected { get; }

    /// <summary>Our Diffie-Hellman half, while it waits for the peer's.</summary>
    public IKeyExchange? PendingKeyExchange => (this as ExpectAnswer)?.KeyExchange;

    public sealed record ExpectOffer : QuickModeState
    {
        public override Transition Expected => Transitions.QuickModeOffer;
    }

    public sealed record ExpectAnswer(ChildPolicy Child, uint InboundSpi, ReadOnlyMemory<byte> NonceI, IKeyExchange? KeyExchange) : QuickModeState
    {
        public override Transition Expected => Transitions.QuickModeAnswer;
    }

    public sealed record ExpectProof(ChildSaPair Pair, ReadOnlyMemory<byte> NonceI, ReadOnlyMemory<byte> NonceR) : QuickModeState
    {
        public override Transition Expected => Transitions.QuickModeProof;
    }

    /// <summary>Nothing more is expected; kept so that late duplicates are recognised.</summary>
    public sealed record Finished : QuickModeState
    {
        public override Transition? Expected => null;
    }
}
