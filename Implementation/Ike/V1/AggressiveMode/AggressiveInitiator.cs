// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.V1.Authentication;
using Ipsec.Ike.V1.MainMode;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Ike.V1.Phase1;
using Ipsec.Ike.V1.Protection;
using Ipsec.Wire.V1;
using static Ipsec.Ike.V1.AggressiveMode.AggressiveState;

namespace Ipsec.Ike.V1.AggressiveMode;

/// <summary>The initiator's half of aggressive mode (RFC 2409 sections 5.1 to 5.4): pure functions of state and message.</summary>
internal static class AggressiveInitiator
{
    /// <summary>
    /// Message 1: the offer, and at once what depends on it. The group, and with public key encryption also the method, the cipher and the
    /// hash, are the same in all suites (RFC 2409 section 5).
    /// </summary>
    public static Phase1Step Start(Phase1Context context)
    {
        var policy = context.Policy;
        var offer = Phase1Negotiation.Offer(policy.Phase1);
        var suite = policy.Phase1[0];
        var exchange = suite.Group.Generate(context.Random);
        var nonce = Phase1Values.Nonce(context.Random);
        return new(
            new ExpectAnswer(offer, exchange, nonce),
            [
                offer,
                .. Ancillary.Build(context, suite, new(exchange.PublicValue, nonce, context.LocalIdentity), policy.PeerEncryptionKey),
                .. OwnProof.Requests(context, policy.Phase1),
            ]);
    }

    /// <summary>Message 2: everything of the responder, its proof included; ours ends the exchange.</summary>
    public static Phase1Step OnAnswer(ExpectAnswer state, IsakmpMessage message, Phase1Context context)
    {
        if (Phase1Negotiation.ReadAnswer(message.Find<SaPayload>()!, context.Policy.Phase1, out var suite) is { } wrong)
        {
            return Phase1Step.Reject(state, wrong);
        }

        if (Phase1Transitions.For(Phase1Mode.Aggressive, 2, suite!.Authentication).CheckPayloads(message) is { } misfit)
        {
            return Phase1Step.Reject(state, misfit);
        }

        if (Ancillary.Open(context, suite, message, out var peer) is { } malformed)
        {
            return Phase1Step.Reject(state, malformed);
        }

        if (!state.KeyExchange.TryComputeSharedSecret(peer.PublicValue.Span, out var secret, out var error))
        {
            return Phase1Step.Reject(state, Phase1Values.BadPublicValue(error));
        }

        var material = new Phase1Material(
            context.InitiatorCookie,
            context.ResponderCookie,
            state.Offer.Body,
            state.KeyExchange.PublicValue,
            peer.PublicValue,
            state.NonceI,
            peer.Nonce);
        var security = Phase1Security.Derive(suite, context.Policy.PreSharedKey.Span, material, secret);
        var theirs = new ProofContext(context, OfInitiator: false, security, material);
        var refusal = peer.Identity is null ? PeerProof.WrongHash(theirs) : PeerProof.Check(theirs, peer.Identity, message);
        if (refusal is not null)
        {
            return Phase1Step.Reject(state, refusal, under: security);
        }

        var announced = new PeerAnnouncement(peer.Identity, false).With(message);
        return new(
            new Phase1State.Established(security, peer.Identity!),
            OwnProof.Build(theirs with { OfInitiator = true }, announced));
    }
}
