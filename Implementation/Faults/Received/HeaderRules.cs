// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Isakmp;
using static Ipsec.Faults.BytesOperation;
using static Ipsec.Wire.V1.NotifyType;

namespace Ipsec.Faults.Received;

/// <summary>Wrong values of the header fields of every message (RFC 2408 sections 3.1, 5.1 and 5.2).</summary>
internal static class HeaderRules
{
    private const ulong AllBits = ulong.MaxValue;
    private const ulong SomeBits = 0x0040_0000_0000_0000;
    private const ulong ReservedFlags = 0xF8;
    private const int HalfAHeader = 14;

    private static readonly Demand BadCookie = Demand.Discard("RFC2408-5.2-04", InvalidCookie);
    private static readonly Demand BadLength = Demand.Discard("RFC2408-5.1-01", UnequalPayloadLengths, PayloadMalformed);

    public static void Add(CaseBuilder message)
    {
        Cookies(message);
        NextPayload(message);
        Versions(message);
        Exchange(message);
        Flags(message);
        MessageId(message);
        Length(message);
    }

    private static void Cookies(CaseBuilder message)
    {
        var isFirst = message.IsPhase1 && message.Row.Message == 1;
        if (isFirst)
        {
            // Any initiator cookie begins an exchange; a responder cookie names one that does not exist.
            message.Datagram("header.responder cookie", "that of nobody", BadCookie, new SetHeader(HeaderField.ResponderCookie, SomeBits));
            return;
        }

        message.Datagram("header.initiator cookie", "zero", BadCookie, new SetHeader(HeaderField.InitiatorCookie, 0));
        message.Datagram("header.initiator cookie", "that of nobody", BadCookie, new FlipHeader(HeaderField.InitiatorCookie, SomeBits));
        var beginsExchange = message.IsPhase1 && message.Row.Message == 2;

        // Without a responder cookie an answer to message 1 looks like another message 1.
        message.Datagram("header.responder cookie", "zero", beginsExchange ? Demand.Survive(message.ExchangeClause) : BadCookie, new SetHeader(HeaderField.ResponderCookie, 0));
        if (!beginsExchange)
        {
            message.Datagram("header.responder cookie", "that of nobody", BadCookie, new FlipHeader(HeaderField.ResponderCookie, SomeBits));
        }
    }

    private static void NextPayload(CaseBuilder message)
    {
        var demand = Demand.Discard("RFC2408-5.2-05", InvalidPayloadType, PayloadMalformed, UnequalPayloadLengths);
        message.Datagram("header.next payload", "NONE (0), though payloads follow", demand, new SetHeader(HeaderField.NextPayload, 0));
        message.Datagram("header.next payload", "Proposal (2)", demand, new SetHeader(HeaderField.NextPayload, 2));
        message.Datagram("header.next payload", "unassigned (99)", demand, new SetHeader(HeaderField.NextPayload, 99));
    }

    private static void Versions(CaseBuilder message)
    {
        var major = Demand.Discard("RFC2408-3.1-02", InvalidMajorVersion).AsShould();
        message.Datagram("header.major version", "3", major, new SetHeader(HeaderField.MajorVersion, 3));
        message.Datagram("header.major version", "15", major, new SetHeader(HeaderField.MajorVersion, 15));
        message.Datagram("header.minor version", "1", Demand.Discard("RFC2408-3.1-03", InvalidMinorVersion).AsShould(), new SetHeader(HeaderField.MinorVersion, 1));
    }

