// SPDX-License-Identifier: Apache-2.0

using Ipsec.StepDefinitions.Tests.Support;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.StepDefinitions.Tests.Lies;

/// <summary>Claims about fragments can fail: for each, a peer that breaks it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FragmentLies
{
    private const string Rsa = "Given both sides authenticate with RSA signatures";
    private const string Phase1 = "When west starts phase 1 in main mode";

    [TestCase("Then east sends its large message in one piece", "has one")]
    [TestCase("Then message 5 from east comes in fragments, and no other", "message 6 of")]
    [TestCase("Then east does not announce that it takes fragments", "4048b7d56ebce88525e7de7f00d6c2d3")]
    public async Task FragmentsWhereThereShouldBeNone(string claim, string came)
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync(Rsa, Phase1, "Then phase 1 is established");
        (await play.FailingStepAsync(claim)).Came.Should().Contain(came);
    }

    [TestCase("Then message 6 from east comes in fragments, and no other", "in 1 frames")]
    [TestCase("Then west announces that it takes fragments", "4a131c81070358455c5728f20e95452f|afcad71368a1f1c96b8696fc77570100")]
    public async Task NoFragmentsWhereThereShouldBeSome(string claim, string came)
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync(Rsa, "Given west does not announce that it takes fragments", Phase1, "Then phase 1 is established");
        (await play.FailingStepAsync(claim)).Came.Should().ContainAny(came.Split('|'));
    }

    [Test]
    public async Task AnAnnouncementThatIsMissing()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = new BentMessages(ExchangeType.IdentityProtection, 2) { Payloads = payloads => payloads.Where(payload => payload is not VendorIdPayload) },
        });
        await play.StepsAsync(Rsa, Phase1, "Then phase 1 is established");
        (await play.FailingStepAsync("Then east announces that it takes fragments")).Legal.Should().StartWith("vendor ID 4048b7d5");
    }

    [Test]
    public async Task AFaultThatMetNoFragmentShowsNothing()
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync("Given fragment 1 of main mode message 5 is lost once", Phase1, "Then phase 1 is established");
        await FluentActions.Awaiting(() => play.StepAsync("Then that happened to the fragment")).Should().ThrowAsync<Fixtures.Rig.Run.EnvironmentException>();
    }
}
