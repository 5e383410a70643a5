// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Ike.V1.Protection;
using Ipsec.Wire.V1;
using static Ipsec.Ike.V1.MainMode.MainModeState;

namespace Ipsec.Ike.V1.MainMode;

/// <summary>The initiator's half of main mode with a pre-shared key (RFC 2409 section 5.4): pure functions of state and message.</summary>
internal static class MainModeInitiator
{
    /// <summary>Message 1: all suites of the policy as transforms of one proposal.</summary>
    public static MainModeStep Start(MainModeContext context)
    {
        var offer = Phase1Negotiation.Offer(context.Policy.Phase1);
        return new(new ExpectOfferAnswer(offer), [offer]);
    }

    /// <summary>Message 2: the answer must be one transform of the offer.</summary>
    public static MainModeStep OnOfferAnswer(ExpectOfferAnswer state, IsakmpMessage message, MainModeContext context)
    {
        var answer = message.Find<SaPayload>()!;
        if (Phase1Negotiation.CheckSituation(answer) is { } wrong)
        {
            return MainModeStep.Reject(state, wrong);
        }

        if (Phase1Negotiation.Verify(answer, context.Policy.Phase1) is not { } suite)
        {
            return MainModeStep.Reject(
                state,
                new("RFC 2408 section 4.2", "the chosen transform is not one of those offered", NotifyType.BadProposalSyntax));
        }

        var exchange = suite.Group.Generate(context.Random);
        var nonce = Phase1Values.Nonce(context.Random);
        return new(
            new ExpectKeyExchangeAnswer(suite, state.Offer.Body, exchange, nonce),
            [new KeyExchangePayload(exchange.PublicValue), new NoncePayload(nonce)]);
    }

    /// <summary>Message 4: keys can be derived; our identity and proof go out encrypted.</summary>
    public static MainModeStep OnKeyExchangeAnswer(ExpectKeyExchangeAnswer state, IsakmpMessage message, MainModeContext context)
    {
        var publicR = message.Find<KeyExchangePayload>()!;
        var nonceR = message.Find<NoncePayload>()!;
        if (Phase1Values.CheckNonce(nonceR) is { } wrong)
        {
            return MainModeStep.Reject(state, wrong);
        }

        if (!state.KeyExchange.TryComputeSharedSecret(publicR.PublicValue.Span, out var secret, out var error))
        {
            return MainModeStep.Reject(state, Phase1Values.BadPublicValue(error));
        }

        var material = new Phase1Material(
            context.InitiatorCookie,
            context.ResponderCookie,
            state.SaBody,
            state.KeyExchange.PublicValue,
            publicR.PublicValue,
            state.NonceI,
            nonceR.Nonce);
        var security = Phase1Security.FromPreSharedKey(state.Suite, context.Policy.PreSharedKey.Span, material, secret);
        var identity = context.Policy.LocalIdentity;
        var proof = material.HashI(security, identity.Body.Span);
        return new(new ExpectAuthenticationAnswer(security, material), [identity, new HashPayload(proof)]);
    }

    /// <summary>Message 6: the responder's identity and proof.</summary>
    public static MainModeStep OnAuthenticationAnswer(ExpectAuthenticationAnswer state, IsakmpMessage message, MainModeContext context)
    {
        var identity = message.Find<IdentificationPayload>()!;
        var expected = state.Material.HashR(state.Security, identity.Body.Span);
        if (!CryptographicOperations.FixedTimeEquals(expected, message.Find<HashPayload>()!.Hash.Span))
        {
            return MainModeStep.Reject(state, Phase1Values.BadHash("HASH_R"));
        }

        return Phase1Values.CheckIdentity(identity, context.Policy.RemoteIdentity) is { } wrong
            ? MainModeStep.Reject(state, wrong)
            : new(new Established(state.Security), []);
    }
}
