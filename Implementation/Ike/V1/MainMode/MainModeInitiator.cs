// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.V1.Authentication;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Ike.V1.Phase1;
using Ipsec.Ike.V1.Protection;
using Ipsec.Wire.V1;
using static Ipsec.Ike.V1.MainMode.MainModeState;

namespace Ipsec.Ike.V1.MainMode;

/// <summary>The initiator's half of main mode (RFC 2409 sections 5.1 to 5.4): pure functions of state and message.</summary>
internal static class MainModeInitiator
{
    /// <summary>Message 1: all suites of the policy as transforms of one proposal.</summary>
    public static Phase1Step Start(Phase1Context context)
    {
        var offer = Phase1Negotiation.Offer(context.Policy.Phase1);
        return new(new ExpectOfferAnswer(offer), [offer]);
    }

    /// <summary>Message 2: the answer must be one transform of the offer.</summary>
    public static Phase1Step OnOfferAnswer(ExpectOfferAnswer state, IsakmpMessage message, Phase1Context context)
    {
        if (Phase1Negotiation.ReadAnswer(message.Find<SaPayload>()!, context.Policy.Phase1, out var suite) is { } wrong)
        {
            return Phase1Step.Reject(state, wrong);
        }

        var exchange = suite!.Group.Generate(context.Random);
        var nonce = Phase1Values.Nonce(context.Random);
        var identity = AuthenticationForm.Of(suite).ConcealsIdentity ? context.LocalIdentity : null;
        return new(
            new ExpectKeyExchangeAnswer(suite, state.Offer.Body, exchange, nonce, PeerAnnouncement.None.With(message)),
            Ancillary.Build(context, suite, new(exchange.PublicValue, nonce, identity), context.Policy.PeerEncryptionKey));
    }

    /// <summary>Message 4: keys can be derived; our proof goes out encrypted, and our identity where it has not gone before.</summary>
    public static Phase1Step OnKeyExchangeAnswer(ExpectKeyExchangeAnswer state, IsakmpMessage message, Phase1Context context)
    {
        if (Ancillary.Open(context, state.Suite, message, out var peer) is { } wrong)
        {
            return Phase1Step.Reject(state, wrong);
        }

        if (!state.KeyExchange.TryComputeSharedSecret(peer.PublicValue.Span, out var secret, out var error))
        {
            return Phase1Step.Reject(state, Phase1Values.BadPublicValue(error));
        }

        var material = new Phase1Material(
            context.InitiatorCookie,
            context.ResponderCookie,
            state.SaBody,
            state.KeyExchange.PublicValue,
            peer.PublicValue,
            state.NonceI,
            peer.Nonce);
        var security = Phase1Security.Derive(state.Suite, context.Policy.PreSharedKey.Span, material, secret);
        var proof = new ProofContext(context, OfInitiator: true, security, material);
        var announced = (state.Peer with { Identity = peer.Identity }).With(message);
        return new(
            new ExpectAuthenticationAnswer(security, material, announced),
            [
                .. proof.Form.ConcealsIdentity ? [] : new Payload[] { context.LocalIdentity },
                .. OwnProof.Build(proof, announced),
                .. OwnProof.Requests(context, state.Suite),
                .. InitialContact.Of(context),
            ]);
    }

    /// <summary>Message 6: the responder's proof, and its identity where it has not come before.</summary>
    public static Phase1Step OnAuthenticationAnswer(ExpectAuthenticationAnswer state, IsakmpMessage message, Phase1Context context)
    {
        var proof = new ProofContext(context, OfInitiator: false, state.Security, state.Material);
        var identity = proof.Form.ConcealsIdentity ? state.Peer.Identity : message.Find<IdentificationPayload>();
        if (identity is null)
        {
            return Phase1Step.Reject(state, PeerProof.WrongHash(proof));
        }

        return PeerProof.Check(proof, identity, message) is { } wrong
            ? Phase1Step.Reject(state, wrong)
            : new(new Phase1State.Established(state.Security, identity), []);
    }
}
