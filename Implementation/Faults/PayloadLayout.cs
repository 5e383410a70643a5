// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.Isakmp;
using static Ipsec.Faults.FieldOrigin;

namespace Ipsec.Faults;

/// <summary>
/// The payload table: which fields of fixed place each payload of IKEv1 has (RFC 2408 section 3, RFC 2407 section 4.6,
/// draft-dukes-ike-mode-cfg-02 section 3.2).
/// </summary>
public static class PayloadLayout
{
    /// <summary>Next Payload of the generic header.</summary>
    public static PayloadField NextPayload { get; } = new("next payload", Payload, 0, 1);

    /// <summary>RESERVED of the generic header.</summary>
    public static PayloadField Reserved { get; } = new("RESERVED", Payload, 1, 1);

    /// <summary>Payload Length of the generic header.</summary>
    public static PayloadField Length { get; } = new("length", Payload, 2, 2);

    /// <summary>The generic header, which every payload has (RFC 2408 section 3.2).</summary>
    public static ImmutableArray<PayloadField> Generic { get; } = [NextPayload, Reserved, Length];

    /// <summary>The fields behind the generic header.</summary>
    /// <param name="type">Payload type.</param>
    /// <returns>The fields in their order; none of a payload that is data from its first octet on.</returns>
    public static ImmutableArray<PayloadField> Of(PayloadType type) => type switch
    {
        PayloadType.Sa =>
        [
            new("DOI", Payload, 4, 4),
            new("situation", Payload, 8, 4),
            new("proposal.next payload", Proposal, 0, 1),
            new("proposal.RESERVED", Proposal, 1, 1),
            new("proposal.length", Proposal, 2, 2),
            new("proposal.number", Proposal, 4, 1),
            new("proposal.protocol", Proposal, 5, 1),
            new("proposal.SPI size", Proposal, 6, 1),
            new("proposal.number of transforms", Proposal, 7, 1),
            new("transform.next payload", Transform, 0, 1),
            new("transform.RESERVED", Transform, 1, 1),
            new("transform.length", Transform, 2, 2),
            new("transform.number", Transform, 4, 1),
            new("transform.ID", Transform, 5, 1),
            new("transform.RESERVED2", Transform, 6, 2),
            new("attribute.type", FieldOrigin.Attribute, 0, 2),
        ],
        PayloadType.Identification => [new("type", Payload, 4, 1), new("protocol", Payload, 5, 1), new("port", Payload, 6, 2)],
        PayloadType.Certificate => [new("encoding", Payload, 4, 1)],
        PayloadType.CertificateRequest => [new("type", Payload, 4, 1)],
        PayloadType.Notification =>
        [
            new("DOI", Payload, 4, 4), new("protocol", Payload, 8, 1), new("SPI size", Payload, 9, 1), new("type", Payload, 10, 2),
        ],
        PayloadType.Delete =>
        [
            new("DOI", Payload, 4, 4), new("protocol", Payload, 8, 1), new("SPI size", Payload, 9, 1), new("number of SPIs", Payload, 10, 2),
        ],
        PayloadType.Attributes => [new("type", Payload, 4, 1), new("RESERVED2", Payload, 5, 1), new("identifier", Payload, 6, 2)],
        _ => [],
    };

    /// <summary>A field by its name.</summary>
    /// <param name="type">Payload type.</param>
    /// <param name="name">Name of the field.</param>
    /// <returns>The field.</returns>
    /// <exception cref="ArgumentException">The payload has no such field.</exception>
    public static PayloadField Field(PayloadType type, string name) =>
        Generic.Concat(Of(type)).FirstOrDefault(field => field.Name == name)
        ?? throw new ArgumentException($"{type.Notation()} has no field \"{name}\"", nameof(name));
}
