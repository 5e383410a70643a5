// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;
using static Ipsec.Faults.ProposalOperation;
using static Ipsec.Wire.V1.NotifyType;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Faults.Received;

/// <summary>Wrong groups in new group mode (RFC 2409 section 5.6 and appendix A).</summary>
internal static class NewGroupAttributeRules
{
    private const ushort Unassigned = 99;
    private const ushort Published = 14;
    private const int PrimeSize = 64;

    public static void Add(CaseBuilder message)
    {
        var refused = message.IsOffer
            ? Demand.Discard("RFC2409-5.6-02", AttributesNotSupported)
            : SaRules.NotAcceptable(message);
        Set("group type", "unassigned (99)", new SetAttribute(DataAttribute.Basic(Phase1Attribute.GroupType, Unassigned)));
        Set("group type", "missing", new RemoveAttribute((ushort)Phase1Attribute.GroupType));
        Set("group", "14, which is no private one", new SetAttribute(DataAttribute.Basic(Phase1Attribute.GroupDescription, Published)));
        Set("group", "missing", new RemoveAttribute((ushort)Phase1Attribute.GroupDescription));
        Set("group prime", "no prime", new SetAttribute(Prime(Composite())));
        Set("group prime", "one", new SetAttribute(Prime([1])));
        Set("group prime", "empty", new SetAttribute(Prime([])));
        Set("group prime", "missing", new RemoveAttribute((ushort)Phase1Attribute.GroupPrime));
        Set("group generator", "one", new SetAttribute(DataAttribute.Variable((ushort)Phase1Attribute.GroupGeneratorOne, new byte[] { 1 })));
        Set("group generator", "missing", new RemoveAttribute((ushort)Phase1Attribute.GroupGeneratorOne));

        void Set(string attribute, string value, PayloadOperation operation) => SaRules.Set(message, $"attribute.{attribute}", value, refused, operation);
    }

    private static DataAttribute Prime(byte[] value) => DataAttribute.Variable((ushort)Phase1Attribute.GroupPrime, value);

    /// <summary>All ones: divisible by three, as two to the power of an even number less one is.</summary>
    private static byte[] Composite()
    {
        var number = new byte[PrimeSize];
        Array.Fill(number, byte.MaxValue);
        return number;
    }
}
