// SPDX-License-Identifier: Apache-2.0

using Org.BouncyCastle.Math;

namespace Ipsec.Crypto.Backends;

/// <summary>One side of a Diffie-Hellman exchange in a <see cref="ModpGroup"/>.</summary>
internal sealed class ModpKeyExchange(KeyExchangeMethod method, ModpGroup group, BigInteger privateValue) : IKeyExchange
{
    public KeyExchangeMethod Method => method;

    public ReadOnlyMemory<byte> PublicValue { get; } = group.Encode(group.Generator.ModPow(privateValue, group.Prime));

    public bool TryComputeSharedSecret(ReadOnlySpan<byte> peerPublicValue, out byte[] sharedSecret, out string error)
    {
        sharedSecret = [];
        if (peerPublicValue.Length != group.ElementSize)
        {
            error = $"a public value of {method} has {group.ElementSize} octets, not {peerPublicValue.Length}";
            return false;
        }

        var peer = new BigInteger(1, peerPublicValue);
        if (peer.CompareTo(BigInteger.One) <= 0 || peer.CompareTo(group.PrimeMinusOne) >= 0)
        {
            error = $"the public value {Describe(peer)} is not in the range 1 < r < p-1 of {method} (RFC 6989 section 2.1)";
            return false;
        }

        if (group.Order is not null && !peer.ModPow(group.Order, group.Prime).Equals(BigInteger.One))
        {
            error = $"the public value is not in the subgroup of {method} (RFC 6989 section 2.2)";
            return false;
        }

        sharedSecret = group.Encode(peer.ModPow(privateValue, group.Prime));
        error = "";
        return true;
    }

    // Bouncy Castle's numbers are immutable and cannot be wiped; there is nothing else to release.
    public void Dispose()
    {
    }

    private string Describe(BigInteger value)
    {
        int fromPrime = value.CompareTo(group.Prime);
        return value.SignValue == 0 ? "0"
            : value.Equals(BigInteger.One) ? "1"
            : value.Equals(group.PrimeMinusOne) ? "p-1"
            : fromPrime == 0 ? "p"
            : "above p";
    }
}
