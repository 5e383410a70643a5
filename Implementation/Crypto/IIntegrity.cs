// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto;

/// <summary>
/// An integrity algorithm under one key, giving the (truncated) integrity check value of ESP, AH and IKEv2. No call allocates.
/// Not thread-safe: one object per SA and direction.
/// </summary>
public interface IIntegrity : IDisposable
{
    /// <summary>Octets in the ICV.</summary>
    int IcvSize { get; }

    /// <summary>
    /// Computes the ICV over <paramref name="a"/> followed by <paramref name="b"/>. Two parts, because ESP with extended sequence
    /// numbers appends the high 32 bits, which do not travel (RFC 4303 section 2.2.1); either may be empty.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="icv"/> is not <see cref="IcvSize"/> octets long.</exception>
    void Compute(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> icv);

    /// <summary>
    /// Whether <paramref name="icv"/> is the ICV of the two parts. Takes constant time for the right length; false for any other.
    /// </summary>
    bool Verify(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> icv);
}
