// SPDX-License-Identifier: Apache-2.0

using System.Numerics;
using System.Security.Cryptography;

namespace Ipsec.Crypto.Backends;

/// <summary>
/// The numbers of a prime curve y^2 = x^3 + ax + b (mod p), asked of the platform, with the test of RFC 6989 section 2.3.
/// </summary>
internal sealed record CurveEquation(BigInteger Prime, BigInteger A, BigInteger B, BigInteger Order)
{
    public static CurveEquation Of(ECCurve curve)
    {
        using var key = ECDiffieHellman.Create(curve);
        ECCurve numbers = key.ExportExplicitParameters(includePrivateParameters: false).Curve;
        return new CurveEquation(Number(numbers.Prime), Number(numbers.A), Number(numbers.B), Number(numbers.Order));
    }

    /// <summary>Whether a coordinate is an element of the field: below the prime.</summary>
    public bool IsInField(ReadOnlySpan<byte> coordinate) => Number(coordinate) < Prime;

    /// <summary>Whether the point satisfies the equation.</summary>
    public bool IsOnCurve(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        BigInteger numberX = Number(x);
        BigInteger numberY = Number(y);
        BigInteger right = (((numberX * numberX) + A) * numberX) + B;
        return ((numberY * numberY) - right) % Prime == 0;
    }

    private static BigInteger Number(ReadOnlySpan<byte> bigEndian) => new(bigEndian, isUnsigned: true, isBigEndian: true);
}
