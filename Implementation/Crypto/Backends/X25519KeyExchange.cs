// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Ipsec.Crypto.Backends;

/// <summary>One side of a Diffie-Hellman exchange on Curve25519. The arithmetic is Bouncy Castle's; the platform has none.</summary>
internal sealed class X25519KeyExchange : IKeyExchange
{
    private readonly byte[] _privateValue;

    public X25519KeyExchange(KeyExchangeMethod method, byte[] privateValue)
    {
        Method = method;
        _privateValue = privateValue;
        byte[] publicValue = new byte[X25519Group.Size];
        X25519.ScalarMultBase(privateValue, 0, publicValue, 0);
        PublicValue = publicValue;
    }

    public KeyExchangeMethod Method { get; }

    public ReadOnlyMemory<byte> PublicValue { get; }

    // The top bit is masked and values beyond the prime are taken, as RFC 8031 section 3.2 demands; both are the function's own doing.
    public bool TryComputeSharedSecret(ReadOnlySpan<byte> peerPublicValue, out byte[] sharedSecret, out string error)
    {
        sharedSecret = [];
        if (peerPublicValue.Length != X25519Group.Size)
        {
            error = $"a public value of {Method} has {X25519Group.Size} octets, not {peerPublicValue.Length}";
            return false;
        }

        byte[] secret = new byte[X25519Group.Size];
        if (!X25519.CalculateAgreement(_privateValue, 0, peerPublicValue.ToArray(), 0, secret, 0))
        {
            error = $"the public value is a point of small order of {Method}: the shared secret is zero (RFC 7748 section 6.1)";
            return false;
        }

        sharedSecret = secret;
        error = "";
        return true;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_privateValue);
}
