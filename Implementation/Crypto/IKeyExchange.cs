// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto;

/// <summary>One side of a Diffie-Hellman exchange: a private value, and what is sent of it. Not thread-safe.</summary>
public interface IKeyExchange : IDisposable
{
    /// <summary>The group.</summary>
    KeyExchangeMethod Method { get; }

    /// <summary>
    /// The body of our KE payload, <see cref="KeyExchangeMethod.PublicValueSize"/> octets: for MODP the number, big endian, padded
    /// with zeros at the front (RFC 2409 section 5); for curves the coordinates x and y (RFC 5903 section 7), for Curve25519 x alone,
    /// little endian (RFC 8031 section 3.1).
    /// </summary>
    ReadOnlyMemory<byte> PublicValue { get; }

    /// <summary>
    /// Computes g^xy from the peer's public value. Refused, with a reason: a wrong length (RFC 2409 section 5, RFC 5903 section 7);
    /// for MODP numbers outside 1 &lt; r &lt; p-1 (RFC 6989 section 2.1) and outside a small subgroup (section 2.2); for curves coordinates
    /// outside the field and points that are not on the curve (section 2.3); for Curve25519 points of small order (RFC 7748 section 6.1).
    /// </summary>
    /// <param name="peerPublicValue">The body of the peer's KE payload.</param>
    /// <param name="sharedSecret">
    /// <see cref="KeyExchangeMethod.SharedSecretSize"/> octets, padded with zeros at the front; for ECP the x coordinate of the common
    /// point. Empty when refused.
    /// </param>
    /// <param name="error">Why the value was refused; empty when it was not.</param>
    bool TryComputeSharedSecret(ReadOnlySpan<byte> peerPublicValue, out byte[] sharedSecret, out string error);
}
