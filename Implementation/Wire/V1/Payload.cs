// SPDX-License-Identifier: Apache-2.0
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// | Next Payload  |   RESERVED    |     Payload Length, octets    |  0
// +---------------+---------------+-------------------------------+
// |                     Body: length - 4 octets                   |  4
// +---------------------------------------------------------------+

/// <summary>
/// One IKEv1 payload. It begins with the generic header of 4 octets (RFC 2408 section 3.2), whose fields can be overridden to write
/// illegal messages. Two payloads are equal when they are the same type and write the same octets.
/// </summary>
public abstract record Payload
{
    /// <summary>Size of the generic payload header in octets.</summary>
    public const int HeaderSize = 4;

    /// <summary>A payload of our own making.</summary>
    protected Payload()
    {
    }

    /// <summary>
    /// Copies for a <c>with</c> expression. What was read is not carried over: the copy may be changed, and its octets are then others.
    /// </summary>
    protected Payload(Payload original)
    {
        ArgumentNullException.ThrowIfNull(original);
        Reserved = original.Reserved;
        LengthOverride = original.LengthOverride;
        NextPayloadOverride = original.NextPayloadOverride;
    }

    /// <summary>The number that names this payload in the Next Payload field before it.</summary>
    public abstract PayloadType Type { get; }

    /// <summary>RESERVED, the second octet of the generic header, as read or to be written. RFC 2408 section 3.2 demands zero.</summary>
    public byte Reserved { get; init; }

    /// <summary>Payload Length to write instead of the true one, in octets.</summary>
    public ushort? LengthOverride { get; init; }

    /// <summary>Next Payload to write instead of the type that follows.</summary>
    public PayloadType? NextPayloadOverride { get; init; }

    /// <summary>The payload as it was read, generic header included; empty for payloads we made or changed.</summary>
    public ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>
    /// The octets after the generic header, as read, else as they will be written: what RFC 2409 section 3.2 writes "P_b".
    /// </summary>
    public ReadOnlyMemory<byte> Body => Raw.Length >= HeaderSize ? Raw[HeaderSize..] : EncodeBody();

    /// <summary>Writes generic header and body.</summary>
    /// <param name="writer">Receives the octets.</param>
    /// <param name="next">Type of the payload that follows, or <see cref="PayloadType.None"/>.</param>
    public void Write(WireWriter writer, PayloadType next)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var start = GenericHeader.Begin(writer, NextPayloadOverride ?? next, Reserved);
        WriteBody(writer);
        GenericHeader.End(writer, start, LengthOverride);
    }

    /// <summary>Equal when type, generic header and body are.</summary>
    public virtual bool Equals(Payload? other) =>
        other is not null
        && EqualityContract == other.EqualityContract
        && Type == other.Type
        && Reserved == other.Reserved
        && LengthOverride == other.LengthOverride
        && NextPayloadOverride == other.NextPayloadOverride
        && Body.Span.SequenceEqual(other.Body.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Type);
        hash.AddBytes(Body.Span);
        return hash.ToHashCode();
    }

    /// <summary>What a person wants to see of the payload in a trace.</summary>
    public sealed override string ToString() => Describe();

    /// <summary>Writes the octets after the generic header from the model, never from <see cref="Raw"/>.</summary>
    protected internal abstract void WriteBody(WireWriter writer);

    /// <summary>The text of <see cref="ToString"/>: by default the RFC's short name and the body's size in octets.</summary>
    protected virtual string Describe() => $"{Type.Notation()}[{Body.Length}]";

    private byte[] EncodeBody()
    {
        var writer = new WireWriter();
        WriteBody(writer);
        return writer.ToArray();
    }
}
