// SPDX-License-Identifier: Apache-2.0

using CsCheck;

using FluentAssertions;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests;

public sealed class RandomSourceTests
{
    // HMAC-SHA-256 with key 0000000000000001 over 0000000000000000, then over 0000000000000001 (OpenSSL). A change here would make
    // every recorded seed replay something else.
    private const string FirstBlocksOfSeed1 =
        "46e9bfd8fe39f715d88815213e04d7147a99ea692deaa56104c196b90435055a" +
        "5aa4d5cd5734c6dc57c7fd8056058eb95ade160a83d0bd7205c12ab5b05b8544";

    [Test]
    public void A_seed_means_the_same_octets_for_ever()
    {
        byte[] octets = new byte[64];

        new SeededRandomSource(1).Fill(octets);

        Convert.ToHexStringLower(octets).Should().Be(FirstBlocksOfSeed1);
    }

    [Test]
    public void The_stream_does_not_depend_on_how_it_is_cut() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 70].Array[0, 12]).Sample((seed, sizes) =>
        {
            byte[] whole = new byte[sizes.Sum()];
            new SeededRandomSource(seed).Fill(whole);

            byte[] pieces = new byte[whole.Length];
            var source = new SeededRandomSource(seed);
            int at = 0;
            foreach (int size in sizes)
            {
                source.Fill(pieces.AsSpan(at, size));
                at += size;
            }

            pieces.Should().Equal(whole);
        });

    [Test]
    public void Seeds_differ() =>
        Gen.Select(Gen.ULong, Gen.ULong).Where((a, b) => a != b)
            .Sample((a, b) => Draw(new SeededRandomSource(a)).Should().NotEqual(Draw(new SeededRandomSource(b))));

    [Test]
    public void Threads_share_one_stream_without_loss()
    {
        var source = new SeededRandomSource(7);
        byte[][] drawn = new byte[200][];
        Parallel.For(0, drawn.Length, i => drawn[i] = Draw(source));

        byte[] expected = new byte[16 * drawn.Length];
        new SeededRandomSource(7).Fill(expected);
        drawn.Select(Convert.ToHexString).Should().BeEquivalentTo(expected.Chunk(16).Select(Convert.ToHexString));
    }

    [Test]
    public void The_system_s_octets_do_not_repeat()
    {
        var source = new SystemRandomSource();

        Enumerable.Range(0, 100).Select(_ => Convert.ToHexString(Draw(source))).Should().OnlyHaveUniqueItems();
    }

    private static byte[] Draw(IRandomSource source)
    {
        byte[] octets = new byte[16];
        source.Fill(octets);
        return octets;
    }
}
