// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using static Ipsec.Faults.ProposalOperation;
using static Ipsec.Wire.V1.NotifyType;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Faults.Received;

/// <summary>
/// Offers of one proposal that are wrong or unusual only under a certain policy, so that the matrix, which has one policy for all its
/// cases, cannot have them: their scenarios say what is offered.
/// </summary>
public static class OfferCases
{
    private const ushort UnknownAttribute = 99;
    private const ushort UnknownAlgorithm = 999;
    private const ushort TripleDesBits = 192;

    /// <summary>The cases.</summary>
    public static ImmutableArray<ReceivedCase> All { get; } = [.. Phase1(), .. Phase2()];

    private static IReadOnlyList<ReceivedCase> Phase1()
    {
        var message = new CaseBuilder(OfferOf(ExchangeType.IdentityProtection));
        Set(message, "attribute.type", "unassigned (99), in the first of two transforms", Demand.Accept("RFC2409-5-11"), new AddAttribute(DataAttribute.Basic(UnknownAttribute, 1)));
        Set(message, "attribute.key length", "192 bits, for a cipher of one key length", Demand.Survive("RFC2409-A-03"), new AddAttribute(DataAttribute.Basic(Phase1Attribute.KeyLength, TripleDesBits)));
        return message.Cases;
    }

    private static IReadOnlyList<ReceivedCase> Phase2()
    {
        var message = new CaseBuilder(OfferOf(ExchangeType.QuickMode));
        Authentication("unassigned (999), in the first of two transforms", Demand.Accept("RFC2408-4.2-02").AsShould(), (AuthenticationAlgorithm)UnknownAlgorithm);

        var unsupported = Demand.Discard("RFC2407-4.5.3-01", AttributesNotSupported, NoProposalChosen, BadProposalSyntax, PayloadMalformed);
        Authentication("DES-MAC (3)", unsupported, AuthenticationAlgorithm.DesMac);
        Authentication("KPDK (4)", unsupported, AuthenticationAlgorithm.Kpdk);
        Set(message, "attribute.key rounds", "16, of a cipher without rounds to choose", unsupported, new AddAttribute(DataAttribute.Basic(Phase2Attribute.KeyRounds, 16)));
        Set(message, "attribute.compress dictionary size", "15, in ESP", unsupported, new AddAttribute(DataAttribute.Basic(Phase2Attribute.CompressDictionarySize, 15)));

        var conflict = Demand.Discard("RFC2407-4.5.2-02", AttributesNotSupported, NoProposalChosen, BadProposalSyntax, PayloadMalformed);
        Set(
            message,
            "attribute.life duration",
            "there twice, 3600 and 7200 seconds",
            conflict,
            new AddAttribute(DataAttribute.Basic(Phase2Attribute.SaLifeType, (ushort)LifeType.Seconds)),
            new AddAttribute(DataAttribute.Basic(Phase2Attribute.SaLifeDuration, 7200)));

        var missing = Demand.Discard("RFC2407-4.5-04", AttributesNotSupported, NoProposalChosen, BadProposalSyntax, PayloadMalformed);
        Set(message, "attribute.authentication algorithm", "missing, of ESP_NULL", missing, new RemoveAttribute((ushort)Phase2Attribute.AuthenticationAlgorithm));
        Set(message, "attribute.authentication algorithm", "missing, of AH", missing with { Clause = "RFC2407-4.4.3-01" }, new RemoveAttribute((ushort)Phase2Attribute.AuthenticationAlgorithm));

        // What a receiver is to do about these is not said.
        Set(message, "attribute.key length", "192 bits, for a cipher of one key length", Demand.Survive("RFC2407-4.5-05"), new AddAttribute(DataAttribute.Basic(Phase2Attribute.KeyLength, TripleDesBits)));
        Set(message, "attribute.life type", "missing, though there is a duration", Demand.Survive("RFC2407-4.5-02"), new RemoveAttribute((ushort)Phase2Attribute.SaLifeType));
        Set(message, "attribute.encapsulation mode", "99, of the reserved range", Demand.Survive("RFC2407-4.5.3-01"), new SetAttribute(DataAttribute.Basic(Phase2Attribute.EncapsulationMode, 99)));
        return message.Cases;

        void Authentication(string value, Demand demand, AuthenticationAlgorithm algorithm) =>
            Set(message, "attribute.authentication algorithm", value, demand, new SetAttribute(DataAttribute.Basic(Phase2Attribute.AuthenticationAlgorithm, (ushort)algorithm)));
    }

    private static Transition OfferOf(ExchangeType exchange) => ReceivedMatrix.Messages.Single(row => row.Exchange == exchange && row.Message == 1);

    private static void Set(CaseBuilder message, string field, string value, Demand demand, params ReadOnlySpan<PayloadOperation> operations) =>
        message.Payload($"SA.{field}", value, demand, new PayloadPath(PayloadType.Sa), operations);
}
