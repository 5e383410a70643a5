// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto;

/// <summary>
/// An integrity algorithm under one key, giving the (truncated) integrity check value of ESP, AH and IKEv2. No call allocates once the
/// largest message has been seen. Not thread-safe: one object per SA and direction.
/// </summary>
public interface IIntegrity : IDisposable
{
    /// <summary>Octets in the ICV, without an IV before it.</summary>
    int IcvSize { get; }

    /// <summary>Octets in the IV that AES-GMAC takes and that AH carries before the ICV (RFC 4543 section 4); 0 with all others.</summary>
    int IvSize => 0;

    /// <summary>
    /// Computes the ICV over <paramref name="a"/> followed by <paramref name="b"/>. Two parts, because ESP with extended sequence
    /// numbers appends the high 32 bits, which do not travel (RFC 4303 section 2.2.1); either may be empty.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="icv"/> is not <see cref="IcvSize"/> octets long.</exception>
    /// <exception cref="InvalidOperationException">The algorithm takes an IV.</exception>
    void Compute(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> icv);

    /// <summary>
    /// Whether <paramref name="icv"/> is the ICV of the two parts. Takes constant time for the right length; false for any other.
    /// </summary>
    /// <exception cref="InvalidOperationException">The algorithm takes an IV.</exception>
    bool Verify(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> icv);

    /// <summary>Computes the ICV with an IV, which must never come twice under one key.</summary>
    /// <param name="iv">
    /// <see cref="IvSize"/> octets: none for most algorithms. It has to stand in the parts as well, where the packet has it.
    /// </param>
    /// <param name="a">The first part.</param>
    /// <param name="b">The second part.</param>
    /// <param name="icv"><see cref="IcvSize"/> octets.</param>
    /// <exception cref="ArgumentException">The length of IV or ICV is not as said above.</exception>
    void Compute(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> icv)
    {
        RequireNone(iv);
        Compute(a, b, icv);
    }

    /// <summary>Whether <paramref name="icv"/> is the ICV of the two parts with an IV.</summary>
    /// <param name="iv"><see cref="IvSize"/> octets: none for most algorithms.</param>
    /// <param name="a">The first part.</param>
    /// <param name="b">The second part.</param>
    /// <param name="icv">The ICV as received; one of another length than <see cref="IcvSize"/> is refused.</param>
    /// <exception cref="ArgumentException">The length of the IV is not as said above.</exception>
    bool Verify(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> icv)
    {
        RequireNone(iv);
        return Verify(a, b, icv);
    }

    private static void RequireNone(ReadOnlySpan<byte> iv)
    {
        if (!iv.IsEmpty)
        {
            throw new ArgumentException($"{iv.Length} octets of IV for an algorithm that takes none", nameof(iv));
        }
    }
}
