// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Faults;

/// <summary>Something done to one payload of a message, or beside it.</summary>
public abstract record PayloadOperation
{
    /// <summary>Does it.</summary>
    /// <param name="payloads">The message's payloads.</param>
    /// <param name="at">Index of the payload that is meant.</param>
    /// <returns>The payloads afterwards; null when the payload does not have what the operation is about.</returns>
    public abstract ImmutableArray<Payload>? Apply(ImmutableArray<Payload> payloads, int at);

    /// <summary>A field gets another value.</summary>
    /// <param name="Field">The field.</param>
    /// <param name="Value">Its value.</param>
    public sealed record SetField(PayloadField Field, ulong Value) : PayloadOperation
    {
        /// <inheritdoc/>
        public override ImmutableArray<Payload>? Apply(ImmutableArray<Payload> payloads, int at) => WithField(payloads, at, Field, _ => Value);
    }

    /// <summary>A field is more or less than it should be: a declared length, a count.</summary>
    /// <param name="Field">The field.</param>
    /// <param name="Difference">What is added to the true value.</param>
    public sealed record AddToField(PayloadField Field, int Difference) : PayloadOperation
    {
        /// <inheritdoc/>
        public override ImmutableArray<Payload>? Apply(ImmutableArray<Payload> payloads, int at) =>
            WithField(payloads, at, Field, value => unchecked(value + (ulong)(long)Difference));
    }

    /// <summary>Bits of the body are flipped.</summary>
    /// <param name="Offset">Which octet of the body.</param>
    /// <param name="Mask">The bits.</param>
    public sealed record FlipBits(Index Offset, byte Mask) : PayloadOperation
    {
        /// <inheritdoc/>
        public override ImmutableArray<Payload>? Apply(ImmutableArray<Payload> payloads, int at) => WithBody(payloads, at, body =>
        {
            body[Offset] ^= Mask;
            return body;
        });
    }

    /// <summary>Octets of the body are replaced by others; the body is as long as before.</summary>
    /// <param name="Offset">Which octet of the body.</param>
    /// <param name="Octets">The new octets.</param>
    public sealed record SetOctets(int Offset, ImmutableArray<byte> Octets) : PayloadOperation
    {
        /// <inheritdoc/>
        public override ImmutableArray<Payload>? Apply(ImmutableArray<Payload> payloads, int at) => WithBody(payloads, at, body =>
        {
            Octets.AsSpan().CopyTo(body.AsSpan(Offset));
            return body;
        });
    }

    /// <summary>Every octet of the body gets the same value.</summary>
    /// <param name="Octet">The value.</param>
    public sealed record Fill(byte Octet) : PayloadOperation
    {
        /// <inheritdoc/>
        public override ImmutableArray<Payload>? Apply(ImmutableArray<Payload> payloads, int at) => WithBody(payloads, at, body =>
        {
            Array.Fill(body, Octet);
            return body;
        });
    }

    /// <summary>The body is cut to a length, or made longer by octets of the value 1. The declared length is the true one.</summary>
    /// <param name="Length">Length of the body in octets.</param>
    public sealed record Resize(int Length) : PayloadOperation
    {
        /// <inheritdoc/>
        public override ImmutableArray<Payload>? Apply(ImmutableArray<Payload> payloads, int at) => WithBody(payloads, at, body => Resized(body, Length));
    }

    /// <summary>The body is cut by some octets, or made longer. The declared length is the true one.</summary>
    /// <param name="Difference">Octets more, or less when negative.</param>
    public sealed record Grow(int Difference) : PayloadOperation
    {
        /// <inheritdoc/>
        public override ImmutableArray<Payload>? Apply(ImmutableArray<Payload> payloads, int at) =>
            WithBody(payloads, at, body => Resized(body, Math.Max(0, body.Length + Difference)));
    }

    /// <summary>The payload is left out.</summary>
    public sealed record Remove : PayloadOperation
    {
        /// <inheritdoc/>
        public override ImmutableArray<Payload>? Apply(ImmutableArray<Payload> payloads, int at) => payloads.RemoveAt(at);
    }

    /// <summary>The payload is there twice.</summary>
    public sealed record Duplicate : PayloadOperation
    {
        /// <inheritdoc/>
        public override ImmutableArray<Payload>? Apply(ImmutableArray<Payload> payloads, int at) => payloads.Insert(at, payloads[at]);
    }

    /// <summary>The payload stands elsewhere in the message.</summary>
    /// <param name="Position">Its new place; the last place for any number behind it.</param>
    public sealed record MoveTo(int Position) : PayloadOperation
    {
        /// <inheritdoc/>
        public override ImmutableArray<Payload>? Apply(ImmutableArray<Payload> payloads, int at)
        {
            var rest = payloads.RemoveAt(at);
            return rest.Insert(Math.Min(Position, rest.Length), payloads[at]);
        }
    }

    /// <summary>Another payload stands before or behind the payload.</summary>
    /// <param name="Payload">The other one.</param>
    /// <param name="Before">Whether it stands before.</param>
    public sealed record Insert(Payload Payload, bool Before) : PayloadOperation
    {
        /// <inheritdoc/>
        public override ImmutableArray<Payload>? Apply(ImmutableArray<Payload> payloads, int at) => payloads.Insert(Before ? at : at + 1, Payload);
    }

    private static ImmutableArray<Payload>? WithField(ImmutableArray<Payload> payloads, int at, PayloadField field, Func<ulong, ulong> change)
    {
        var payload = payloads[at];
        var writer = new WireWriter();
        payload.Write(writer, at + 1 < payloads.Length ? payloads[at + 1].Type : PayloadType.None);
        var bytes = writer.ToArray();
        var where = field.Locate(bytes);
        if (where < 0)
        {
            return null;
        }

        field.Write(bytes, where, change(field.Read(bytes, where)));
        return payloads.SetItem(at, new UnknownPayload(payload.Type, bytes.AsMemory(Payload.HeaderSize))
        {
            Reserved = bytes[1],
            LengthOverride = field == PayloadLayout.Length ? (ushort)field.Read(bytes, where) : payload.LengthOverride,
            NextPayloadOverride = field == PayloadLayout.NextPayload ? (PayloadType)bytes[0] : payload.NextPayloadOverride,
        });
    }

    private static ImmutableArray<Payload> WithBody(ImmutableArray<Payload> payloads, int at, Func<byte[], byte[]> change) =>
        payloads.SetItem(at, new UnknownPayload(payloads[at].Type, change(payloads[at].Body.ToArray())));

    private static byte[] Resized(byte[] body, int length)
    {
        var resized = new byte[length];
        Array.Fill(resized, (byte)1);
        body.AsSpan(0, Math.Min(length, body.Length)).CopyTo(resized);
        return resized;
    }
}
