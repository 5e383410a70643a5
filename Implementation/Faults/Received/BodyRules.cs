// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using static Ipsec.Faults.PayloadOperation;
using static Ipsec.Wire.V1.NotifyType;

namespace Ipsec.Faults.Received;

/// <summary>Wrong contents of the payloads other than SA (RFC 2408 sections 5.7 to 5.15, RFC 2407 section 4.6, RFC 2409 section 5).</summary>
internal static class BodyRules
{
    private const byte Tcp = 6;
    private const byte Udp = 17;
    private const ulong Unassigned = 99;
    private const int SmallestNonce = 8;
    private const int LargestNonce = 256;
    private const byte OneBit = 0x10;

    public static void Add(CaseBuilder message)
    {
        foreach (var path in message.Payloads)
        {
            switch (path.Type)
            {
                case PayloadType.KeyExchange:
                    KeyExchange(message, path);
                    break;
                case PayloadType.Nonce:
                    Nonce(message, path);
                    break;
                case PayloadType.Hash:
                    Hash(message, path);
                    break;
                case PayloadType.Signature:
                    Proof(message, path, Demand.Discard("RFC2408-5.12-01", AuthenticationFailed, InvalidSignature, PayloadMalformed));
                    break;
                case PayloadType.Identification when message.IsPhase1:
                    Identity(message, path);
                    break;
                case PayloadType.Identification:
                    ClientIdentity(message, path);
                    break;
                case PayloadType.Delete:
                    Delete(message, path);
                    break;
                case PayloadType.Notification:
                    Connected(message, path);
                    break;
                case PayloadType.Attributes:
                    AttributesRules.Add(message, path);
                    break;
            }
        }
    }

    private static void KeyExchange(CaseBuilder message, PayloadPath path)
    {
        var refused = Demand.Discard("RFC2408-5.7-01", InvalidKeyInformation, PayloadMalformed, NoProposalChosen);
        var length = refused with { Clause = "RFC2409-5-07" };
        Set("one octet shorter than the group demands", length, new Grow(-1));
        Set("one octet longer than the group demands", length, new Grow(1));
        Set("empty", length, new Resize(0));
        Set("all zeros", refused, new Fill(0));
        Set("all ones", refused, new Fill(byte.MaxValue));
        Set("no point of the curve, by one bit", refused, new FlipBits(^1, OneBit));

        void Set(string value, Demand demand, PayloadOperation operation) => message.Payload($"{path}.data", value, demand, path, operation);
    }

    private static void Nonce(CaseBuilder message, PayloadPath path)
    {
        var refused = Demand.Discard("RFC2409-5-08", PayloadMalformed, BadProposalSyntax);
        Set("empty", refused, 0);
        Set("7 octets", refused, SmallestNonce - 1);
        Set("257 octets", refused, LargestNonce + 1);
        if (message.Row is { Exchange: ExchangeType.Aggressive, Message: 2 })
        {
            // The HASH beside it is made of the nonce, so a nonce that its sender does not know is refused for its HASH.
            return;
        }

        Set("8 octets", Demand.Accept("RFC2409-5-08"), SmallestNonce);
        Set("256 octets", Demand.Accept("RFC2409-5-08"), LargestNonce);

        // Another nonce of the responder than HASH(2) covers would be found out; covered by it, it is as good.
        void Set(string value, Demand demand, int length) => message.Payload($"{path}.data", value, demand, path, new Resize(length));
    }

    private static void Hash(CaseBuilder message, PayloadPath path)
    {
        var clause = message.Row.Exchange switch
        {
            ExchangeType.QuickMode => "RFC2409-5.5-06",
            ExchangeType.Informational => "RFC2409-5.7-01",
            ExchangeType.NewGroupMode or ExchangeType.Transaction => message.ExchangeClause,
            _ => "RFC2408-5.11-01",
        };
        Proof(message, path, Demand.Discard(clause, AuthenticationFailed, InvalidHashInformation, PayloadMalformed));
    }

    private static void Proof(CaseBuilder message, PayloadPath path, Demand demand)
    {
        Set("wrong by its first bit", new FlipBits(0, 0x80));
        Set("wrong by its last bit", new FlipBits(^1, 0x01));
        Set("all zeros", new Fill(0));
        Set("one octet shorter", new Grow(-1));
        Set("one octet longer", new Grow(1));
        Set("empty", new Resize(0));

        void Set(string value, PayloadOperation operation) => message.Payload($"{path}.data", value, demand, path, operation);
    }

