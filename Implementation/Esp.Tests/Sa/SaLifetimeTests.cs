// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Sa;
using NUnit.Framework;

namespace Ipsec.Esp.Tests.Sa;

public sealed class SaLifetimeTests
{
    private static readonly SaLifetime Both = new(
        TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(100), SoftBytes: 900, HardBytes: 1000);

    [TestCase(0, 0, SaLifetimeState.Alive)]
    [TestCase(89, 899, SaLifetimeState.Alive)]
    [TestCase(90, 0, SaLifetimeState.ReplacementDue)]
    [TestCase(0, 900, SaLifetimeState.ReplacementDue)]
    [TestCase(99, 999, SaLifetimeState.ReplacementDue)]
    [TestCase(100, 0, SaLifetimeState.Ended)]
    [TestCase(0, 1000, SaLifetimeState.Ended)]
    [TestCase(90, 1000, SaLifetimeState.Ended)]
    public void The_limit_that_is_reached_first_counts(int seconds, int bytes, SaLifetimeState expected)
    {
        var usage = new SaUsage();
        usage.Count(bytes);

        Both.Judge(TimeSpan.FromSeconds(seconds), usage).Should().Be(expected);
    }

    [Test]
    public void Without_limits_an_sa_lives_on()
    {
        var usage = new SaUsage();
        for (var i = 0; i < 10; i++)
        {
            usage.Count(int.MaxValue);
        }

        SaLifetime.Unlimited.Judge(TimeSpan.MaxValue, usage).Should().Be(SaLifetimeState.Alive);
        usage.Packets.Should().Be(10);
        usage.Bytes.Should().Be(10L * int.MaxValue);
        usage.ToString().Should().Be("10 packets, 21474836470 bytes");
    }
}
