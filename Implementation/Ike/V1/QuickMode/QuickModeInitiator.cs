// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
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
    public static QuickModeStep Start(ChildPolicy child, uint inboundSpi, QuickModeContext context)
    {
        var nonce = Phase1Values.Nonce(context.Random);
        var exchange = child.Pfs?.Generate(context.Random);
        var payloads = ImmutableArray.CreateBuilder<Payload>();
        payloads.Add(Phase2Negotiation.Offer(child, inboundSpi));
        payloads.Add(new NoncePayload(nonce));
        if (exchange is not null)
        {
            payloads.Add(new KeyExchangePayload(exchange.PublicValue));
        }

        payloads.Add(child.LocalSelector);
        payloads.Add(child.RemoteSelector);
        return new(
            new ExpectAnswer(child, inboundSpi, nonce, exchange),
            payloads.ToImmutable(),
            rest => KeySchedule.Hash1(context.Security.Suite.Hash, context.Security.Keys.SkeyidA, context.MessageId, rest));
    }

    /// <summary>Message 2: check the answer, install the pair, prove liveness with message 3.</summary>
    public static QuickModeStep OnAnswer(ExpectAnswer state, IsakmpMessage message, ReadOnlySpan<byte> rest, QuickModeContext context)
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

        if ((QuickModeValues.CheckShape(message) ?? QuickModeValues.CheckKeyExchange(message, state.Child)) is { } wrong)
        {
            return QuickModeStep.Reject(state, wrong with { IsFatal = true });
        }

        if (Phase2Negotiation.Verify(message.Find<SaPayload>()!, state.Child) is not { } agreement)
        {
            return QuickModeStep.Reject(
                state,
                new("RFC 2408 section 4.2", "the chosen transform is not one of those offered", NotifyType.BadProposalSyntax, IsFatal: true));
        }

        if (QuickModeValues.CheckSpis(state.InboundSpi, agreement.Spi, context) is { } taken)
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
        var pair = QuickModeValues.Pair(context, true, state.Child, agreement, state.InboundSpi, secret, state.NonceI.Span, nonceR.Span);
        return new(new Finished(), [], _ => QuickModeValues.Hash3(context, state.NonceI, nonceR), pair);
    }
}
