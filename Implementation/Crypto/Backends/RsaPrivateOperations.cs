// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Encodings;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;

namespace Ipsec.Crypto.Backends;

/// <summary>What IKEv1 does with an RSA private key; see <see cref="RsaPublicOperations"/> for why it is Bouncy Castle's.</summary>
internal sealed class RsaPrivateOperations
{
    private readonly RsaPrivateCrtKeyParameters _key;

    private RsaPrivateOperations(RsaPrivateCrtKeyParameters key) => _key = key;

    private int ModulusSize => (_key.Modulus.BitLength + 7) / 8;

    public static bool TryCreate(RSAParameters parameters, [NotNullWhen(true)] out RsaPrivateOperations? operations, out string problem)
    {
        try
        {
            operations = new RsaPrivateOperations(new RsaPrivateCrtKeyParameters(
                Number(parameters.Modulus),
                Number(parameters.Exponent),
                Number(parameters.D),
                Number(parameters.P),
                Number(parameters.Q),
                Number(parameters.DP),
                Number(parameters.DQ),
                Number(parameters.InverseQ)));
            problem = "";
            return true;
        }
        catch (ArgumentException exception)
        {
            // Bouncy Castle tests the numbers it is given.
            operations = null;
            problem = $"not an RSA private key: {exception.Message}";
            return false;
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> hash)
    {
        if (hash.Length > ModulusSize - RsaPublicOperations.BlockOverhead)
        {
            throw new ArgumentException($"a hash of {hash.Length} octets does not fit under a modulus of {ModulusSize}", nameof(hash));
        }

        // With a private key, encryption is what PKCS #1 calls a block of type 1.
        var encoding = new Pkcs1Encoding(new RsaBlindedEngine());
        encoding.Init(forEncryption: true, _key);
        return encoding.ProcessBlock(hash.ToArray(), 0, hash.Length);
    }

    public bool TryDecrypt(ReadOnlySpan<byte> ciphertext, out byte[] plaintext)
    {
        plaintext = [];
        if (!RsaPublicOperations.IsInRange(ciphertext, _key.Modulus))
        {
            return false;
        }

        var encoding = new Pkcs1Encoding(new RsaBlindedEngine());
        encoding.Init(forEncryption: false, _key);
        try
        {
            plaintext = encoding.ProcessBlock(ciphertext.ToArray(), 0, ciphertext.Length);
            return true;
        }
        catch (InvalidCipherTextException)
        {
            // Any peer can send such octets, so it is an answer.
            return false;
        }
    }

    private static BigInteger Number(byte[]? bigEndian) => new(1, bigEndian!);
}
