// SPDX-License-Identifier: Apache-2.0
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

/// <summary>The payloads of a message, each naming the type of the next one (RFC 2408 section 3.2).</summary>
public static class PayloadChain
{
    /// <summary>
    /// Reads payloads until one says that none follows. Octets may be left then (padding, in encrypted messages): that is for the caller
    /// to judge. The payloads refer to the given memory, which must not change while they are used.
    /// </summary>
    /// <param name="first">Type of the first payload, from the header.</param>
    /// <param name="bytes">The octets after the header.</param>
    /// <param name="baseOffset">Where these octets begin in the datagram; added to the offsets in errors.</param>
    /// <param name="payloads">The payloads in their order, with <see cref="Payload.Raw"/>; none on error.</param>
    /// <param name="consumed">Number of octets that the chain covers; on error, of those before the defective payload.</param>
    /// <param name="error">The first defect.</param>
    public static bool TryRead(
        PayloadType first,
        ReadOnlyMemory<byte> bytes,
        int baseOffset,
        out ImmutableArray<Payload> payloads,
        out int consumed,
        out WireError error)
    {
        payloads = [];
        consumed = 0;
        error = default;
        var found = ImmutableArray.CreateBuilder<Payload>();
        for (var type = first; type != PayloadType.None;)
        {
            var reader = new WireReader(bytes.Span[consumed..], baseOffset + consumed);
            if (!GenericHeader.TryRead(ref reader, out var header, out error)
                || !TryReadBody(
                    type,
                    bytes.Slice(consumed + Payload.HeaderSize, header.Length - Payload.HeaderSize),
                    reader.Offset,
                    out var payload,
                    out error))
            {
                error = error.Within(type.Notation());
                return false;
            }

            found.Add(payload with { Raw = bytes.Slice(consumed, header.Length), Reserved = header.Reserved });
            consumed += header.Length;
            type = header.NextPayload;
        }

        payloads = found.ToImmutable();
        return true;
    }

    /// <summary>Writes the payloads, each with the type of the next one and its own length unless overridden.</summary>
    public static void Write(WireWriter writer, IReadOnlyList<Payload> payloads)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(payloads);
        for (var i = 0; i < payloads.Count; i++)
        {
            payloads[i].Write(writer, i + 1 < payloads.Count ? payloads[i + 1].Type : PayloadType.None);
        }
    }

    private static bool TryReadBody(
        PayloadType type, ReadOnlyMemory<byte> body, int offset, [NotNullWhen(true)] out Payload? payload, out WireError error)
    {
        switch (type)
        {
            case PayloadType.Sa:
                return SaPayload.TryReadBody(body, offset, out payload, out error);
            case PayloadType.Identification:
                return IdentificationPayload.TryReadBody(body, offset, out payload, out error);
            case PayloadType.Certificate:
                return CertificatePayload.TryReadBody(body, offset, out payload, out error);
            case PayloadType.CertificateRequest:
                return CertificateRequestPayload.TryReadBody(body, offset, out payload, out error);
            case PayloadType.Notification:
                return NotificationPayload.TryReadBody(body, offset, out payload, out error);
            case PayloadType.Delete:
                return DeletePayload.TryReadBody(body, offset, out payload, out error);
            case PayloadType.Attributes:
                return AttributesPayload.TryReadBody(body, offset, out payload, out error);
            case PayloadType.Fragment:
                return FragmentPayload.TryReadBody(body, offset, out payload, out error);
            case PayloadType.NatOriginalAddress or PayloadType.NatOriginalAddressDraft:
                return NatOriginalAddressPayload.TryReadBody(
                    type == PayloadType.NatOriginalAddressDraft, body, offset, out payload, out error);
            default:
                error = default;
                payload = ReadOpaqueBody(type, body);
                return true;
        }
    }

    private static Payload ReadOpaqueBody(PayloadType type, ReadOnlyMemory<byte> body) => type switch
    {
        PayloadType.KeyExchange => new KeyExchangePayload(body),
        PayloadType.Hash => new HashPayload(body),
        PayloadType.Signature => new SignaturePayload(body),
        PayloadType.Nonce => new NoncePayload(body),
        PayloadType.VendorId => new VendorIdPayload(body),
        PayloadType.NatDiscovery => new NatDiscoveryPayload(body),
        PayloadType.NatDiscoveryDraft => new NatDiscoveryPayload(body) { IsDraft = true },
        _ => new UnknownPayload(type, body),
    };
}
