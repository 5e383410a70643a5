// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Ipsec.Crypto.Backends;

/// <summary>One side of a Diffie-Hellman exchange on an <see cref="EcpGroup"/>, in the encoding of RFC 5903 section 7.</summary>
internal sealed class EcpKeyExchange : IKeyExchange
{
    private readonly EcpGroup _group;
    private readonly ECDiffieHellman _key;

    public EcpKeyExchange(KeyExchangeMethod method, EcpGroup group, ECDiffieHellman key)
    {
        Method = method;
        _group = group;
        _key = key;
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
        PublicValue = (byte[])[.. point.X!, .. point.Y!];
    }

    public KeyExchangeMethod Method { get; }

    public ReadOnlyMemory<byte> PublicValue { get; }

    public bool TryComputeSharedSecret(ReadOnlySpan<byte> peerPublicValue, out byte[] sharedSecret, out string error)
    {
        sharedSecret = [];
        if (peerPublicValue.Length != Method.PublicValueSize)
        {
            error = $"a public value of {Method} has {Method.PublicValueSize} octets, not {peerPublicValue.Length}";
            return false;
        }

        ReadOnlySpan<byte> x = peerPublicValue[.._group.CoordinateSize];
        ReadOnlySpan<byte> y = peerPublicValue[_group.CoordinateSize..];
        if (!_group.Equation.IsInField(x) || !_group.Equation.IsInField(y))
        {
            error = $"a coordinate of the public value is not below the prime of {Method} (RFC 6989 section 2.3)";
            return false;
        }

        if (!_group.Equation.IsOnCurve(x, y))
        {
            error = $"the public value is not a point of {Method} (RFC 6989 section 2.3)";
            return false;
        }

        var point = new ECPoint { X = x.ToArray(), Y = y.ToArray() };
        using var peer = ECDiffieHellman.Create(new ECParameters { Curve = _group.Curve, Q = point });
        using ECDiffieHellmanPublicKey peerKey = peer.PublicKey;
        sharedSecret = _key.DeriveRawSecretAgreement(peerKey);
        error = "";
        return true;
    }

    public void Dispose() => _key.Dispose();
}
