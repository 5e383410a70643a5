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

    [TestCase("AES-CBC-128")]
    [TestCase("AES-CBC-256")]
    public void Cbc_allocates_nothing(string name)
    {
        EncryptionAlgorithm row = EncryptionAlgorithm.Named(name);
        using ICbcCipher cipher = row.CreateCbc(new byte[row.KeySize]);

        AllocatedBy(() =>
        {
            cipher.Encrypt(_iv, _packet, _packet);
            cipher.Decrypt(_iv, _packet, _packet);
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

    [TestCase("AES-GCM-16-128")]
    [TestCase("AES-GCM-16-256")]
    public void Gcm_allocates_nothing(string name)
    {
        EncryptionAlgorithm row = EncryptionAlgorithm.Named(name);
        using IAeadCipher cipher = row.CreateAead(new byte[row.KeySize]);
        byte[] nonce = new byte[12];
        byte[] aad = new byte[8];
        byte[] tag = new byte[16];
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
        byte[] icv = new byte[row.IcvSize];
        bool right = true;
        bool wrong = false;

        AllocatedBy(() =>
        {
            integrity.Compute(_packet, esn, icv);
            right &= integrity.Verify(_packet, esn, icv);
            wrong |= integrity.Verify(_packet, [], icv);
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

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
