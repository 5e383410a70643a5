// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Ipsec.Crypto;
using Ipsec.Crypto.V1;
using Ipsec.Ike.V1.MainMode;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;
using static Ipsec.Ike.V1.QuickMode.QuickModeState;

namespace Ipsec.Ike.V1.QuickMode;

/// <summary>The responder's half of quick mode (RFC 2409 section 5.5): pure functions of state and message.</summary>
internal static class QuickModeResponder
{
    /// <summary>Message 1: find the child whose traffic is meant, choose a suite, answer.</summary>
    public static QuickModeStep OnOffer(ExpectOffer state, IsakmpMessage message, ReadOnlySpan<byte> rest, InboundSpis spis, QuickModeContext context)
    {
        var expected = KeySchedule.Hash1(context.Security.Suite.Hash, context.Security.Keys.SkeyidA, context.MessageId, rest);
        if (!QuickModeValues.HashMatches(message, expected))
        {
            return QuickModeStep.Reject(state, QuickModeValues.BadHash);
        }

        var offer = message.Find<SaPayload>()!;
        var malformed = QuickModeValues.CheckShape(message)
            ?? Phase2OfferCheck.Check(offer, hasKeyExchange: message.All<KeyExchangePayload>().Any());
        if (malformed is not null)
        {
            return QuickModeStep.Reject(state, malformed with { IsFatal = true });
        }

        var candidates = Candidates(message, context);
        if (candidates.IsEmpty)
        {
            var (initiator, responder) = QuickModeValues.Selectors(message, context.IkeSa, weInitiate: false);
            return QuickModeStep.Reject(
                state,
                new("RFC 2409 section 5.5", $"no policy protects {responder} with {initiator}", NotifyType.InvalidIdInformation, IsFatal: true));
        }

        if (Phase2Choice.Choose(offer, [.. candidates.Where(c => !c.Suites.IsEmpty)], spis) is not { } chosen)
        {
            return QuickModeStep.Reject(
                state,
                new("RFC 2408 section 5.4", "no offered transform is acceptable", NotifyType.NoProposalChosen, IsFatal: true));
        }

        context.TryGetGroup(chosen.Child, out var group);
        if ((QuickModeValues.CheckKeyExchange(message, group) ?? QuickModeValues.CheckSpis(spis, chosen.Agreement, context)) is { } wrong)
        {
            return QuickModeStep.Reject(state, wrong with { IsFatal = true });
        }

        using var exchange = group?.Generate(context.Random);
        byte[] secret = [];
        if (exchange is not null
            && !exchange.TryComputeSharedSecret(message.Find<KeyExchangePayload>()!.PublicValue.Span, out secret, out var error))
        {
            return QuickModeStep.Reject(state, Phase1Values.BadPublicValue(error) with { IsFatal = true });
        }

        var nonceI = message.Find<NoncePayload>()!.Nonce;
        var nonceR = Phase1Values.Nonce(context.Random);
        var keys = new QuickModeKeys(spis, group, secret, nonceI, nonceR);
        var pairs = QuickModeValues.Pairs(context, false, chosen.Child, chosen.Agreement, keys, OriginalAddresses.Read(message, byInitiator: true));
        return new(
            new ExpectProof(pairs, nonceI, nonceR),
            Reply(message, chosen, exchange, nonceR, context),
            tail => KeySchedule.Hash2(context.Security.Suite.Hash, context.Security.Keys.SkeyidA, context.MessageId, nonceI.Span, tail));
    }

    /// <summary>Message 3: the initiator has proved that it is alive; the pairs may be used.</summary>
    /// <param name="state">The state.</param>
    /// <param name="message">The message.</param>
    /// <param name="context">The IKE SA.</param>
    /// <param name="awaitsConnected">Whether nothing may be sent before the peer's CONNECTED.</param>
    public static QuickModeStep OnProof(ExpectProof state, IsakmpMessage message, QuickModeContext context, bool awaitsConnected)
    {
        if (!QuickModeValues.HashMatches(message, QuickModeValues.Hash3(context, state.NonceI, state.NonceR)))
        {
            return QuickModeStep.Reject(state, QuickModeValues.BadHash);
        }

        if (QuickModeValues.CheckSpis(state.Pairs, context) is { } taken)
        {
            return QuickModeStep.Reject(state, taken);
        }

        return awaitsConnected ? new(new ExpectConnected(state.Pairs)) : new(new Finished()) { Install = state.Pairs };
    }

    /// <summary>
    /// The children whose selectors are meant. One whose private group has not been negotiated can agree to nothing, but
    /// the selectors are not what is wrong then.
    /// </summary>
    private static ImmutableArray<Phase2Candidate> Candidates(IsakmpMessage message, QuickModeContext context)
    {
        var (initiator, responder) = QuickModeValues.Selectors(message, context.IkeSa, weInitiate: false);
        var original = OriginalAddresses.Read(message, byInitiator: true);
        return
        [
            .. context.Policy.Children
                .Where(c => IsMeant(c.LocalSelector, responder, context.IkeSa.Local.Address, original?.Responder, c, context)
                    && IsMeant(c.RemoteSelector, initiator, context.IkeSa.Remote.Address, original?.Initiator, c, context))
                .Select(c => Candidate(c.MayBeNarrowed ? c with { LocalSelector = responder, RemoteSelector = initiator } : c, context)),
        ];
    }

    /// <summary>
    /// Behind a NAT a host in transport mode names the address that it knows, which it also told as the original one; here
    /// the same host has the address its packets come with (RFC 3947 section 5.2).
    /// </summary>
    private static bool IsMeant(
        IdentificationPayload wanted,
        IdentificationPayload named,
        IPAddress seen,
        IPAddress? original,
        ChildPolicy child,
        QuickModeContext context) =>
        SelectorIdentity.Same(wanted, named)
        || (child.MayBeNarrowed && SelectorIdentity.Contains(wanted, named))
        || (original is not null
            && Encapsulation.NeedsOriginalAddresses(Encapsulation.OnTheWire(child.Mode, context.Nat))
            && SelectorIdentity.Same(named with { ProtocolId = 0, Port = 0 }, SelectorIdentity.Of(original))
            && SelectorIdentity.Same(wanted, SelectorIdentity.Of(seen) with { ProtocolId = named.ProtocolId, Port = named.Port }));

    private static Phase2Candidate Candidate(ChildPolicy child, QuickModeContext context)
    {
        var hasGroup = context.TryGetGroup(child, out var group);
        var modes = Encapsulation.Acceptable(child.Mode, context.Nat);
        return new(child, hasGroup ? Encapsulation.Usable(child.Suites, modes[0]) : [], modes, group?.Id);
    }

    private static ImmutableArray<Payload> Reply(IsakmpMessage message, Phase2Chosen chosen, IKeyExchange? exchange, byte[] nonce, QuickModeContext context)
    {
        var payloads = ImmutableArray.CreateBuilder<Payload>();
        payloads.Add(chosen.Answer);
        payloads.Add(new NoncePayload(nonce));
        if (exchange is not null)
        {
            payloads.Add(new KeyExchangePayload(exchange.PublicValue.ToArray()));
        }

        // The identities go back as they came (RFC 2409 section 5.5); without them there is nothing to return.
        payloads.AddRange(message.All<IdentificationPayload>().Select(id =>
            new IdentificationPayload(id.IdType, id.ProtocolId, id.Port, id.Data)));
        payloads.AddRange(OriginalAddresses.Payloads(chosen.Agreement.Mode, context, weInitiate: false));
        payloads.AddRange(chosen.Notices);
        return payloads.ToImmutable();
    }
}
