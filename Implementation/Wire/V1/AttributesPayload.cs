// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
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
    /// <summary>Octets to whose multiple a message may be padded (RFC 2408 section 3.6).</summary>
    private const int Alignment = 4;

    /// <summary>Octets of an attribute's type, and of its length or short value (RFC 2408 section 3.3).</summary>
    private const int AttributeHeader = 4;

    /// <summary>The bit of the first octet that says that the value stands in the place of the length.</summary>
    private const byte ShortForm = 0x80;

    /// <summary>RESERVED after the message type, as read or to be written.</summary>
    public byte Reserved2 { get; init; }

    /// <summary>
    /// Zero octets behind the attributes that make the payload a multiple of four octets, 0 to 3. RFC 2408 section 3.6 puts such padding behind
    /// the last payload of a message; there are senders that count it into the payload.
    /// </summary>
    public int PaddingLength { get; init; }

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

        for (var i = 0; i < PaddingLength; i++)
        {
            writer.U8(0);
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
            || !reader.TryU16("identifier", out var identifier, out error))
        {
            return false;
        }

        var padding = Padding(body.Span[reader.Position..]);
        if (!DataAttribute.TryReadAll(body[reader.Position..^padding], reader.Offset, out var attributes, out error))
        {
            return false;
        }

        payload = new AttributesPayload(type, identifier, attributes) { Reserved2 = reserved, PaddingLength = padding };
        return true;
    }

    /// <summary>How many octets follow the last whole attribute, if they are padding, and otherwise 0: then it is the attributes that are wrong.</summary>
    private static int Padding(ReadOnlySpan<byte> attributes)
    {
        var rest = attributes;
        while (rest.Length >= AttributeHeader)
        {
            var isShort = (rest[0] & ShortForm) != 0;
            var length = AttributeHeader + (isShort ? 0 : BinaryPrimitives.ReadUInt16BigEndian(rest[2..]));
            if (length > rest.Length)
            {
                return 0;
            }

            rest = rest[length..];
        }

        return attributes.Length % Alignment == 0 && !rest.ContainsAnyExcept((byte)0) ? rest.Length : 0;
    }
}
