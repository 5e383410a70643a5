// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using static Ipsec.Faults.PayloadOperation;
using static Ipsec.Faults.ProposalOperation;
using static Ipsec.Wire.V1.NotifyType;

namespace Ipsec.Faults.Received;

/// <summary>Wrong SA payloads: DOI, situation, proposals and transforms (RFC 2408 sections 3.4 to 3.6 and 5.4 to 5.6, RFC 2407 section 4.2).</summary>
internal static class SaRules
{
    private const ulong Unassigned = 99;
    private static readonly PayloadPath Sa = new(PayloadType.Sa);

    private static readonly Demand BadProposal = Demand.Discard("RFC2408-5.5-03", BadProposalSyntax, PayloadMalformed, NoProposalChosen);
    private static readonly Demand BadTransform = Demand.Discard("RFC2408-5.6-02", BadProposalSyntax, PayloadMalformed, AttributesNotSupported, NoProposalChosen);
    private static readonly Demand BadReserved = Demand.Discard("RFC2408-2.5.2-02", PayloadMalformed, BadProposalSyntax, NoProposalChosen).AsShould();
    private static readonly Demand BadProtocol = Demand.Discard("RFC2408-5.5-01", InvalidProtocolId, NoProposalChosen, BadProposalSyntax, PayloadMalformed);
    private static readonly Demand BadSpi = Demand.Discard("RFC2408-5.5-02", InvalidSpi, NoProposalChosen, BadProposalSyntax, PayloadMalformed);

    public static void Add(CaseBuilder message)
    {
        if (!message.Payloads.Contains(Sa))
        {
            return;
        }

        DoiAndSituation(message);
        ProposalFields(message);
        Spi(message);
        TransformFields(message);
        Choices(message);
        if (message.Row.Exchange == ExchangeType.NewGroupMode)
        {
            NewGroupAttributeRules.Add(message);
        }
        else if (message.IsPhase1)
        {
            Phase1AttributeRules.Add(message);
        }
        else
        {
            Phase2AttributeRules.Add(message);
        }
    }

    /// <summary>What comes of an SA that holds nothing acceptable: the responder refuses the offer, the initiator the answer.</summary>
    public static Demand NotAcceptable(CaseBuilder message) => message.IsOffer
        ? Demand.Discard("RFC2408-4.2-05", NoProposalChosen, AttributesNotSupported, InvalidTransformId, BadProposalSyntax)
        : Demand.Discard("RFC2408-4.2-04", NoProposalChosen, AttributesNotSupported, InvalidTransformId, BadProposalSyntax, PayloadMalformed);

    public static void Set(CaseBuilder message, string field, string value, Demand demand, PayloadOperation operation) =>
        message.Payload($"SA.{field}", value, demand, Sa, operation);

    private static void SetField(CaseBuilder message, string field, string value, Demand demand, ulong number) =>
        Set(message, field, value, demand, new SetField(PayloadLayout.Field(PayloadType.Sa, field), number));

    private static void DoiAndSituation(CaseBuilder message)
    {
        SetField(message, "DOI", "unassigned (99)", Demand.Discard("RFC2408-5.4-01", DoiNotSupported, NoProposalChosen, PayloadMalformed), Unassigned);
        var situation = Demand.Discard("RFC2408-5.4-02", SituationNotSupported, NoProposalChosen, BadProposalSyntax, PayloadMalformed);
        SetField(message, "situation", "none (0)", situation, 0);
        SetField(message, "situation", "secrecy (2), without labels", situation, SaPayload.SituationSecrecy);
        SetField(message, "situation", "identity and secrecy (3), without labels", message.IsOffer ? situation with { Clause = "RFC2407-4.2.2-01" } : situation, SaPayload.SituationIdentityOnly | SaPayload.SituationSecrecy);
        SetField(message, "situation", "a reserved bit (0x80000000)", situation, 0x8000_0000);
    }

