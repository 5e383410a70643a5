// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.V1.Authentication;
using Ipsec.Ike.V1.MainMode;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Ike.V1.Phase1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Ike.V1.Protection;
using Ipsec.Wire.V1;
using static Ipsec.Ike.V1.AggressiveMode.AggressiveState;

namespace Ipsec.Ike.V1.AggressiveMode;

/// <summary>The responder's half of aggressive mode (RFC 2409 sections 5.1 to 5.4): pure functions of state and message.</summary>
internal static class AggressiveResponder
{
    /// <summary>
    /// Message 1: the identity, where it is in clear, says which connection and with it which pre-shared key is meant (RFC 2409
    /// section 5.4). The answer holds all of ours, the proof included.
    /// </summary>
    public static Phase1Step OnOffer(ExpectOffer state, IsakmpMessage message, Phase1Context context)
    {
        var offer = message.Find<SaPayload>()!;
        if (Phase1Negotiation.CheckSituation(offer) is { } unsupported)
        {
            return Phase1Step.Reject(state, unsupported with { IsFatal = true });
        }

        var claimed = message.Find<IdentificationPayload>()!;
        if (Phase1Negotiation.Choose(offer, MostSpecificFirst(context), Fits) is not var (answer, suite, policy))
        {
            return Phase1Step.Reject(state, WhyNot(offer, claimed, context));
        }

        if (Phase1Transitions.For(Phase1Mode.Aggressive, 1, suite.Authentication).CheckPayloads(message) is { } misfit)
        {
            return Phase1Step.Reject(state, misfit);
        }

        context = context with { Policy = policy };
        if (Ancillary.Open(context, suite, message, out var peer) is { } malformed)
        {
            return Phase1Step.Reject(state, malformed);
        }

        context = peer.Identity is null ? context : context.For(peer.Identity, suite, hasKeys: false);
        if (PeerEncryption.FindKey(context, suite, peer, out var peerKey) is { } unknown)
        {
            return Phase1Step.Reject(state, unknown);
        }

        using var exchange = suite.Group.Generate(context.Random);
        if (!exchange.TryComputeSharedSecret(peer.PublicValue.Span, out var secret, out var error))
        {
            return Phase1Step.Reject(state, Phase1Values.BadPublicValue(error));
        }

        var ours = new AncillaryValues(exchange.PublicValue.ToArray(), Phase1Values.Nonce(context.Random), context.LocalIdentity);
        var material = new Phase1Material(
            context.InitiatorCookie,
            context.ResponderCookie,
            offer.Body,
            peer.PublicValue,
            ours.PublicValue,
            peer.Nonce,
            ours.Nonce);
        var security = Phase1Security.Derive(suite, context.Policy.PreSharedKey.Span, material, secret);
        var proof = new ProofContext(context, OfInitiator: false, security, material);
        var announced = new PeerAnnouncement(peer.Identity, false).With(message);
        return new(
            new ExpectProof(security, material, announced),
            [
                answer,
                .. Ancillary.Build(context, suite, ours, peerKey),
                .. OwnProof.Build(proof, announced),
                .. OwnProof.Requests(context, suite),
            ])
        {
            Policy = context.Policy,
        };

        bool Fits(ConnectionPolicy candidate, Phase1Suite chosen) =>
            AuthenticationForm.Of(chosen).ConcealsIdentity || PeerIdentity.Check(claimed, candidate) is null;
    }

    /// <summary>Message 3: the initiator's proof.</summary>
    public static Phase1Step OnProof(ExpectProof state, IsakmpMessage message, Phase1Context context)
    {
        var proof = new ProofContext(context, OfInitiator: true, state.Security, state.Material);
        var refusal = state.Peer.Identity is { } identity ? PeerProof.Check(proof, identity, message) : PeerProof.WrongHash(proof);
        return refusal is null
            ? new(new Phase1State.Established(state.Security, state.Peer.Identity!), [])
            : Phase1Step.Reject(state, refusal);
    }

    private static IEnumerable<ConnectionPolicy> MostSpecificFirst(Phase1Context context) =>
        context.Candidates.OrderBy(c => c.RemoteIdentity is IdentityPattern.AnyIdentity ? 1 : 0);

    /// <summary>Either no transform would do for anybody, or it is who the peer says it is.</summary>
    private static Rejection WhyNot(SaPayload offer, IdentificationPayload claimed, Phase1Context context) =>
        Phase1Negotiation.Choose(offer, context.Candidates) is var (_, _, policy)
            ? PeerIdentity.Check(claimed, policy) ?? Phase1Negotiation.NoChoice(offer)
            : Phase1Negotiation.NoChoice(offer);
}
