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
}
