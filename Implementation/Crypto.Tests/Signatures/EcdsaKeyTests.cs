// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

using CsCheck;

using FluentAssertions;

using Ipsec.Crypto.Signatures;
using Ipsec.Crypto.Tests.Vectors;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests.Signatures;

public sealed class EcdsaKeyTests
{
    private static readonly IEnumerable<EcdsaVector> OnePerCurve = EcdsaVector.All.DistinctBy(vector => vector.Algorithm);

    [TestCaseSource(typeof(EcdsaVector), nameof(EcdsaVector.All))]
    public void Published_signatures_verify(EcdsaVector vector)
    {
        using SigningKey key = KeyOf(vector);

        key.Kind.ToString().Should().Be(vector.Algorithm);
        key.Public.VerifyEcdsa(vector.Data, vector.Signature).Should().BeTrue();
    }

    [TestCaseSource(typeof(EcdsaVector), nameof(EcdsaVector.All))]
    public void Signing_gives_the_published_octets_where_they_are_deterministic(EcdsaVector vector)
    {
        using SigningKey key = KeyOf(vector);
        byte[] signature = key.SignEcdsa(vector.Data);

        signature.Should().HaveCount(vector.Signature.Length);
        signature.SequenceEqual(vector.Signature).Should().Be(vector.Deterministic);
        key.SignEcdsa(vector.Data).Should().Equal(signature);
    }

    [TestCaseSource(nameof(OnePerCurve))]
    public void What_was_signed_verifies_and_no_other_octets_do(EcdsaVector vector)
    {
        using SigningKey key = KeyOf(vector);
        Gen.Select(Gen.Byte.Array[1, 100], Gen.Int[0, (vector.Signature.Length * 8) - 1]).Sample(
            (data, bit) =>
            {
                byte[] signature = key.SignEcdsa(data);
                key.Public.VerifyEcdsa(data, signature).Should().BeTrue();

                byte[] otherData = [.. data[..^1], (byte)(data[^1] ^ 1)];
                key.Public.VerifyEcdsa(otherData, signature).Should().BeFalse();
                signature[bit / 8] ^= (byte)(1 << (bit % 8));
                key.Public.VerifyEcdsa(data, signature).Should().BeFalse();
            },
            iter: 20);
    }

    [TestCaseSource(nameof(OnePerCurve))]
    public void A_signature_of_another_length_is_refused(EcdsaVector vector)
    {
        using SigningKey key = KeyOf(vector);
        byte[] right = vector.Signature;

        foreach (byte[] wrong in (byte[][])[[], right[1..], [0, .. right], [.. right, 0], new byte[right.Length], right[..(right.Length / 2)]])
        {
            key.Public.VerifyEcdsa(vector.Data, wrong).Should().BeFalse();
        }
    }

    // RFC 4754 section 7: short numbers are filled up with zeros at the front.
    [Test]
    public void Short_numbers_are_filled_up()
    {
        using SigningKey key = KeyOf(EcdsaVector.All[0]);

        IEnumerable<byte[]> signatures = Enumerable.Range(0, 1500).Select(i => key.SignEcdsa([(byte)i, (byte)(i >> 8)]));

        byte[] shortOne = signatures.First(signature => signature[0] == 0 || signature[32] == 0);
        shortOne.Should().HaveCount(64);
    }

    // What other protocols use: two integers in a DER sequence.
    [Test]
    public void A_signature_in_der_is_refused()
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportFromPem(TestKeys.EcSec1);
        byte[] signature = ecdsa.SignData(TestKeys.Hash, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        SigningKey.TryRead(TestKeys.EcSec1, out SigningKey? key, out _).Should().BeTrue();

        key!.Public.VerifyEcdsa(TestKeys.Hash, signature).Should().BeFalse();
        key.Dispose();
    }

    private static SigningKey KeyOf(EcdsaVector vector)
    {
        ECCurve curve = vector.Algorithm switch
        {
            "EcdsaP256" => ECCurve.NamedCurves.nistP256,
            "EcdsaP384" => ECCurve.NamedCurves.nistP384,
            _ => ECCurve.NamedCurves.nistP521,
        };
        using var ecdsa = ECDsa.Create(
            new ECParameters { Curve = curve, D = vector.PrivateKey, Q = new ECPoint { X = vector.X, Y = vector.Y } });
        SigningKey.TryRead(ecdsa.ExportPkcs8PrivateKeyPem(), out SigningKey? key, out string problem).Should().BeTrue(problem);
        return key!;
    }
}