    /// <summary>An identity of phase 1 that is proved right, but not one that the peer may have; and one that is changed after the proof.</summary>
    private static void Identity(CaseBuilder message, PayloadPath path)
    {
        var refused = Demand.Discard("RFC2408-5.8-02", InvalidIdInformation, AuthenticationFailed, PayloadMalformed);
        var port = refused with { Clause = "RFC2407-4.6.2-01" };
        Set("type", "unassigned (99)", refused, Field("type", Unassigned));
        Set("type", "ID_IPV4_ADDR (1), of a name's data", refused, Field("type", (ulong)IdType.Ipv4Address));
        Set("protocol", "TCP (6)", port, Field("protocol", Tcp));
        Set("port", "80", port, Field("port", 80));
        Set("protocol and port", "UDP (17) and 4501", port, new SetOctets(1, [Udp, .. BigEndian(4501)]));
        Set("protocol and port", "UDP (17) and 500", Demand.Accept("RFC2407-4.6.2-01"), new SetOctets(1, [Udp, .. BigEndian(500)]));
        Set("data", "another name", refused, new FlipBits(4, 0x01));
        Set("data", "empty", refused, new Resize(4));
        message.Payload(
            $"{path}.data",
            "another name, which the HASH does not cover",
            Demand.Discard("RFC2408-5.11-01", AuthenticationFailed, InvalidHashInformation, InvalidIdInformation, PayloadMalformed),
            path,
            new FlipBits(^1, 0x01));

        void Set(string field, string value, Demand demand, PayloadOperation operation) => message.Identity($"{path}.{field}", value, demand, operation);
    }

    private static void ClientIdentity(CaseBuilder message, PayloadPath path)
    {
        var refused = Demand.Discard("RFC2408-5.8-02", InvalidIdInformation, PayloadMalformed, NoProposalChosen);

        // Whether a selector is acceptable is for the responder's policy to say; the initiator finds another than it sent.
        var foreign = (refused with { Clause = message.IsOffer ? "RFC2409-5.5-04" : "RFC2409-5.5-03" }).AsShould();
        Set("type", "unassigned (99)", refused, Field("type", Unassigned));
        Set("type", "ID_IPV6_ADDR_SUBNET (6), of 8 octets", refused, Field("type", (ulong)IdType.Ipv6Subnet));
        Set("data", "one octet shorter", refused, new Grow(-1));
        Set("data", "one octet longer", refused, new Grow(1));
        Set("data", "empty", refused, new Resize(4));
        Set("data", "another network", foreign, new FlipBits(6, 0x40));
        Set("protocol", "TCP (6)", foreign, Field("protocol", Tcp));

        void Set(string field, string value, Demand demand, PayloadOperation operation) => message.Payload($"{path}.{field}", value, demand, path, operation);
    }

    private static void Delete(CaseBuilder message, PayloadPath path)
    {
        var refused = Demand.Discard("RFC2408-5.15-05", InvalidProtocolId, InvalidSpi, DoiNotSupported, PayloadMalformed);
        Set("DOI", "unassigned (99)", refused, Of("DOI", Unassigned));
        Set("protocol", "unassigned (99)", refused, Of("protocol", Unassigned));
        Set("SPI size", "3", refused, Of("SPI size", 3));
        Set("SPI size", "16", refused, Of("SPI size", 16));
        Set("number of SPIs", "0, though one follows", refused, Of("number of SPIs", 0));
        Set("number of SPIs", "65535, more than there are", refused, Of("number of SPIs", ushort.MaxValue));
        Set("SPI", "that of nobody", refused, new FlipBits(^1, 0x01));

        SetField Of(string field, ulong value) => new(PayloadLayout.Field(PayloadType.Delete, field), value);

        void Set(string field, string value, Demand demand, PayloadOperation operation) => message.Payload($"{path}.{field}", value, demand, path, operation);
    }

    /// <summary>Another notification under the message ID of the quick mode is not what its responder waits for.</summary>
    private static void Connected(CaseBuilder message, PayloadPath path)
    {
        var refused = Demand.Discard("RFC2408-3.1-06", InvalidMessageId, PayloadMalformed);
        message.Payload($"{path}.type", "INITIAL-CONTACT (24578)", refused, path, Of((ulong)InitialContact));
        message.Payload($"{path}.type", "unassigned (20000)", refused, path, Of(20000));

        static SetField Of(ulong type) => new(PayloadLayout.Field(PayloadType.Notification, "type"), type);
    }

    private static SetField Field(string name, ulong value) => new(PayloadLayout.Field(PayloadType.Identification, name), value);

    private static ImmutableArray<byte> BigEndian(ushort number) => [(byte)(number >> 8), (byte)number];
}
