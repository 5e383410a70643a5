// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Isakmp;

namespace Ipsec.Faults;

/// <summary>Something done to the encoded payloads, or to the datagram.</summary>
public abstract record BytesOperation
{
    /// <summary>Does it.</summary>
    /// <param name="bytes">The honest bytes.</param>
    /// <param name="plain">The encoded payloads before encryption.</param>
    /// <returns>The bytes afterwards.</returns>
    public abstract byte[] Apply(byte[] bytes, byte[] plain);

    /// <summary>A header field gets another value.</summary>
    /// <param name="Field">The field.</param>
    /// <param name="Value">Its value.</param>
    public sealed record SetHeader(HeaderField Field, ulong Value) : BytesOperation
    {
        /// <inheritdoc/>
        public override byte[] Apply(byte[] bytes, byte[] plain) => WithHeader(bytes, Field, _ => Value);
    }

    /// <summary>Bits of a header field are flipped.</summary>
    /// <param name="Field">The field.</param>
    /// <param name="Bits">The bits.</param>
    public sealed record FlipHeader(HeaderField Field, ulong Bits) : BytesOperation
    {
        /// <inheritdoc/>
        public override byte[] Apply(byte[] bytes, byte[] plain) => WithHeader(bytes, Field, value => value ^ Bits);
    }

    /// <summary>A header field is more or less than it should be.</summary>
    /// <param name="Field">The field.</param>
    /// <param name="Difference">What is added to the true value.</param>
    public sealed record AddToHeader(HeaderField Field, int Difference) : BytesOperation
    {
        /// <inheritdoc/>
        public override byte[] Apply(byte[] bytes, byte[] plain) => WithHeader(bytes, Field, value => unchecked(value + (ulong)(long)Difference));
    }

    /// <summary>Bits of one octet are flipped.</summary>
    /// <param name="Offset">Which octet.</param>
    /// <param name="Mask">The bits.</param>
    public sealed record FlipBits(Index Offset, byte Mask) : BytesOperation
    {
        /// <inheritdoc/>
        public override byte[] Apply(byte[] bytes, byte[] plain)
        {
            byte[] bent = [.. bytes];
            bent[Offset] ^= Mask;
            return bent;
        }
    }

    /// <summary>Only the beginning is left.</summary>
    /// <param name="Length">How many octets.</param>
    public sealed record KeepFirst(int Length) : BytesOperation
    {
        /// <inheritdoc/>
        public override byte[] Apply(byte[] bytes, byte[] plain) => bytes[..Math.Min(Length, bytes.Length)];
    }

    /// <summary>The last octets are missing.</summary>
    /// <param name="Count">How many.</param>
    public sealed record Truncate(int Count) : BytesOperation
    {
        /// <inheritdoc/>
        public override byte[] Apply(byte[] bytes, byte[] plain) => bytes[..Math.Max(0, bytes.Length - Count)];
    }

    /// <summary>Zeros follow.</summary>
    /// <param name="Count">How many octets.</param>
    public sealed record Append(int Count) : BytesOperation
    {
        /// <inheritdoc/>
        public override byte[] Apply(byte[] bytes, byte[] plain) => [.. bytes, .. new byte[Count]];
    }

    /// <summary>
    /// The datagram is sent without encryption: the payloads in clear behind a header that says so, in flag and length.
    /// </summary>
    public sealed record InClear : BytesOperation
    {
        /// <inheritdoc/>
        public override byte[] Apply(byte[] bytes, byte[] plain)
        {
            byte[] clear = [.. bytes[..IsakmpHeader.Size], .. plain];
            HeaderField.Flags.Write(clear, HeaderField.Flags.Read(clear) & ~(ulong)IsakmpFlags.Encryption);
            HeaderField.Length.Write(clear, (ulong)clear.Length);
            return clear;
        }
    }

    private static byte[] WithHeader(byte[] bytes, HeaderField field, Func<ulong, ulong> change)
    {
        byte[] bent = [.. bytes];
        field.Write(bent, change(field.Read(bent)));
        return bent;
    }
}
