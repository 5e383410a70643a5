// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using static Ipsec.Faults.PayloadOperation;
using static Ipsec.Wire.V1.NotifyType;

namespace Ipsec.Faults.Received;

/// <summary>Presence, order and generic header of every payload of every message (RFC 2408 sections 3.2 and 5.3).</summary>
internal static class GenericRules
{
    private const byte Unassigned = 99;
    private const NotifyType UnknownStatus = (NotifyType)40000;
    private const byte X509Signature = (byte)CertificateEncoding.X509Signature;

    private static readonly Demand BadHeader = Demand.Discard("RFC2408-5.3-01", PayloadMalformed, BadProposalSyntax, InvalidPayloadType);
    private static readonly Demand BadNextPayload = Demand.Discard("RFC2408-5.3-02", InvalidPayloadType, PayloadMalformed, BadProposalSyntax);
    private static readonly Demand BadReserved = Demand.Discard("RFC2408-2.5.2-02", PayloadMalformed, BadProposalSyntax).AsShould();

    public static void Add(CaseBuilder message)
    {
        foreach (var path in message.Payloads)
        {
            GenericHeader(message, path);
            Presence(message, path);
        }

        Order(message);
        Additions(message);
    }

    private static void GenericHeader(CaseBuilder message, PayloadPath path)
    {
        Set("next payload", "unassigned (99)", BadNextPayload, new SetField(PayloadLayout.NextPayload, Unassigned));
        if (path.Type == PayloadType.Sa)
        {
            Set("next payload", "Proposal (2)", BadNextPayload with { Clause = "RFC2408-3.4-01" }, new SetField(PayloadLayout.NextPayload, (ulong)PayloadType.Proposal));
        }

        Set("RESERVED", "1", BadReserved, new SetField(PayloadLayout.Reserved, 1));
        Set("length", "3, less than the generic header", BadHeader, new SetField(PayloadLayout.Length, Payload.HeaderSize - 1));
        Set("length", "65535, more than there is", BadHeader, new SetField(PayloadLayout.Length, ushort.MaxValue));

        // In an encrypted message an octet of padding may be taken in; then it is the HASH that does not fit.
        var slightly = BadHeader with { Notifications = [.. BadHeader.Notifications, AuthenticationFailed, InvalidHashInformation, InvalidKeyInformation] };
        Set("length", "one octet more than it has", slightly, new AddToField(PayloadLayout.Length, 1));

        // A shorter nonce is still a nonce, and octets behind the last payload may be padding (RFC 2408 section 3.6).
        if (path.Type != PayloadType.Nonce)
        {
            var behind = slightly with { Notifications = [.. slightly.Notifications, UnequalPayloadLengths] };
            Set("length", "one octet less than it has", behind, new AddToField(PayloadLayout.Length, -1));
        }

        void Set(string field, string value, Demand demand, PayloadOperation operation) => message.Payload($"{path}.{field}", value, demand, path, operation);
    }

    private static void Presence(CaseBuilder message, PayloadPath path)
    {
        var missing = Demand.Discard(message.ExchangeClause, PayloadMalformed, InvalidPayloadType, NoProposalChosen, InvalidHashInformation, AuthenticationFailed);
        switch (path.Type)
        {
            case PayloadType.Identification when message.Row.Exchange == ExchangeType.QuickMode:
                // Who negotiates for others names both (RFC 2409 section 5.5); what to make of one alone is not said.
                message.Payload($"{path}", "missing", Demand.Discard("RFC2409-5.5-03", InvalidIdInformation, PayloadMalformed, NoProposalChosen).AsShould(), path, new Remove());
                break;
            case PayloadType.Hash when message.IsHashed:
                var next = message.Payloads.Length > 1 ? message.Payloads[1].Type : PayloadType.None;
                message.Payload($"{path}", "missing", missing, path, new Remove(), new BytesOperation.SetHeader(HeaderField.NextPayload, (ulong)next));
                break;
            case PayloadType.Delete:
                return;
            default:
                message.Payload($"{path}", "missing", missing, path, new Remove());
                break;
        }

        message.Payload($"{path}", "there twice", Demand.Survive(message.ExchangeClause), path, new Duplicate());
    }

    private static void Order(CaseBuilder message)
    {
        if (message.Row.Leading is not [var first, .. var rest] || message.Payloads.Length < 2)
        {
            return;
        }

        if (first == PayloadType.Hash)
        {
            message.Payload(
                "HASH",
                "behind the other payloads",
                Demand.Discard(message.ExchangeClause, PayloadMalformed, InvalidPayloadType, InvalidHashInformation),
                new(first),
                new MoveTo(message.Payloads.Length),
                new BytesOperation.SetHeader(HeaderField.NextPayload, (ulong)message.Payloads[1].Type));
        }

        // That the SA follows the HASH binds its sender; that a receiver checks it is not said.
        if (rest.Contains(PayloadType.Sa) && message.Payloads.Length > 2)
        {
            message.Payload("SA", "not directly behind the HASH", Demand.Discard(message.ExchangeClause, PayloadMalformed, InvalidPayloadType).AsShould(), new(PayloadType.Sa), new MoveTo(1));
        }
    }

    private static void Additions(CaseBuilder message)
    {
        var last = message.Last;
        Behind("a payload of unassigned type (99)", BadNextPayload, new UnknownPayload((PayloadType)Unassigned, new byte[8]));
        if (!message.IsPhase1)
        {
            return;
        }

        Behind("an unknown vendor ID", Demand.Accept("RFC2408-3.16-01"), new VendorIdPayload("a vendor ID of nobody"u8.ToArray()));
        Behind("a CERT that nobody asked for", Demand.Accept("RFC2408-3.9-01"), new CertificatePayload(X509Signature, "no certificate"u8.ToArray()));
        Behind("a CERT of unassigned encoding (99)", Demand.Accept("RFC2408-5.9-01"), new CertificatePayload(Unassigned, "no certificate"u8.ToArray()));
        Behind("a CR for any X.509 certificate", Demand.Accept("RFC2408-3.10-01"), new CertificateRequestPayload(X509Signature, ReadOnlyMemory<byte>.Empty));
        Behind(
            "a notification of unknown status (40000)",
            Demand.Accept("RFC2408-5.14-02"),
            new NotificationPayload(SaPayload.IpsecDoi, ProtocolId.Isakmp, ReadOnlyMemory<byte>.Empty, UnknownStatus, ReadOnlyMemory<byte>.Empty));
        if (message.Row.Leading is [PayloadType.Sa, ..])
        {
            message.Payload(
                "SA",
                "behind a vendor ID",
                Demand.Discard("RFC2409-5-06", PayloadMalformed, InvalidPayloadType).AsShould(),
                new(PayloadType.Sa),
                new Insert(new VendorIdPayload("a vendor ID of nobody"u8.ToArray()), Before: true));
        }

        void Behind(string what, Demand demand, Payload payload)
        {
            var at = message.IsHashed && last.Type == PayloadType.Hash ? message.Payloads[0] : last;
            message.Payload("behind the last payload", what, demand, at, new Insert(payload, Before: false));
        }
    }
}
