// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto.V1;
using Ipsec.Ike.V1.MainMode;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Wire.V1;
using static Ipsec.Ike.V1.QuickMode.QuickModeState;

namespace Ipsec.Ike.V1.QuickMode;

/// <summary>The responder's half of quick mode (RFC 2409 section 5.5): pure functions of state and message.</summary>
internal static class QuickModeResponder
{
    /// <summary>Message 1: find the child whose traffic is meant, choose a suite, answer.</summary>
    public static QuickModeStep OnOffer(ExpectOffer state, IsakmpMessage message, ReadOnlySpan<byte> rest, uint inboundSpi, QuickModeContext context)
    {
        var expected = KeySchedule.Hash1(context.Security.Suite.Hash, context.Security.Keys.SkeyidA, context.MessageId, rest);
        if (!QuickModeValues.HashMatches(message, expected))
        {
            return QuickModeStep.Reject(state, QuickModeValues.BadHash);
        }

        var offer = message.Find<SaPayload>()!;
        var malformed = QuickModeValues.CheckShape(message)
            ?? Phase2Negotiation.CheckOffer(offer, hasKeyExchange: message.All<KeyExchangePayload>().Any());
        if (malformed is not null)
        {
            return QuickModeStep.Reject(state, malformed with { IsFatal = true });
        }

        var (initiator, responder) = QuickModeValues.Selectors(message, context.IkeSa, weInitiate: false);
        var child = context.Policy.Children.FirstOrDefault(c =>
            SelectorIdentity.Same(c.LocalSelector, responder) && SelectorIdentity.Same(c.RemoteSelector, initiator));
        if (child is null)
        {
            return QuickModeStep.Reject(
                state,
                new("RFC 2409 section 5.5", $"no policy protects {responder} with {initiator}", NotifyType.InvalidIdInformation, IsFatal: true));
        }

        if (Phase2Negotiation.Choose(offer, child, inboundSpi) is not var (answer, agreement))
        {
            return QuickModeStep.Reject(
                state,
                new("RFC 2408 section 5.4", "no offered transform is acceptable", NotifyType.NoProposalChosen, IsFatal: true));
        }

        if ((QuickModeValues.CheckKeyExchange(message, child) ?? QuickModeValues.CheckSpis(inboundSpi, agreement.Spi, context)) is { } wrong)
        {
            return QuickModeStep.Reject(state, wrong with { IsFatal = true });
        }

        using var exchange = child.Pfs?.Generate(context.Random);
        byte[] secret = [];
        if (exchange is not null
            && !exchange.TryComputeSharedSecret(message.Find<KeyExchangePayload>()!.PublicValue.Span, out secret, out var error))
        {
            return QuickModeStep.Reject(state, Phase1Values.BadPublicValue(error) with { IsFatal = true });
        }

        var nonceI = message.Find<NoncePayload>()!.Nonce;
        var nonceR = Phase1Values.Nonce(context.Random);
        var payloads = ImmutableArray.CreateBuilder<Payload>();
        payloads.Add(answer);
        payloads.Add(new NoncePayload(nonceR));
        if (exchange is not null)
        {
            payloads.Add(new KeyExchangePayload(exchange.PublicValue.ToArray()));
        }

        // The identities go back as they came (RFC 2409 section 5.5); without them there is nothing to return.
        payloads.AddRange(message.All<IdentificationPayload>().Select(id =>
            new IdentificationPayload(id.IdType, id.ProtocolId, id.Port, id.Data)));
        var pair = QuickModeValues.Pair(context, false, child, agreement, inboundSpi, secret, nonceI.Span, nonceR);
        return new(
            new ExpectProof(pair, nonceI, nonceR),
            payloads.ToImmutable(),
            tail => KeySchedule.Hash2(context.Security.Suite.Hash, context.Security.Keys.SkeyidA, context.MessageId, nonceI.Span, tail));
    }

    /// <summary>Message 3: the initiator has proved that it is alive; the pair may be used.</summary>
    public static QuickModeStep OnProof(ExpectProof state, IsakmpMessage message, QuickModeContext context)
    {
        if (!QuickModeValues.HashMatches(message, QuickModeValues.Hash3(context, state.NonceI, state.NonceR)))
        {
            return QuickModeStep.Reject(state, QuickModeValues.BadHash);
        }

        return QuickModeValues.CheckSpis(state.Pair.InboundSpi, state.Pair.OutboundSpi, context) is { } taken
            ? QuickModeStep.Reject(state, taken)
            : new(new Finished(), null, null, state.Pair);
    }
}
