// SPDX-License-Identifier: Apache-2.0
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// | Next Payload  |   RESERVED    |        Payload Length         |  0
// +---------------+---------------+-------------------------------+
// | Message Type  |   RESERVED    |           Identifier          |  4
// +---------------+---------------+-------------------------------+
// |                       Data attributes                         |  8
// +---------------------------------------------------------------+

/// <summary>Attributes payload of Mode Config and XAUTH (draft-dukes-ike-mode-cfg-02 section 3.2).</summary>
/// <param name="MessageType">A <see cref="ConfigurationMessageType"/>.</param>
/// <param name="Identifier">Ties a reply to its request.</param>
/// <param name="Attributes">Attributes in their order.</param>
public sealed record AttributesPayload(byte MessageType, ushort Identifier, ImmutableArray<DataAttribute> Attributes) : Payload
{
    /// <summary>RESERVED after the message type, as read or to be written.</summary>
    public byte Reserved2 { get; init; }

    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Attributes;

    /// <inheritdoc/>
    public bool Equals(AttributesPayload? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    protected internal override void WriteBody(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.U8(MessageType);
        writer.U8(Reserved2);
        writer.U16(Identifier);
        foreach (var attribute in Attributes)
        {
            attribute.Write(writer);
        }
    }

    /// <inheritdoc/>
    protected override string Describe() => $"ATTR({(ConfigurationMessageType)MessageType} {string.Join(' ', Attributes)})";

    /// <summary>Reads the octets after the generic header.</summary>
    internal static bool TryReadBody(ReadOnlyMemory<byte> body, int offset, [NotNullWhen(true)] out Payload? payload, out WireError error)
    {
        payload = null;
        var reader = new WireReader(body.Span, offset);
        if (!reader.TryU8("message type", out var type, out error)
            || !reader.TryU8("reserved", out var reserved, out error)
            || !reader.TryU16("identifier", out var identifier, out error)
            || !DataAttribute.TryReadAll(body[reader.Position..], reader.Offset, out var attributes, out error))
        {
            return false;
        }

        payload = new AttributesPayload(type, identifier, attributes) { Reserved2 = reserved };
        return true;
    }
}