    private static void ProposalFields(CaseBuilder message)
    {
        var next = BadProposal with { Clause = "RFC2408-3.5-01", Notifications = [InvalidPayloadType, .. BadProposal.Notifications] };
        SetField(message, "proposal.next payload", "Identification (5)", next, (ulong)PayloadType.Identification);
        SetField(message, "proposal.next payload", "Proposal (2), though none follows", next, (ulong)PayloadType.Proposal);
        SetField(message, "proposal.RESERVED", "1", BadReserved, 1);
        SetField(message, "proposal.length", "7, less than its fields", BadProposal, 7);
        SetField(message, "proposal.length", "65535, more than there is", BadProposal, ushort.MaxValue);
        Set(message, "proposal.length", "one octet less than it has", BadProposal, new AddToField(PayloadLayout.Field(PayloadType.Sa, "proposal.length"), -1));
        SetField(message, "proposal.number of transforms", "0, though one follows", BadProposal, 0);
        SetField(message, "proposal.number of transforms", "2, though one follows", BadProposal, 2);
        SetField(message, "proposal.protocol", "unassigned (99)", BadProtocol, Unassigned);
        if (message.IsOfIsakmp)
        {
            SetField(message, "proposal.protocol", "IPSEC_ESP (3)", BadProtocol with { Clause = "RFC2407-4.4.1.1-01" }, (ulong)ProtocolId.Esp);
        }
        else
        {
            SetField(message, "proposal.protocol", "ISAKMP (1)", BadProtocol, (ulong)ProtocolId.Isakmp);
        }
    }

    private static void Spi(CaseBuilder message)
    {
        SetField(message, "proposal.SPI size", "255, more than there is", BadProposal, byte.MaxValue);
        if (message.IsOfIsakmp)
        {
            // The cookies are the SPI. What stands in its place has no meaning, up to 16 octets (RFC 2408 section 3.5).
            Set(message, "proposal.SPI", "8 octets without meaning", Demand.Accept("RFC2408-3.5-03"), new SetSpi([.. Octets(8)]));
            Set(message, "proposal.SPI", "16 octets without meaning", Demand.Accept("RFC2408-3.5-03"), new SetSpi([.. Octets(16)]));
            Set(message, "proposal.SPI", "17 octets", BadSpi.AsShould(), new SetSpi([.. Octets(17)]));
            return;
        }

        Set(message, "proposal.SPI", "none", BadSpi, new SetSpi([]));
        Set(message, "proposal.SPI", "3 octets", BadSpi, new SetSpi([.. Octets(3)]));
        Set(message, "proposal.SPI", "8 octets", BadSpi, new SetSpi([.. Octets(8)]));
        Set(message, "proposal.SPI", "zero", BadSpi, new SetSpi([0, 0, 0, 0]));
        Set(message, "proposal.SPI", "255, a reserved one", BadSpi.AsShould(), new SetSpi([0, 0, 0, byte.MaxValue]));
    }

    private static void TransformFields(CaseBuilder message)
    {
        var next = BadTransform with { Clause = "RFC2408-3.6-01", Notifications = [InvalidPayloadType, .. BadTransform.Notifications] };
        SetField(message, "transform.next payload", "Proposal (2)", next, (ulong)PayloadType.Proposal);
        SetField(message, "transform.next payload", "Transform (3), though none follows", next, (ulong)PayloadType.Transform);
        SetField(message, "transform.RESERVED", "1", BadReserved, 1);
        SetField(message, "transform.RESERVED2", "1", BadReserved, 1);
        SetField(message, "transform.length", "4, less than its fields", BadTransform, 4);
        SetField(message, "transform.length", "65535, more than there is", BadTransform, ushort.MaxValue);
        Set(message, "transform.length", "one octet less than it has", BadTransform, new AddToField(PayloadLayout.Field(PayloadType.Sa, "transform.length"), -1));
        SetField(message, "transform.ID", "unassigned (249)", NotAcceptable(message), 249);
        Set(message, "proposal", "missing", BadProposal, new RemoveProposal());
        Set(message, "transform", "missing", BadProposal, new RemoveTransforms());
        if (message.IsOffer)
        {
            // Transforms of unknown ID are ignored without an error (RFC 2408 section 5.6).
            Set(message, "transform", "preceded by one of unassigned ID (249)", Demand.Accept("RFC2408-5.6-01"), new PrecedeTransform(249));
        }
    }

    private static void Choices(CaseBuilder message)
    {
        if (!message.IsOffer)
        {
            // The responder must choose one; that the initiator refuses more than one follows, but is not said.
            var choice = NotAcceptable(message).AsShould();
            Set(message, "transform", "there twice", choice, new RepeatTransform());
            Set(message, "proposal", "there twice", choice, new RepeatProposal());
        }
        else if (message.IsOfIsakmp)
        {
            // Whoever offers must not make two proposals (RFC 2409 section 5); what to make of them is not said.
            Set(message, "proposal", "there twice", Demand.Survive(message.ExchangeClause), new RepeatProposal());
        }
    }

    private static IEnumerable<byte> Octets(int count) => Enumerable.Range(1, count).Select(number => (byte)(number * 17));
}
