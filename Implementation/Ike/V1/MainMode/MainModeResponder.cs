// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Ike.V1.Protection;
using Ipsec.Wire.V1;
using static Ipsec.Ike.V1.MainMode.MainModeState;

namespace Ipsec.Ike.V1.MainMode;

/// <summary>The responder's half of main mode with a pre-shared key (RFC 2409 section 5.4): pure functions of state and message.</summary>
internal static class MainModeResponder
{
    /// <summary>Message 1: choose a transform.</summary>
    public static MainModeStep OnOffer(ExpectOffer state, IsakmpMessage message, MainModeContext context)
    {
        var offer = message.Find<SaPayload>()!;
        if (Phase1Negotiation.CheckSituation(offer) is { } wrong)
        {
            return MainModeStep.Reject(state, wrong with { IsFatal = true });
        }

        return Phase1Negotiation.Choose(offer, context.Policy.Phase1) is var (answer, suite)
            ? new(new ExpectKeyExchange(suite, offer.Body), [answer])
            : MainModeStep.Reject(
                state,
                new("RFC 2408 section 5.4", "no offered transform is acceptable", NotifyType.NoProposalChosen, IsFatal: true));
    }

    /// <summary>Message 3: answer with our public value and nonce; keys exist from here on.</summary>
    public static MainModeStep OnKeyExchange(ExpectKeyExchange state, IsakmpMessage message, MainModeContext context)
    {
        var publicI = message.Find<KeyExchangePayload>()!;
        var nonceI = message.Find<NoncePayload>()!;
        if (Phase1Values.CheckNonce(nonceI) is { } wrong)
        {
            return MainModeStep.Reject(state, wrong);
        }

        using var exchange = state.Suite.Group.Generate(context.Random);
        if (!exchange.TryComputeSharedSecret(publicI.PublicValue.Span, out var secret, out var error))
        {
            return MainModeStep.Reject(state, Phase1Values.BadPublicValue(error));
        }

        var nonceR = Phase1Values.Nonce(context.Random);
        var publicR = exchange.PublicValue.ToArray();
        var material = new Phase1Material(
            context.InitiatorCookie,
            context.ResponderCookie,
            state.SaBody,
            publicI.PublicValue,
            publicR,
            nonceI.Nonce,
            nonceR);
        var security = Phase1Security.FromPreSharedKey(state.Suite, context.Policy.PreSharedKey.Span, material, secret);
        return new(new ExpectAuthentication(security, material), [new KeyExchangePayload(publicR), new NoncePayload(nonceR)]);
    }

    /// <summary>Message 5: the initiator's identity and proof; answer with ours.</summary>
    public static MainModeStep OnAuthentication(ExpectAuthentication state, IsakmpMessage message, MainModeContext context)
    {
        var identity = message.Find<IdentificationPayload>()!;
        var expected = state.Material.HashI(state.Security, identity.Body.Span);
        if (!CryptographicOperations.FixedTimeEquals(expected, message.Find<HashPayload>()!.Hash.Span))
        {
            return MainModeStep.Reject(state, Phase1Values.BadHash("HASH_I"));
        }

        if (Phase1Values.CheckIdentity(identity, context.Policy.RemoteIdentity) is { } wrong)
        {
            return MainModeStep.Reject(state, wrong);
        }

        var ours = context.Policy.LocalIdentity;
        var proof = state.Material.HashR(state.Security, ours.Body.Span);
        return new(new Established(state.Security), [ours, new HashPayload(proof)]);
    }
}
