// SPDX-License-Identifier: Apache-2.0

using Ipsec.StepDefinitions.Tests.Support;
using Ipsec.Wire.Ip;

namespace Ipsec.StepDefinitions.Tests.Lies;

/// <summary>The claims about what is delivered can fail: for each, a peer that delivers more or less.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DeliveryLies
{
    private const string Tunnel = "Given a tunnel between the networks behind west and east";
    private const string Numbered = "When west sends echo requests with the sequence numbers 1, 5, 3";
    private const string Repeated = "When west sends echo requests with the sequence numbers 5, 5";
    private const string WrongIcv = "When west sends an echo request with the sequence number 9 and a wrong ICV";
    private const string Honest = "When an honest echo request follows";
    private const string All = "Then every echo request is answered once, and the honest one behind them";
    private const string None = "Then only the honest echo request is answered";

    [TestCase(All, "answers to 1, 1, 5, 5, 3, 3, honest, honest")]
    [TestCase(None, "answers to 1, 1, 5, 5, 3, 3, honest, honest")]
    [TestCase("Then the echo request is answered, and the honest one behind it is", "answers to 1, 1, 5, 5, 3, 3, honest, honest")]
    [TestCase("Then east answers the requests 1, 5, 3 and the honest one, and no other", "answers to 1, 1, 5, 5, 3, 3, honest, honest")]
    public async Task EveryAnswerTwice(string claim, string came)
    {
        await using var play = await Play.OpenAsync(new Lie { Packets = packet => [packet, packet] });
        await play.StepsAsync(Tunnel, Numbered, Honest);
        (await play.FailingStepAsync(claim)).Came.Should().Be(came);
    }

    [Test]
    public async Task NoAnswerAtAll()
    {
        await using var play = await Play.OpenAsync(new Lie { Packets = _ => [] });
        await play.StepsAsync(Tunnel, Numbered, Honest);
        (await play.FailingStepAsync(All)).Came.Should().Be("no answer");
        (await play.FailingStepAsync(None)).Came.Should().Be("no answer");
        (await play.FailingStepAsync("Then the echo request is not answered, and the honest one behind it is")).Legal.Should().Be("answers to honest");
    }

    [Test]
    public async Task WhatShouldNotBeAnsweredIs()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(Tunnel, Numbered, Honest);
        (await play.FailingStepAsync(None)).Came.Should().Be("answers to 1, 5, 3, honest");
        (await play.FailingStepAsync("Then east answers the requests 1, 5 and the honest one, and no other")).Came.Should().Be("answers to 1, 5, 3, honest");
    }

    [TestCase(Repeated, "answers to 5, honest")]
    [TestCase(WrongIcv, "answers to honest")]
    public async Task WhatShouldBeAnsweredIsNot(string step, string came)
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(Tunnel, step, Honest);
        (await play.FailingStepAsync(All)).Came.Should().Be(came);
    }

    [Test]
    public async Task ASenderWhoseNumbersCycle()
    {
        await using var play = await Play.OpenAsync(new Lie { Packets = packet => [packet, Cycled(packet)] });
        await play.StepsAsync(Tunnel, "When east has 1 sequence number left", "When a host behind west pings a host behind east 1 time");
        (await play.FailingStepAsync("Then the numbers of east's packets are 4294967295, and no other")).Came.Should().Be("4294967295, 1");
    }

    [Test]
    public async Task TheWrongHalfMustBeOfTheSameLowHalf()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(Tunnel);
        await FluentActions.Awaiting(() => play.StepAsync("When west sends an echo request with the sequence number 7 whose ICV was made with the high half of 8"))
            .Should().ThrowAsync<ArgumentException>();
    }

    private static byte[] Cycled(byte[] packet)
    {
        byte[] cycled = [.. packet];
        cycled.AsSpan(Ipv4Header.MinSize + sizeof(uint), sizeof(uint)).Clear();
        cycled[Ipv4Header.MinSize + EspHeader.Size - 1] = 1;
        return cycled;
    }
}
