// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Benchmarks;
using NUnit.Framework;

namespace Ipsec.Fixtures.Cli.Tests;

/// <summary>A figure says something only when the operation that was measured is the one that its name says.</summary>
public sealed class BenchmarkTests
{
    [TestCase("MODP-2048")]
    [TestCase("ECP-256")]
    public void AHandshakeGivesBothSidesAPair(string group)
    {
        var benchmark = new IkeV1Handshake { Group = group };
        benchmark.Setup();
        benchmark.MainAndQuickMode().Should().Be(2);
        benchmark.MainAndQuickMode().Should().Be(2, "each operation starts from nothing");
    }

    [Test]
    public void APacketGoesInAndComesOutAgain(
        [Values("AES-GCM-16-128", "AES-GCM-16-256", "CHACHA20-POLY1305", "AES-CBC-128 and HMAC-SHA2-256-128")] string suite, [Values(64, 512, 1400)] int bytes)
    {
        using var benchmark = new EspPacket { Suite = suite, Bytes = bytes };
        benchmark.Setup();
        benchmark.Encapsulate().Should().BeGreaterThan(bytes);
        benchmark.Decapsulate().Should().Be(bytes);
        benchmark.Decapsulate().Should().Be(bytes, "each operation opens the same packet");
        benchmark.Seal().Should().BeGreaterThan(bytes);
        benchmark.Open().Should().BeTrue("the ciphers alone do what ESP has them do");
    }

    [Test]
    public void PayloadInASecond() => new BenchmarkFigure("a packet", "", 1000, 1, 1e6, 0, 3) { PayloadBytes = 125 }.GigabitsPerSecond.Should().BeApproximately(1, 1e-9);
}
