// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;
using static Ipsec.Faults.ProposalOperation;
using static Ipsec.Wire.V1.NotifyType;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Faults.Received;

/// <summary>Wrong attributes of an IPsec transform (RFC 2407 section 4.5, RFC 2409 section 5.5).</summary>
internal static class Phase2AttributeRules
{
    private const ushort UnknownAttribute = 99;
    private const ushort Transport = (ushort)EncapsulationMode.Transport;
    private const uint AnotherDuration = 3601;

    public static void Add(CaseBuilder message)
    {
        var refused = SaRules.NotAcceptable(message);
        Set("key length", "127 bits", refused, new SetAttribute(DataAttribute.Basic(Phase2Attribute.KeyLength, 127)));
        Set("encapsulation mode", "of the long form", refused with { Clause = "RFC2407-4.5-01", Level = RequirementLevel.Should }, new EncodeLong((ushort)Phase2Attribute.EncapsulationMode));
        Set("life duration", "of the long form", Demand.Accept("RFC2408-3.3-01"), new EncodeLong((ushort)Phase2Attribute.SaLifeDuration));
        var malformed = Demand.Discard("RFC2408-5.6-02", PayloadMalformed, BadProposalSyntax, AttributesNotSupported, NoProposalChosen);
        Set("length", "more than there is", malformed, new AddAttribute(DataAttribute.Variable((ushort)Phase2Attribute.SaLifeDuration, new byte[4]) with { LengthOverride = 64 }));
        if (message.IsOffer)
        {
            var conflict = Demand.Discard("RFC2407-4.5.2-02", AttributesNotSupported, NoProposalChosen, BadProposalSyntax);
            Set("encapsulation mode", "there twice, tunnel and transport", conflict, new AddAttribute(DataAttribute.Basic(Phase2Attribute.EncapsulationMode, Transport)));
            Set("group", "missing, though there is a KE", Demand.Discard("RFC2408-5.7-01", BadProposalSyntax, NoProposalChosen, InvalidKeyInformation, AttributesNotSupported).AsShould(), new PayloadOperation.Insert(new KeyExchangePayload(new byte[64]), Before: false));
            return;
        }

        var changed = refused with { Clause = "RFC2409-5-12" };
        Set("key length", "256 bits, which was not offered", changed, new SetAttribute(DataAttribute.Basic(Phase2Attribute.KeyLength, 256)));
        Set("encapsulation mode", "transport, which was not offered", changed, new SetAttribute(DataAttribute.Basic(Phase2Attribute.EncapsulationMode, Transport)));
        Set("life duration", "another than offered", changed, new SetAttribute(DataAttribute.Variable(Phase2Attribute.SaLifeDuration, AnotherDuration)));
        Set("life duration", "missing", changed, new RemoveAttribute((ushort)Phase2Attribute.SaLifeDuration));
        Set("type", "unassigned (99), one more than offered", changed, new AddAttribute(DataAttribute.Basic(UnknownAttribute, 1)));

        void Set(string attribute, string value, Demand demand, PayloadOperation operation) => SaRules.Set(message, $"attribute.{attribute}", value, demand, operation);
    }
}
