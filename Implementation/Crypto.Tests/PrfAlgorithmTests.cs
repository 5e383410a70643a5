// SPDX-License-Identifier: Apache-2.0

using CsCheck;

using FluentAssertions;

using Ipsec.Crypto.Tests.Vectors;

using NUnit.Framework;

using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;

namespace Ipsec.Crypto.Tests;

public sealed class PrfAlgorithmTests
{
    private static readonly IEnumerable<PrfAlgorithm> WithHash = PrfAlgorithm.All.Where(row => row.HashName is not null);

    private static readonly Gen<byte[]> Octets = Gen.Byte.Array[0, 200];

    [TestCase("HMAC-MD5", "MD5", 1, 1, 16)]
    [TestCase("HMAC-SHA1", "SHA1", 2, 2, 20)]
    [TestCase("HMAC-SHA2-256", "SHA2-256", 4, 5, 32)]
    [TestCase("HMAC-SHA2-384", "SHA2-384", 5, 6, 48)]
    [TestCase("HMAC-SHA2-512", "SHA2-512", 6, 7, 64)]
    public void Row_is_what_the_registries_say(string name, string hash, int ikeV1, int ikeV2, int size)
    {
        PrfAlgorithm.TryFind(name, out PrfAlgorithm? row).Should().BeTrue();

        row!.HashName.Should().Be(hash);
        ((int?)row.IkeV1HashId).Should().Be(ikeV1);
        ((int)row.IkeV2Id).Should().Be(ikeV2);
        row.OutputSize.Should().Be(size);
        row.Hash([]).Should().HaveCount(size);
        row.Compute([], []).Should().HaveCount(size);
        PrfAlgorithm.FindIkeV1((ushort)ikeV1).Should().BeSameAs(row);
        PrfAlgorithm.Named(name.ToLowerInvariant()).Should().BeSameAs(row);
    }

    // RFC 4434, RFC 4615; IKEv1 has no number for a prf.
    [TestCase("AES128-XCBC", 4)]
    [TestCase("AES128-CMAC", 8)]
    public void A_prf_made_with_aes_has_no_hash_and_is_not_for_ike_v1(string name, int ikeV2)
    {
        PrfAlgorithm row = PrfAlgorithm.Named(name);
        Action hash = () => row.Hash([]);
        Action hashOfParts = () => row.Hash([], []);

        row.HashName.Should().BeNull();
        row.IkeV1HashId.Should().BeNull();
        ((int)row.IkeV2Id).Should().Be(ikeV2);
        row.OutputSize.Should().Be(16);
        row.Compute([], []).Should().HaveCount(16);
        hash.Should().Throw<InvalidOperationException>().WithMessage($"{name} has no hash");
        hashOfParts.Should().Throw<InvalidOperationException>();
    }

    [Test]
    public void Tiger_is_no_row() => PrfAlgorithm.FindIkeV1(3).Should().BeNull();

    [TestCaseSource(typeof(PrfVector), nameof(PrfVector.All))]
    public void Prf_is_as_published(PrfVector vector) =>
        PrfAlgorithm.Named(vector.Algorithm).Compute(vector.Key, vector.Data).Should().Equal(vector.Output);

    [TestCaseSource(typeof(HashVector), nameof(HashVector.All))]
    public void Hash_is_as_published(HashVector vector) =>
        PrfAlgorithm.Named(vector.Algorithm).Hash(vector.Data).Should().Equal(vector.Output);

    [TestCaseSource(typeof(PrfAlgorithm), nameof(PrfAlgorithm.All))]
    public void Parts_are_concatenated_in_their_order(PrfAlgorithm prf) =>
        Gen.Select(Octets, Octets, Octets, Octets, Octets).Sample((key, a, b, c, d) =>
        {
            prf.Compute(key, a, b).Should().Equal(prf.Compute(key, [.. a, .. b]));
            prf.Compute(key, a, b, c).Should().Equal(prf.Compute(key, [.. a, .. b, .. c]));
            prf.Compute(key, a, b, c, d).Should().Equal(prf.Compute(key, [.. a, .. b, .. c, .. d]));
        });

    [Test]
    public void Another_implementation_of_cmac_agrees() =>
        Gen.Select(Gen.Byte.Array[16], Gen.Byte.Array[0, 3000]).Sample((key, data) =>
        {
            var mac = new CMac(AesUtilities.CreateEngine());
            mac.Init(new KeyParameter(key));
            mac.BlockUpdate(data);
            byte[] expected = new byte[16];
            mac.DoFinal(expected, 0);

            PrfAlgorithm.Named("AES128-CMAC").Compute(key, data).Should().Equal(expected);
        });

    [TestCaseSource(nameof(WithHash))]
    public void Parts_are_hashed_in_their_order(PrfAlgorithm prf) =>
        Gen.Select(Octets, Octets, Octets, Octets).Sample((a, b, c, d) =>
        {
            prf.Hash(a, b).Should().Equal(prf.Hash([.. a, .. b]));
            prf.Hash(a, b, c).Should().Equal(prf.Hash([.. a, .. b, .. c]));
            prf.Hash(a, b, c, d).Should().Equal(prf.Hash([.. a, .. b, .. c, .. d]));
        });

    [TestCaseSource(typeof(PrfAlgorithm), nameof(PrfAlgorithm.All))]
    public void A_finished_computation_begins_anew_under_the_same_key(PrfAlgorithm prf) =>
        Gen.Select(Octets, Octets, Octets).Sample((key, a, b) =>
        {
            using IncrementalPrf incremental = prf.Begin(key);

            incremental.Append(a).Append(0x5a).Finish().Should().Equal(prf.Compute(key, [.. a, 0x5a]));
            incremental.Append(b).Finish().Should().Equal(prf.Compute(key, b));
        });
}