    private static void Exchange(CaseBuilder message)
    {
        var unknown = Demand.Discard("RFC2408-5.2-02", InvalidExchangeType, UnsupportedExchangeType);
        message.Datagram("header.exchange type", "NONE (0)", unknown, new SetHeader(HeaderField.ExchangeType, 0));
        message.Datagram("header.exchange type", "unassigned (99)", unknown, new SetHeader(HeaderField.ExchangeType, 99));

        var other = message.IsPhase1 ? ExchangeType.QuickMode : ExchangeType.IdentityProtection;
        var name = message.IsPhase1 ? "quick mode (32)" : "main mode (2)";
        var switched = Demand.Discard("RFC2409-4-01", InvalidExchangeType, UnsupportedExchangeType, InvalidCookie, InvalidFlags, PayloadMalformed);
        message.Datagram("header.exchange type", name, switched, new SetHeader(HeaderField.ExchangeType, (ulong)other));
        if (message.IsPhase1 && message.Row.Message > 1)
        {
            var (mode, text) = message.Row.Exchange == ExchangeType.Aggressive
                ? (ExchangeType.IdentityProtection, "main mode (2)")
                : (ExchangeType.Aggressive, "aggressive mode (4)");
            message.Datagram("header.exchange type", text, switched with { Clause = "RFC2409-5-05" }, new SetHeader(HeaderField.ExchangeType, (ulong)mode));
        }
    }

    private static void Flags(CaseBuilder message)
    {
        var demand = Demand.Discard("RFC2408-5.2-03", InvalidFlags);
        message.Datagram("header.flags", "all reserved bits set", demand, new FlipHeader(HeaderField.Flags, ReservedFlags));
        message.Datagram("header.flags", "the reserved bit 0x10 set", demand, new FlipHeader(HeaderField.Flags, 0x10));

        var malformed = Demand.Discard("RFC2408-5.2-03", InvalidFlags, PayloadMalformed, InvalidPayloadType);
        var flipped = new FlipHeader(HeaderField.Flags, (ulong)IsakmpFlags.Encryption);
        if (!message.Row.IsEncrypted)
        {
            message.Datagram("header.flags", "Encryption set on payloads in clear", malformed, flipped);
            return;
        }

        message.Datagram("header.flags", "Encryption cleared before encrypted payloads", malformed, flipped);
        if (message.Row.MayBeClear)
        {
            return;
        }

        var clause = message.Row.Exchange == ExchangeType.Informational ? "RFC2408-4.8-01" : message.IsPhase1 ? message.ExchangeClause : "RFC2409-3.2-02";
        message.Datagram("payloads", "sent without encryption", malformed with { Clause = clause, Notifications = [.. malformed.Notifications, InvalidHashInformation] }, new InClear());
    }

    private static void MessageId(CaseBuilder message)
    {
        var demand = Demand.Discard("RFC2408-5.2-06", InvalidMessageId, PayloadMalformed, InvalidHashInformation, InvalidPayloadType);
        if (message.IsPhase1)
        {
            message.Datagram("header.message ID", "1", demand, new SetHeader(HeaderField.MessageId, 1));
            message.Datagram("header.message ID", "4294967295", demand, new SetHeader(HeaderField.MessageId, uint.MaxValue));
            return;
        }

        message.Datagram("header.message ID", "zero", demand, new SetHeader(HeaderField.MessageId, 0));
        message.Datagram("header.message ID", "another than it was encrypted under", demand, new FlipHeader(HeaderField.MessageId, 0x40));
    }

    private static void Length(CaseBuilder message)
    {
        message.Datagram("header.length", "one octet more than there is", BadLength, new AddToHeader(HeaderField.Length, 1));
        message.Datagram("header.length", "one octet less than there is", BadLength, new AddToHeader(HeaderField.Length, -1));
        message.Datagram("header.length", "zero", BadLength, new SetHeader(HeaderField.Length, 0));
        message.Datagram("header.length", "the header's own 28", BadLength, new SetHeader(HeaderField.Length, IsakmpHeader.Size));
        message.Datagram("header.length", "4294967295", BadLength, new SetHeader(HeaderField.Length, AllBits));
        message.Datagram("datagram", "cut by one octet", BadLength, new Truncate(1));
        message.Datagram("datagram", "longer by one octet", BadLength, new Append(1));
        message.Datagram("datagram", "the header alone", BadLength, new KeepFirst(IsakmpHeader.Size));
        message.Datagram("datagram", "half a header", BadLength, new KeepFirst(HalfAHeader));
    }
}
