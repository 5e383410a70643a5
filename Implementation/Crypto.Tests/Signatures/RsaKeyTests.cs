// SPDX-License-Identifier: Apache-2.0

using System.Numerics;
using System.Security.Cryptography;

using CsCheck;

using FluentAssertions;

using Ipsec.Crypto.Signatures;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests.Signatures;

public sealed class RsaKeyTests
{
    private const int ModulusSize = 128;

    private readonly SigningKey _key = Read(TestKeys.RsaPkcs1);

    [OneTimeTearDown]
    public void EndTheUseOfTheKey() => _key.Dispose();

    // RFC 8017 section 8.2.1 with a bare hash in the place of the DigestInfo (RFC 2409 section 5.1).
    [Test]
    public void A_raw_signature_is_the_one_that_another_implementation_makes() =>
        _key.SignHashRaw(TestKeys.Hash).Should().Equal(TestKeys.RawSignature);

    [Test]
    public void A_raw_signature_holds_the_bare_hash_in_a_block_of_type_1()
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(TestKeys.RsaPkcs1);
        RSAParameters numbers = rsa.ExportParameters(false);

        byte[] block = BigInteger
            .ModPow(Number(_key.SignHashRaw(TestKeys.Hash)), Number(numbers.Exponent!), Number(numbers.Modulus!))
            .ToByteArray(isUnsigned: true, isBigEndian: true);

