// SPDX-License-Identifier: Apache-2.0

using Ipsec.Faults;
using Ipsec.StepDefinitions.Tests.Support;
using Ipsec.Wire.Isakmp;

namespace Ipsec.StepDefinitions.Tests.Lies;

/// <summary>
/// The claims about a misbehaving peer judge our own side, so here it is that side that seems to fail: the peer breaks no rule at all, but
/// every packet crosses twice, which looks as if it did, and our side goes on as it should.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class MisbehaviourLies
{
    private const string Twice = "Given the network between west and east delivers every packet twice";
    private const string Misbehaves = "Given east misbehaves: it sends every message twice";
    private const string Received = "When west has received what breaks the rule";

    [TestCase("Then west does not go on with that exchange", "Identity Protection")]
    [TestCase("Then no IKE SA of west's came of it", "established")]
    public async Task GoingOnWithPhase1(string claim, string came)
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync(Twice, Misbehaves, "When west starts quick mode", Received, "Then both sides hold one pair of ESP SAs with matching SPIs");
        (await play.FailingStepAsync(claim)).Came.Should().Contain(came);
    }

    [Test]
    public async Task GoingOnWithQuickMode()
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync("When west starts phase 1", "Then phase 1 is established", Twice);
        await play.StepsAsync("When from now on east misbehaves: it sends every message twice", "When west starts quick mode", Received);
        await play.StepAsync("Then both sides hold one pair of ESP SAs with matching SPIs");
        (await play.FailingStepAsync("Then no IPsec SA of west's came of it")).Came.Should().Contain("pair");
    }

    [Test]
    public async Task AnotherErrorThanAllowed()
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepAsync("Given east offers or accepts for phase 1", "encryption|hash|group", "AES-CBC-256|HMAC-SHA1|MODP-2048");
        await play.StepsAsync("Given east misbehaves: it does not ask for the user", "When east starts phase 1", Received);
        play.Scene.WaitUntil(() => false);
        await play.StepAsync("Then west tells east nothing, or one of NO-PROPOSAL-CHOSEN");
        (await play.FailingStepAsync("Then west tells east nothing, or one of INVALID-FLAGS")).Came.Should().Contain("NoProposalChosen");
    }

    [Test]
    public async Task ATunnelThatDoesNotComeUp()
    {
        await using var play = await Play.OpenAsync(new Lie { Listing = sas => sas with { ChildSas = [] } });
        await play.StepsAsync(Misbehaves, "When east behaves again", "When west sets up a tunnel as if nothing had happened");
        (await play.FailingStepAsync("Then that tunnel comes up and carries a ping")).Legal.Should().Contain("after east behaved again");
    }

    [Test]
    public async Task ADeletedPair()
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync("Given a tunnel between the networks behind west and east", "When west deletes the pair of ESP SAs");
        (await play.FailingStepAsync("Then west still has the SAs that the Delete named")).Legal.Should().Contain("inbound SPI");
    }

    [Test]
    public async Task ABelievedNotification()
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync("Given east uses AES-CBC-256 and HMAC-SHA2-512-256 for ESP", "When west starts quick mode");
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync("Then west does not believe the notification")).Came.Should().Contain("notified");
    }

    [Test]
    public async Task AQuickModeTooEarly()
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync("Given east misbehaves: it does not ask for the user", "When west starts quick mode", Received);
        await play.StepAsync("Then both sides hold one pair of ESP SAs with matching SPIs");
        (await play.FailingStepAsync("Then west starts no quick mode before the user is let in")).Came.Should().Contain("Quick Mode");
    }

    [Test]
    public async Task AChangedAnswer()
    {
        await using var play = await Play.OpenAsync(new Lie());
        play.Scene.PrepareMessage(2, new PayloadPath(PayloadType.Sa), _ => new PayloadOperation.FlipBits(^1, 1), "RFC2409-5-11");
        await play.StepsAsync("Given phase 1 runs in main mode", "Given east misbehaves: it does not ask for the user");
        await play.StepsAsync("When east starts phase 1", Received);
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync("Then west refuses the offer, or answers it as it is")).Came.Should().StartWith("frame 2");
    }
}
