// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using static Ipsec.Faults.PayloadOperation;

namespace Ipsec.Faults.Received;

/// <summary>Wrong contents of the Attributes payload of transaction exchanges (draft-dukes-ike-mode-cfg-02 sections 3.2 to 3.4).</summary>
internal static class AttributesRules
{
    private const ulong Unassigned = 99;

    // Behind the generic header: message type, RESERVED and identifier, then the first attribute with its type and length.
    private const int FirstAttribute = 4;
    private const int FirstLength = FirstAttribute + 2;

    public static void Add(CaseBuilder message, PayloadPath path)
    {
        var silent = Demand.Discard("DRAFT-DUKES-IKE-MODE-CFG-02-3.3-01").AsShould();
        Set("type", "unassigned (99)", silent, Field("type", Unassigned));
        Set("type", "zero, a reserved one", silent, Field("type", 0));
        var (other, name) = message.IsOffer ? (ConfigurationMessageType.Reply, "REPLY (2), which answers nothing") : (ConfigurationMessageType.Acknowledge, "ACK (4), to a REQUEST");
        Set("type", name, silent with { Clause = "DRAFT-DUKES-IKE-MODE-CFG-02-2-03" }, Field("type", (ulong)other));

        var misfit = Demand.Discard("DRAFT-DUKES-IKE-MODE-CFG-02-3.2-01", NotifyType.PayloadMalformed, NotifyType.UnequalPayloadLengths);
        Set("attribute.length", "one octet more than there is", misfit, FirstAttributeOf(Length(message) + 1));
        Set("attribute.length", "65535, more than there is", misfit, FirstAttributeOf(ushort.MaxValue));
        Set("data", "one octet behind the last attribute", misfit, new Grow(1));
        Set("data", "cut within its first attribute", misfit, new Resize(FirstAttribute + 3));
        Set("data", "cut within its fields", misfit, new Resize(FirstAttribute - 1));
        Set("RESERVED2", "1", Demand.Discard("RFC2408-2.5.2-02", NotifyType.PayloadMalformed).AsShould(), Field("RESERVED2", 1));

        void Set(string field, string value, Demand demand, PayloadOperation operation) => message.Payload($"{path}.{field}", value, demand, path, operation);
    }

    /// <summary>True length of the first attribute: a REQUEST names it only, a REPLY has an IPv4 address.</summary>
    private static int Length(CaseBuilder message) => message.IsOffer ? 0 : 4;

    private static SetField Field(string name, ulong value) => new(PayloadLayout.Field(PayloadType.Attributes, name), value);

    private static SetOctets FirstAttributeOf(int length) => new(FirstLength, [(byte)(length >> 8), (byte)length]);
}
