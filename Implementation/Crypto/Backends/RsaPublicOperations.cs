// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

using Org.BouncyCastle.Crypto.Encodings;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;

namespace Ipsec.Crypto.Backends;

/// <summary>
/// What IKEv1 does with an RSA public key. Bouncy Castle's, because the platform makes and verifies no signatures without DigestInfo
/// and pads from no other random source than its own.
/// </summary>
internal sealed class RsaPublicOperations
{
    /// <summary>Octets of a PKCS #1 block that are not content: 00, the type, eight of padding at least, 00 (RFC 8017 section 7.2.1).</summary>
    public const int BlockOverhead = 11;

    // Smaller moduli have no room for a hash; larger ones would let a peer's certificate cost seconds (OpenSSL stops at the same number).
    private const int MinimumBits = 512;
    private const int MaximumBits = 16384;

    private readonly RsaKeyParameters _key;

    private RsaPublicOperations(RsaKeyParameters key) => _key = key;

    public int Bits => _key.Modulus.BitLength;

    /// <summary>Octets in the modulus, a signature and a ciphertext.</summary>
    public int ModulusSize => (Bits + 7) / 8;

    public int MaximumPlaintextSize => ModulusSize - BlockOverhead;

    public static bool TryCreate(RSAParameters parameters, [NotNullWhen(true)] out RsaPublicOperations? operations, out string problem)
    {
        operations = null;
        var modulus = new BigInteger(1, parameters.Modulus!);
        if (modulus.BitLength is < MinimumBits or > MaximumBits)
        {
            problem = $"an RSA modulus of {modulus.BitLength} bits is not within {MinimumBits} and {MaximumBits}";
            return false;
        }

        try
        {
            operations = new RsaPublicOperations(new RsaKeyParameters(false, modulus, new BigInteger(1, parameters.Exponent!)));
            problem = "";
            return true;
        }
        catch (ArgumentException exception)
        {
            // An even modulus or exponent, a modulus with small factors: Bouncy Castle tests what it is given.
            problem = $"not an RSA key: {exception.Message}";
            return false;
        }
    }

    /// <summary>
    /// Whether the octets are as many as the modulus has and a number 1 &lt; x &lt; n-1. The engine takes no other; those at the ends
    /// are their own powers, so that no block can come out.
    /// </summary>
    public static bool IsInRange(ReadOnlySpan<byte> octets, BigInteger modulus)
    {
        if (octets.Length != (modulus.BitLength + 7) / 8)
        {
            return false;
        }

        var number = new BigInteger(1, octets);
        return number.CompareTo(BigInteger.One) > 0 && number.CompareTo(modulus.Subtract(BigInteger.One)) < 0;
    }

    /// <summary>Compares with the one block that a signer can have made (RFC 8017 section 8.2.2), so that there is nothing to parse.</summary>
    public bool Verify(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        if (hash.Length > MaximumPlaintextSize || !IsInRange(signature, _key.Modulus))
        {
            return false;
        }

        var engine = new RsaEngine();
        engine.Init(forEncryption: false, _key);
        ReadOnlySpan<byte> recovered = engine.ProcessBlock(signature.ToArray(), 0, signature.Length);

        // The engine drops the leading zero octet of the block.
        byte[] expected = new byte[ModulusSize - 1];
        expected.AsSpan().Fill(0xff);
        expected[0] = 1;
        expected[^(hash.Length + 1)] = 0;
        hash.CopyTo(expected.AsSpan(expected.Length - hash.Length));
        return recovered.SequenceEqual(expected);
    }

    public byte[] Encrypt(ReadOnlySpan<byte> plaintext, IRandomSource random)
    {
        if (plaintext.Length > MaximumPlaintextSize)
        {
            throw new ArgumentException(
                $"{plaintext.Length} octets do not fit under a modulus of {ModulusSize}, which takes {MaximumPlaintextSize}", nameof(plaintext));
        }

        var encoding = new Pkcs1Encoding(new RsaEngine());
        encoding.Init(forEncryption: true, new ParametersWithRandom(_key, new BouncyRandom(random)));
        return encoding.ProcessBlock(plaintext.ToArray(), 0, plaintext.Length);
    }
}
