// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests;

/// <summary>What runs once a packet must not allocate.</summary>
[NonParallelizable]
public sealed class AllocationTests
{
    private const int Rounds = 1000;

    private readonly byte[] _packet = new byte[1408];
    private readonly byte[] _iv = new byte[16];

    // Camellia is Bouncy Castle's, whose engine allocates for each block; the platform has none.
    private static readonly IEnumerable<EncryptionAlgorithm> Ciphers =
        EncryptionAlgorithm.All.Where(row => !row.IsAead && !row.Name.StartsWith("CAMELLIA", StringComparison.Ordinal));

    private static readonly IEnumerable<EncryptionAlgorithm> Aeads = EncryptionAlgorithm.All.Where(row => row.IsAead);

    [TestCaseSource(nameof(Ciphers))]
    public void A_cipher_allocates_nothing(EncryptionAlgorithm row)
    {
        using ICipher cipher = row.CreateCipher(CbcTests.KeyOf(row));
        byte[] nonce = new byte[row.NonceSize];

        AllocatedBy(() =>
        {
            cipher.Encrypt(nonce, _packet, _packet);
            cipher.Decrypt(nonce, _packet, _packet);
        }).Should().Be(0);
    }

    [Test]
    public void Cbc_allocates_only_for_a_message_longer_than_all_before()
    {
        using ICbcCipher cipher = EncryptionAlgorithm.Named("AES-CBC-128").CreateCbc(new byte[16]);
        byte[] jumbo = new byte[65520];

        AllocatedBy(() =>
        {
            cipher.Encrypt(_iv, jumbo, jumbo);
            cipher.Decrypt(_iv, _packet, _packet);
        }).Should().Be(0);
    }

    [TestCaseSource(nameof(Aeads))]
    public void An_aead_allocates_nothing(EncryptionAlgorithm row)
    {
        using IAeadCipher cipher = row.CreateAead(new byte[row.KeySize]);
        byte[] nonce = new byte[row.NonceSize];
        byte[] aad = new byte[8];
        byte[] tag = new byte[row.IcvSize];
        bool opened = true;

        AllocatedBy(() =>
        {
            cipher.Seal(nonce, aad, _packet, _packet, tag);
            opened &= cipher.TryOpen(nonce, aad, _packet, tag, _packet);
        }).Should().Be(0);
        opened.Should().BeTrue();
    }

    [TestCaseSource(typeof(IntegrityAlgorithm), nameof(IntegrityAlgorithm.All))]
    public void Integrity_allocates_nothing_whether_right_or_wrong(IntegrityAlgorithm row)
    {
        using IIntegrity integrity = row.Create(new byte[row.KeySize]);
        byte[] esn = new byte[4];
        byte[] iv = new byte[row.IvSize];
        byte[] icv = new byte[row.IcvSize];
        bool right = true;
        bool wrong = false;

        AllocatedBy(() =>
        {
            integrity.Compute(iv, _packet, esn, icv);
            right &= integrity.Verify(iv, _packet, esn, icv);
            wrong |= integrity.Verify(iv, _packet, [], icv);
        }).Should().Be(0);
        right.Should().BeTrue();
        wrong.Should().BeFalse();
    }

    [Test]
    public void The_seeded_source_allocates_nothing()
    {
        var source = new SeededRandomSource(1);

        AllocatedBy(() => source.Fill(_packet)).Should().Be(0);
    }

    private static long AllocatedBy(Action action)
    {
        for (int i = 0; i < Rounds; i++)
        {
            action();
        }

        // The runtime makes things of its own on a thread, once, when it compiles a method anew: of several measurements the least counts.
        return Enumerable.Range(0, 3).Min(_ =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Rounds; i++)
            {
                action();
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
    }
}
