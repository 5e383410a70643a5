// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;
using static Ipsec.Faults.ProposalOperation;
using static Ipsec.Wire.V1.NotifyType;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Faults.Received;

/// <summary>Wrong attributes of a phase 1 transform (RFC 2409 sections 4 and 5 and appendix A).</summary>
internal static class Phase1AttributeRules
{
    private const ushort UnknownAttribute = 99;
    private const ushort UnknownAlgorithm = 999;
    private const uint AnotherDuration = 28801;

    private static readonly (Phase1Attribute Type, string Name)[] Negotiated =
    [
        (Phase1Attribute.EncryptionAlgorithm, "encryption algorithm"), (Phase1Attribute.HashAlgorithm, "hash algorithm"),
        (Phase1Attribute.AuthenticationMethod, "authentication method"), (Phase1Attribute.GroupDescription, "group"),
    ];

    public static void Add(CaseBuilder message)
    {
        var refused = SaRules.NotAcceptable(message);
        var missing = message.IsOffer ? refused with { Clause = "RFC2409-4-03" } : refused with { Clause = "RFC2409-5-12" };
        foreach (var (type, name) in Negotiated)
        {
            Set(name, "missing", missing, new RemoveAttribute((ushort)type));
            Set(name, "unassigned (999)", refused, new SetAttribute(DataAttribute.Basic(type, UnknownAlgorithm)));
        }

        Set("key length", "missing", message.IsOffer ? (missing with { Clause = "RFC2409-A-03" }).AsShould() : missing, new RemoveAttribute((ushort)Phase1Attribute.KeyLength));
        Set("key length", "127 bits", refused, new SetAttribute(DataAttribute.Basic(Phase1Attribute.KeyLength, 127)));
        Set("length", "more than there is", MalformedAttribute, new AddAttribute(DataAttribute.Variable((ushort)Phase1Attribute.LifeDuration, new byte[4]) with { LengthOverride = 64 }));

        // The basic form binds its sender; that a receiver refuses the long one is not said (RFC 2409 appendix A).
        Set("encryption algorithm", "of the long form", refused with { Clause = "RFC2409-A-01", Level = RequirementLevel.Should }, new EncodeLong((ushort)Phase1Attribute.EncryptionAlgorithm));
        Set("life duration", "of the long form", Demand.Accept("RFC2408-3.3-01"), new EncodeLong((ushort)Phase1Attribute.LifeDuration));
        if (!message.IsOffer)
        {
            var changed = refused with { Clause = "RFC2409-5-12" };
            Set("key length", "256 bits, which was not offered", changed, new SetAttribute(DataAttribute.Basic(Phase1Attribute.KeyLength, 256)));
            Set("hash algorithm", "SHA (2), which was not offered", changed, new SetAttribute(DataAttribute.Basic(Phase1Attribute.HashAlgorithm, 2)));
            Set("life duration", "another than offered", changed, new SetAttribute(DataAttribute.Variable(Phase1Attribute.LifeDuration, AnotherDuration)));
            Set("life duration", "missing", changed, new RemoveAttribute((ushort)Phase1Attribute.LifeDuration));
            Set("type", "unassigned (99), one more than offered", changed, new AddAttribute(DataAttribute.Basic(UnknownAttribute, 1)));
        }

        void Set(string attribute, string value, Demand demand, PayloadOperation operation) => SaRules.Set(message, $"attribute.{attribute}", value, demand, operation);
    }

    private static Demand MalformedAttribute => Demand.Discard("RFC2408-5.6-02", PayloadMalformed, BadProposalSyntax, AttributesNotSupported, NoProposalChosen);
}
