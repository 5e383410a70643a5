// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

using CsCheck;

using FluentAssertions;

using Ipsec.Crypto.Signatures;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests.Signatures;

public sealed class KeyReadingTests
{
    [TestCase(TestKeys.RsaPkcs1, KeyKind.Rsa, 1024)]
    [TestCase(TestKeys.RsaPkcs8, KeyKind.Rsa, 1024)]
    [TestCase(TestKeys.EcSec1, KeyKind.EcdsaP256, 256)]
    [TestCase(TestKeys.EcPkcs8, KeyKind.EcdsaP256, 256)]
    public void A_private_key_is_read(string pem, KeyKind kind, int bits)
    {
        SigningKey.TryRead($"a line before\n{pem}\nand after", out SigningKey? key, out string problem).Should().BeTrue(problem);

        problem.Should().BeEmpty();
        key!.Kind.Should().Be(kind);
        key.Bits.Should().Be(bits);
        key.Public.Kind.Should().Be(kind);
        VerifyingKey.TryRead(key.Public.SubjectPublicKeyInfo, out VerifyingKey? again, out _).Should().BeTrue();
        again!.SubjectPublicKeyInfo.ToArray().Should().Equal(key.Public.SubjectPublicKeyInfo.ToArray());
        key.Dispose();
    }

    [Test]
    public void A_key_is_found_behind_other_blocks()
    {
        SigningKey.TryRead(TestKeys.RsaPublic + "\n" + TestKeys.EcSec1, out SigningKey? key, out _).Should().BeTrue();

        key!.Kind.Should().Be(KeyKind.EcdsaP256);
        key.Dispose();
    }

    [Test]
    public void A_public_key_is_read_from_pem()
    {
        VerifyingKey.TryReadPem(TestKeys.RsaPublic, out VerifyingKey? key, out _).Should().BeTrue();

        key!.VerifyHashRaw(TestKeys.Hash, TestKeys.RawSignature).Should().BeTrue();
    }

    [TestCase("", "*no PEM block*")]
    [TestCase(TestKeys.RsaPublic, "*no PEM block*")]
    [TestCase(TestKeys.RsaEncrypted, "*encrypted*")]
    [TestCase("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "*PRIVATE KEY cannot be used*")]
    [TestCase("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----", "*RSA PRIVATE KEY cannot be used*")]
    [TestCase("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----", "*EC PRIVATE KEY cannot be used*")]
    public void What_is_no_private_key_is_refused_with_a_reason(string pem, string problem)
    {
        SigningKey.TryRead(pem, out SigningKey? key, out string said).Should().BeFalse();

        key.Should().BeNull();
        said.Should().Match(problem);
    }

    [Test]
    public void Keys_that_no_method_uses_are_refused()
    {
        using var koblitz = ECDsa.Create(ECCurve.CreateFromFriendlyName("secP256k1"));
        using var brainpool = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        using var dsa = DSA.Create(1024);

        SigningKey.TryRead(koblitz.ExportPkcs8PrivateKeyPem(), out _, out string curve).Should().BeFalse();
        curve.Should().Contain("RFC 4754");
        VerifyingKey.TryRead(brainpool.ExportSubjectPublicKeyInfo(), out _, out curve).Should().BeFalse();
        curve.Should().Contain("RFC 4754");
        VerifyingKey.TryRead(dsa.ExportSubjectPublicKeyInfo(), out _, out string algorithm).Should().BeFalse();
        algorithm.Should().Contain("1.2.840.10040.4.1");
    }

    [Test]
    public void A_point_that_is_not_on_its_curve_is_no_key()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] spki = ecdsa.ExportSubjectPublicKeyInfo();
        spki[^1] ^= 1;

        VerifyingKey.TryRead(spki, out _, out string problem).Should().BeFalse();
        problem.Should().StartWith("not a well-formed public key");
    }

    [Test]
    public void Octets_after_a_public_key_are_refused()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        VerifyingKey.TryRead((byte[])[.. ecdsa.ExportSubjectPublicKeyInfo(), 0], out _, out _).Should().BeFalse();
    }

    [Test]
    public void No_octets_make_the_reading_of_a_public_key_throw()
    {
        using var rsa = RSA.Create(1024);
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        byte[][] seeds = [rsa.ExportSubjectPublicKeyInfo(), ecdsa.ExportSubjectPublicKeyInfo()];

        Gen.Select(Gen.Int[0, seeds.Length - 1].Select(index => seeds[index]), Gen.Int[0, 400], Gen.Byte, Gen.Int[0, 3]).Sample((seed, at, value, operation) =>
        {
            byte[] octets = [.. seed];
            int index = at % octets.Length;
            octets = operation switch
            {
                0 => [.. octets[..index], value, .. octets[(index + 1)..]],
                1 => octets[..index],
                2 => [.. octets[..index], value, .. octets[index..]],
                _ => [.. octets[..index], .. octets[(index + 1)..]],
            };

            VerifyingKey.TryRead(octets, out VerifyingKey? key, out string problem).Should().Be(key is not null);
            (problem.Length == 0).Should().Be(key is not null);
            key?.VerifyHashRaw([1, 2, 3], new byte[128]).Should().BeFalse();
            key?.VerifyEcdsa([1, 2, 3], new byte[96]).Should().BeFalse();
        });
    }

    [Test]
    public void A_read_key_does_not_change_with_the_octets_it_was_read_from()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] spki = ecdsa.ExportSubjectPublicKeyInfo();
        VerifyingKey.TryRead(spki, out VerifyingKey? key, out _).Should().BeTrue();
        Array.Clear(spki);

        key!.SubjectPublicKeyInfo.ToArray().Should().Equal(ecdsa.ExportSubjectPublicKeyInfo());
    }
}
