// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using Ipsec.Crypto;

namespace Ipsec.Ike.V1;

/// <summary>A Diffie-Hellman group modulo a prime that is nobody's but the two peers' (RFC 2409 section 5.6).</summary>
/// <param name="Number">Its Group Description: 2^15 or above.</param>
/// <param name="Prime">The modulus, big endian: a safe prime.</param>
/// <param name="Generator">The generator, big endian: above 1 and below p-1.</param>
public sealed record PrivateGroup(ushort Number, ReadOnlyMemory<byte> Prime, ReadOnlyMemory<byte> Generator)
{
    /// <summary>Whether both are the same group.</summary>
    /// <param name="other">The other group.</param>
    /// <returns>True when the numbers are equal; zeros in front of prime and generator do not count.</returns>
    public bool Equals(PrivateGroup? other) =>
        other is not null
        && Number == other.Number
        && Digits(Prime).SequenceEqual(Digits(other.Prime))
        && Digits(Generator).SequenceEqual(Digits(other.Generator));

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Number);
        hash.AddBytes(Digits(Prime));
        hash.AddBytes(Digits(Generator));
        return hash.ToHashCode();
    }

    /// <summary>The group's number and the bytes of its prime.</summary>
    /// <returns>E.g. "group 32768 of 128 bytes".</returns>
    public override string ToString() => $"group {Number} of {Prime.Length} bytes";

    internal bool TryCreate(int fewestBits, int mostBits, [NotNullWhen(true)] out KeyExchangeMethod? method, out string problem) =>
        KeyExchangeMethod.TryCreateModp(Number, Prime.Span, Generator.Span, fewestBits, mostBits, out method, out problem);

    private static ReadOnlySpan<byte> Digits(ReadOnlyMemory<byte> number) => number.Span.TrimStart((byte)0);
}
