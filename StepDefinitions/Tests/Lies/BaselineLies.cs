// SPDX-License-Identifier: Apache-2.0

using Ipsec.StepDefinitions.Tests.Support;

namespace Ipsec.StepDefinitions.Tests.Lies;

/// <summary>The claims about any two implementations can fail.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class BaselineLies
{
    private const string Listed = "Then both ends list one pair of ESP SAs with the same SPIs, under an IKE SA";
    private const string Ping = "Then a ping from west's end to east's is answered, and only ESP crosses the wire for it";

    [Test]
    public async Task NothingListed()
    {
        await using var play = await Play.OpenAsync(new Lie { Listing = sas => sas with { ChildSas = [] } });
        await play.StepAsync("When west starts quick mode");
        (await play.FailingStepAsync(Listed)).Legal.Should().EndWith("at east's end");
    }

    [Test]
    public async Task OtherSpis()
    {
        await using var play = await Play.OpenAsync(new Lie { Listing = sas => sas with { ChildSas = [.. sas.ChildSas.Select(pair => pair with { InboundSpi = 7 })] } });
        await play.StepAsync("When west starts quick mode");
        (await play.FailingStepAsync(Listed)).Came.Should().Contain("00000007");
    }

    [Test]
    public async Task NoAnswer()
    {
        await using var play = await Play.OpenAsync(new Lie { Packets = _ => [] });
        await play.StepsAsync("When west starts quick mode", Listed);
        (await play.FailingStepAsync(Ping)).Came.Should().StartWith("0; frames");
    }

    [Test]
    public async Task TheOtherProtocol()
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync("When west starts quick mode", Listed);
        (await play.FailingStepAsync(Ping.Replace("ESP", "AH", StringComparison.Ordinal))).Legal.Should().StartWith("AH between");
    }
}