        block.Should().Equal([1, .. Enumerable.Repeat((byte)0xff, ModulusSize - 3 - 20), 0, .. TestKeys.Hash]);
    }

    [Test]
    public void A_raw_signature_verifies_and_no_other_octets_do() =>
        Gen.Select(Gen.Byte.Array[0, ModulusSize - 11], Gen.Int[0, (ModulusSize * 8) - 1]).Sample(
            (hash, bit) =>
            {
                byte[] signature = _key.SignHashRaw(hash);
                _key.Public.VerifyHashRaw(hash, signature).Should().BeTrue();

                signature[bit / 8] ^= (byte)(1 << (bit % 8));
                _key.Public.VerifyHashRaw(hash, signature).Should().BeFalse();
            },
            iter: 30);

    [Test]
    public void A_raw_signature_is_of_one_hash_only()
    {
        _key.Public.VerifyHashRaw(TestKeys.Hash, TestKeys.RawSignature).Should().BeTrue();
        _key.Public.VerifyHashRaw(TestKeys.Hash.AsSpan(1), TestKeys.RawSignature).Should().BeFalse();
        _key.Public.VerifyHashRaw([0, .. TestKeys.Hash], TestKeys.RawSignature).Should().BeFalse();
        _key.Public.VerifyHashRaw([], TestKeys.RawSignature).Should().BeFalse();
        _key.Public.VerifyHashRaw(new byte[ModulusSize], TestKeys.RawSignature).Should().BeFalse();
    }

    // What a peer sends that thinks of PKCS #1 signatures as everybody else does.
    [Test]
    public void A_signature_with_a_digest_info_is_refused()
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(TestKeys.RsaPkcs1);
        byte[] signature = rsa.SignHash(TestKeys.Hash, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);

        _key.Public.VerifyHashRaw(TestKeys.Hash, signature).Should().BeFalse();
    }

    [Test]
    public void A_signature_of_another_length_or_beyond_the_modulus_is_refused()
    {
        byte[] right = TestKeys.RawSignature;
        byte[] ones = [.. Enumerable.Repeat((byte)0xff, ModulusSize)];
        byte[] one = [.. new byte[ModulusSize - 1], 1];
        using var rsa = RSA.Create();
        rsa.ImportFromPem(TestKeys.RsaPkcs1);
        byte[] modulus = rsa.ExportParameters(false).Modulus!;
        byte[] modulusMinusOne = [.. modulus[..^1], (byte)(modulus[^1] - 1)];

        foreach (byte[] wrong in (byte[][])
            [[], right[1..], [0, .. right], [.. right, 0], ones, one, modulus, modulusMinusOne, new byte[ModulusSize]])
        {
            _key.Public.VerifyHashRaw(TestKeys.Hash, wrong).Should().BeFalse();
            _key.TryDecrypt(wrong, out byte[] plaintext).Should().BeFalse();
            plaintext.Should().BeEmpty();
        }
    }

    [Test]
    public void What_another_implementation_encrypted_decrypts()
    {
        _key.TryDecrypt(TestKeys.Ciphertext, out byte[] plaintext).Should().BeTrue();

        plaintext.Should().Equal(TestKeys.Hash);
    }

    [Test]
    public void What_was_encrypted_decrypts_with_the_platform_and_with_ours() =>
        Gen.Select(Gen.Byte.Array[0, ModulusSize - 11], Gen.ULong).Sample(
            (plaintext, seed) =>
            {
                using var rsa = RSA.Create();
                rsa.ImportFromPem(TestKeys.RsaPkcs1);
                byte[] ciphertext = _key.Public.Encrypt(plaintext, new SeededRandomSource(seed));

                ciphertext.Should().HaveCount(ModulusSize);
                rsa.Decrypt(ciphertext, RSAEncryptionPadding.Pkcs1).Should().Equal(plaintext);
                _key.TryDecrypt(ciphertext, out byte[] decrypted).Should().BeTrue();
                decrypted.Should().Equal(plaintext);
            },
            iter: 30);

    [Test]
    public void The_random_source_alone_decides_the_ciphertext()
    {
        byte[] first = _key.Public.Encrypt(TestKeys.Hash, new SeededRandomSource(1));

        _key.Public.Encrypt(TestKeys.Hash, new SeededRandomSource(1)).Should().Equal(first);
        _key.Public.Encrypt(TestKeys.Hash, new SeededRandomSource(2)).Should().NotEqual(first);
    }

    [Test]
    public void The_longest_plaintext_fits_and_a_longer_one_does_not()
    {
        _key.Public.MaximumPlaintextSize.Should().Be(ModulusSize - 11);
        Action act = () => _key.Public.Encrypt(new byte[ModulusSize - 10], new SeededRandomSource(1));

        act.Should().Throw<ArgumentException>().WithMessage("118 octets do not fit*");
    }

    [Test]
    public void Octets_that_are_no_ciphertext_are_refused_without_a_throw() =>
        Gen.OneOf(Gen.Byte.Array[ModulusSize], Gen.Byte.Array[0, 300]).Sample(
            octets =>
            {
                // One random block in 2^16 begins as PKCS #1 wants it.
                if (_key.TryDecrypt(octets, out byte[] plaintext))
                {
                    plaintext.Length.Should().BeLessThanOrEqualTo(ModulusSize - 11);
                }
                else
                {
                    plaintext.Should().BeEmpty();
                }
            },
            iter: 100);

    [Test]
    public void A_raw_signature_block_is_no_encryption_block()
    {
        byte[] type1 = _key.SignHashRaw(TestKeys.Hash);
        using var rsa = RSA.Create();
        rsa.ImportFromPem(TestKeys.RsaPkcs1);
        RSAParameters numbers = rsa.ExportParameters(false);
        byte[] asCiphertext = BigInteger
            .ModPow(
                BigInteger.ModPow(Number(type1), Number(numbers.Exponent!), Number(numbers.Modulus!)),
                Number(numbers.Exponent!),
                Number(numbers.Modulus!))
            .ToByteArray(isUnsigned: true, isBigEndian: true);

        _key.TryDecrypt([.. new byte[ModulusSize - asCiphertext.Length], .. asCiphertext], out _).Should().BeFalse();
    }

    [Test]
    public void A_key_does_only_what_its_kind_can_do()
    {
        using SigningKey ecdsa = Read(TestKeys.EcSec1);
        Action ecdsaOfRsa = () => _key.SignEcdsa([1]);
        Action rawOfEcdsa = () => ecdsa.SignHashRaw([1]);
        Action decryptOfEcdsa = () => ecdsa.TryDecrypt([1], out _);
        Action encryptOfEcdsa = () => ecdsa.Public.Encrypt([1], new SeededRandomSource(1));

        ecdsaOfRsa.Should().Throw<InvalidOperationException>();
        rawOfEcdsa.Should().Throw<InvalidOperationException>();
        decryptOfEcdsa.Should().Throw<InvalidOperationException>();
        encryptOfEcdsa.Should().Throw<InvalidOperationException>();
        _key.Public.VerifyEcdsa([1], new byte[64]).Should().BeFalse();
        ecdsa.Public.VerifyHashRaw([1], new byte[64]).Should().BeFalse();
        ecdsa.Public.MaximumPlaintextSize.Should().Be(0);
    }

    [Test]
    public void A_disposed_key_is_out_of_use()
    {
        SigningKey key = Read(TestKeys.RsaPkcs1);
        key.Dispose();
        Action sign = () => key.SignHashRaw([1]);

        sign.Should().Throw<ObjectDisposedException>();
    }

    private static SigningKey Read(string pem)
    {
        SigningKey.TryRead(pem, out SigningKey? key, out string problem).Should().BeTrue(problem);
        return key!;
    }

    private static BigInteger Number(byte[] octets) => new(octets, isUnsigned: true, isBigEndian: true);
}
