// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Ike.V1.Protection;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.MainMode;

/// <summary>Where a main mode exchange stands (RFC 2409 section 5.4). Each state says what it expects next.</summary>
internal abstract record MainModeState
{
    /// <summary>The row of the transition table that the next message must fit; null when none is expected.</summary>
    public abstract Transition? Expected { get; }

    public sealed record ExpectOffer : MainModeState
    {
        public override Transition Expected => Transitions.Offer;
    }

    public sealed record ExpectOfferAnswer(SaPayload Offer) : MainModeState
    {
        public override Transition Expected => Transitions.OfferAnswer;
    }

    public sealed record ExpectKeyExchange(Phase1Suite Suite, ReadOnlyMemory<byte> SaBody) : MainModeState
    {
        public override Transition Expected => Transitions.KeyExchange;
    }

    public sealed record ExpectKeyExchangeAnswer(
        Phase1Suite Suite,
        ReadOnlyMemory<byte> SaBody,
        IKeyExchange KeyExchange,
        ReadOnlyMemory<byte> NonceI) : MainModeState
    {
        public override Transition Expected => Transitions.KeyExchangeAnswer;
    }

    public sealed record ExpectAuthentication(Phase1Security Security, Phase1Material Material) : MainModeState
    {
        public override Transition Expected => Transitions.Authentication;
    }

    public sealed record ExpectAuthenticationAnswer(Phase1Security Security, Phase1Material Material) : MainModeState
    {
        public override Transition Expected => Transitions.AuthenticationAnswer;
    }

    public sealed record Established(Phase1Security Security) : MainModeState
    {
        public override Transition? Expected => null;
    }

    public sealed record Closed : MainModeState
    {
        public override Transition? Expected => null;
    }

    /// <summary>Our Diffie-Hellman half, while it waits for the peer's.</summary>
    public IKeyExchange? PendingKeyExchange => (this as ExpectKeyExchangeAnswer)?.KeyExchange;

    /// <summary>Keys of the IKE SA, once there are any.</summary>
    public Phase1Security? SecurityOrNull => this switch
    {
        ExpectAuthentication s => s.Security,
        ExpectAuthenticationAnswer s => s.Security,
        Established s => s.Security,
        _ => null,
    };
}
