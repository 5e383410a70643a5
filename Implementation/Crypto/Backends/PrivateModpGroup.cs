// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;

using Org.BouncyCastle.Math;

namespace Ipsec.Crypto.Backends;

/// <summary>Whether numbers that a peer proposes make a usable group.</summary>
internal static class PrivateModpGroup
{
    // A composite number passes with a probability below 2^-80.
    private const int Certainty = 80;

    public static bool TryCreate(
        ReadOnlySpan<byte> prime,
        ReadOnlySpan<byte> generator,
        int fewestBits,
        int mostBits,
        [NotNullWhen(true)] out ModpGroup? group,
        out string problem)
    {
        group = null;
        var p = new BigInteger(1, prime);
        var g = new BigInteger(1, generator);
        problem = Check(p, g, fewestBits, mostBits);
        if (problem.Length > 0)
        {
            return false;
        }

        group = new ModpGroup(p, g, PrivateValueSize(p.BitLength));
        return true;
    }

    private static string Check(BigInteger p, BigInteger g, int fewestBits, int mostBits)
    {
        if (p.BitLength < fewestBits || p.BitLength > mostBits)
        {
            return $"the modulus has {p.BitLength} bits; {fewestBits} to {mostBits} are allowed";
        }

        if (g.CompareTo(BigInteger.One) <= 0 || g.CompareTo(p.Subtract(BigInteger.One)) >= 0)
        {
            return "the generator is not in the range 1 < g < p-1";
        }

        if (!p.TestBit(0) || !p.IsProbablePrime(Certainty))
        {
            return "the modulus is not a prime";
        }

        // (p-1)/2 is p without its last bit.
        return p.ShiftRight(1).IsProbablePrime(Certainty) ? "" : "the modulus is not a safe prime: (p-1)/2 is composite";
    }

    /// <summary>Octets of an exponent: twice the strength that RFC 3526 section 8 estimates, and 256 bits or more.</summary>
    private static int PrivateValueSize(int bits) => bits switch
    {
        < 2048 => 32,
        < 3072 => 40,
        < 4096 => 48,
        < 6144 => 60,
        _ => 80,
    };
}
