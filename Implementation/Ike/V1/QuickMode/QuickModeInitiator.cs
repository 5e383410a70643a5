// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto;
using Ipsec.Crypto.V1;
using Ipsec.Ike.V1.MainMode;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;
using static Ipsec.Ike.V1.QuickMode.QuickModeState;

namespace Ipsec.Ike.V1.QuickMode;

/// <summary>The initiator's half of quick mode (RFC 2409 section 5.5): pure functions of state and message.</summary>
internal static class QuickModeInitiator
{
    /// <summary>Message 1: offer, nonce, with PFS a public value, and what is to be protected.</summary>
    /// <param name="child">The child.</param>
    /// <param name="group">The group of its additional exchange; null for none.</param>
    /// <param name="spis">Our SPIs.</param>
    /// <param name="context">The IKE SA.</param>
    public static QuickModeStep Start(ChildPolicy child, KeyExchangeMethod? group, InboundSpis spis, QuickModeContext context)
    {
        var nonce = Phase1Values.Nonce(context.Random);
        var exchange = group?.Generate(context.Random);
        var mode = Encapsulation.OnTheWire(child.Mode, context.Nat);
        var offer = Phase2Offer.Make(child, Encapsulation.Usable(child.Suites, mode), group, mode, spis);
        var payloads = ImmutableArray.CreateBuilder<Payload>();
        payloads.Add(offer.Payload);
        payloads.Add(new NoncePayload(nonce));
        if (exchange is not null)
        {
            payloads.Add(new KeyExchangePayload(exchange.PublicValue));
        }

        if (!child.OmitIdentities)
        {
            payloads.Add(child.LocalSelector);
            payloads.Add(child.RemoteSelector);
        }

        payloads.AddRange(OriginalAddresses.Payloads(mode, context, weInitiate: true));
        return new(
            new ExpectAnswer(child, offer, spis, nonce, exchange),
            payloads.ToImmutable(),
            rest => KeySchedule.Hash1(context.Security.Suite.Hash, context.Security.Keys.SkeyidA, context.MessageId, rest));
    }

    /// <summary>Message 2: check the answer, install what was agreed, prove liveness with message 3.</summary>
    /// <param name="state">The state.</param>
    /// <param name="message">The message.</param>
    /// <param name="rest">What its HASH covers.</param>
    /// <param name="context">The IKE SA.</param>
    /// <param name="awaitsConnected">Whether nothing may be sent before the peer's CONNECTED.</param>
    public static QuickModeStep OnAnswer(
        ExpectAnswer state,
        IsakmpMessage message,
        ReadOnlySpan<byte> rest,
        QuickModeContext context,
        bool awaitsConnected)
    {
        var expected = KeySchedule.Hash2(
            context.Security.Suite.Hash,
            context.Security.Keys.SkeyidA,
            context.MessageId,
            state.NonceI.Span,
            rest);
        if (!QuickModeValues.HashMatches(message, expected))
        {
            return QuickModeStep.Reject(state, QuickModeValues.BadHash);
        }

        if ((QuickModeValues.CheckShape(message) ?? QuickModeValues.CheckKeyExchange(message, state.KeyExchange?.Method)) is { } wrong)
        {
            return QuickModeStep.Reject(state, wrong with { IsFatal = true });
        }

        if (state.Offer.Match(message.Find<SaPayload>()!) is not { } agreement)
        {
            return QuickModeStep.Reject(
                state,
                new("RFC 2408 section 4.2", "the chosen transform is not one of those offered", NotifyType.BadProposalSyntax, IsFatal: true));
        }

        if (QuickModeValues.CheckSpis(state.Spis, agreement, context) is { } taken)
        {
            return QuickModeStep.Reject(state, taken);
        }

        var (initiator, responder) = QuickModeValues.Selectors(message, context.IkeSa, weInitiate: true);
        if (!SelectorIdentity.Same(initiator, state.Child.LocalSelector) || !SelectorIdentity.Same(responder, state.Child.RemoteSelector))
        {
            return QuickModeStep.Reject(
                state,
                new("RFC 2409 section 5.5", $"selectors came back as {initiator} and {responder}", NotifyType.InvalidIdInformation, IsFatal: true));
        }

        byte[] secret = [];
        if (state.KeyExchange is not null
            && !state.KeyExchange.TryComputeSharedSecret(message.Find<KeyExchangePayload>()!.PublicValue.Span, out secret, out var error))
        {
            return QuickModeStep.Reject(state, Phase1Values.BadPublicValue(error) with { IsFatal = true });
        }

        var nonceR = message.Find<NoncePayload>()!.Nonce;
        var keys = new QuickModeKeys(state.Spis, state.KeyExchange?.Method, secret, state.NonceI, nonceR);
        var pairs = QuickModeValues.Pairs(context, true, state.Child, QuickModeValues.WithNotices(agreement, message), keys, OriginalAddresses.Read(message, byInitiator: false));
        return new(
            awaitsConnected ? new ExpectConnected(pairs) : new Finished(),
            [],
            _ => QuickModeValues.Hash3(context, state.NonceI, nonceR))
        {
            Install = awaitsConnected ? [] : pairs,
        };
    }
}
