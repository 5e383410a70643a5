// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.V1.Authentication;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Ike.V1.Phase1;
using Ipsec.Ike.V1.Protection;
using Ipsec.Wire.V1;
using static Ipsec.Ike.V1.MainMode.MainModeState;

namespace Ipsec.Ike.V1.MainMode;

/// <summary>The responder's half of main mode (RFC 2409 sections 5.1 to 5.4): pure functions of state and message.</summary>
internal static class MainModeResponder
{
    /// <summary>Message 1: choose a transform, and with it the connection that allows it.</summary>
    public static Phase1Step OnOffer(ExpectOffer state, IsakmpMessage message, Phase1Context context)
    {
        var offer = message.Find<SaPayload>()!;
        if (Phase1Negotiation.CheckSituation(offer) is { } wrong)
        {
            return Phase1Step.Reject(state, wrong with { IsFatal = true });
        }

        return Phase1Negotiation.Choose(offer, context.Candidates) is var (answer, suite, policy)
            ? new(new ExpectKeyExchange(suite, offer.Body, PeerAnnouncement.None.With(message)), [answer]) { Policy = policy }
            : Phase1Step.Reject(state, Phase1Negotiation.NoChoice(offer));
    }

    /// <summary>Message 3: answer with our public value and nonce; keys exist from here on.</summary>
    public static Phase1Step OnKeyExchange(ExpectKeyExchange state, IsakmpMessage message, Phase1Context context)
    {
        if (Ancillary.Open(context, state.Suite, message, out var peer) is { } wrong)
        {
            return Phase1Step.Reject(state, wrong);
        }

        context = peer.Identity is { } told && AuthenticationForm.Of(state.Suite).ConcealsIdentity
            ? context.For(told, state.Suite, hasKeys: false)
            : context;
        if (PeerEncryption.FindKey(context, state.Suite, peer, out var peerKey) is { } unknown)
        {
            return Phase1Step.Reject(state, unknown);
        }

        using var exchange = state.Suite.Group.Generate(context.Random);
        if (!exchange.TryComputeSharedSecret(peer.PublicValue.Span, out var secret, out var error))
        {
            return Phase1Step.Reject(state, Phase1Values.BadPublicValue(error));
        }

        var nonceR = Phase1Values.Nonce(context.Random);
        var publicR = exchange.PublicValue.ToArray();
        var material = new Phase1Material(
            context.InitiatorCookie,
            context.ResponderCookie,
            state.SaBody,
            peer.PublicValue,
            publicR,
            peer.Nonce,
            nonceR);
        var security = Phase1Security.Derive(state.Suite, context.Policy.PreSharedKey.Span, material, secret);
        var identity = AuthenticationForm.Of(state.Suite).ConcealsIdentity ? context.LocalIdentity : null;
        return new(
            new ExpectAuthentication(security, material, (state.Peer with { Identity = peer.Identity }).With(message)),
            [
                .. Ancillary.Build(context, state.Suite, new(publicR, nonceR, identity), peerKey),
                .. OwnProof.Requests(context, state.Suite),
            ])
        {
            Policy = context.Policy,
        };
    }

    /// <summary>Message 5: the initiator's proof, and its identity where it has not come before; answer with ours.</summary>
    public static Phase1Step OnAuthentication(ExpectAuthentication state, IsakmpMessage message, Phase1Context context)
    {
        var form = AuthenticationForm.Of(state.Security.Suite);
        var identity = form.ConcealsIdentity ? state.Peer.Identity : message.Find<IdentificationPayload>();
        var theirs = new ProofContext(context, OfInitiator: true, state.Security, state.Material);
        if (identity is null)
        {
            return Phase1Step.Reject(state, PeerProof.WrongHash(theirs));
        }

        context = context.For(identity, state.Security.Suite, hasKeys: true);
        if (PeerProof.Check(theirs with { Exchange = context }, identity, message) is { } wrong)
        {
            return Phase1Step.Reject(state, wrong);
        }

        var ours = new ProofContext(context, OfInitiator: false, state.Security, state.Material);
        return new(
            new Phase1State.Established(state.Security, identity),
            [
                .. form.ConcealsIdentity ? [] : new Payload[] { context.LocalIdentity },
                .. OwnProof.Build(ours, state.Peer.With(message)),
                .. InitialContact.Of(context),
            ])
        {
            Policy = context.Policy,
        };
    }
}
