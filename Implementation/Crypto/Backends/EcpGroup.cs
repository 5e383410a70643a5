// SPDX-License-Identifier: Apache-2.0

using System.Numerics;
using System.Security.Cryptography;

namespace Ipsec.Crypto.Backends;

/// <summary>Diffie-Hellman on one of the platform's named curves.</summary>
internal sealed class EcpGroup(ECCurve curve, int coordinateSize) : IKeyExchangeGroup
{
    // 64 bits more than the order make the bias of the reduction below negligible.
    private const int ExtraOctets = 8;

    private readonly Lazy<CurveEquation> _equation = new(() => CurveEquation.Of(curve));

    public ECCurve Curve => curve;

    /// <summary>Octets in a coordinate.</summary>
    public int CoordinateSize => coordinateSize;

    public CurveEquation Equation => _equation.Value;

    public IKeyExchange Generate(KeyExchangeMethod method, IRandomSource random)
    {
        Span<byte> octets = stackalloc byte[coordinateSize + ExtraOctets];
        random.Fill(octets);
        BigInteger drawn = new(octets, isUnsigned: true, isBigEndian: true);
        BigInteger scalar = (drawn % (Equation.Order - 1)) + 1;
        return FromPrivateValue(method, scalar.ToByteArray(isUnsigned: true, isBigEndian: true));
    }

    public IKeyExchange FromPrivateValue(KeyExchangeMethod method, ReadOnlySpan<byte> privateValue)
    {
        // The platform wants the scalar at the length of the order, which for these curves is that of a coordinate.
        byte[] scalar = new byte[coordinateSize];
        privateValue.CopyTo(scalar.AsSpan(coordinateSize - privateValue.Length));
        var parameters = new ECParameters { Curve = curve, D = scalar };
        var key = ECDiffieHellman.Create(parameters);
        CryptographicOperations.ZeroMemory(scalar);
        return new EcpKeyExchange(method, this, key);
    }
}
