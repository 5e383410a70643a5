// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.StepDefinitions.Tests.Support;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.StepDefinitions.Tests.Lies;

/// <summary>The claims about client identities can fail: for each, a peer that breaks it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SelectorLies
{
    private const string Layout = "Then the client identities from east are laid out as their types demand";
    private const string Named = "Then the client identities from east are those of the policies, the initiator's first";

    private static IEnumerable<TestCaseData> Identities =>
    [
        Case("the mask before the address", id => new(id.IdType, 0, 0, (byte[])[.. id.Data.Span[4..], .. id.Data.Span[..4]]), Layout, "Ipv4Subnet of ffffffc0"),
        Case("an octet too many", id => new(id.IdType, 0, 0, (byte[])[.. id.Data.Span, 0]), Layout, "Ipv4Subnet of "),
        Case("a name", _ => IdentificationPayload.Fqdn("west.example"), Layout, "Fqdn of "),
        Case("another network", _ => IdentificationPayload.Ipv4Subnet(IPAddress.Parse("198.18.0.0"), 15), Named, "198.18.0.0"),
        Case("a protocol", id => new(id.IdType, 6, 0, id.Data), Named, ", then "),
    ];

    [TestCaseSource(nameof(Identities))]
    public async Task AnIdentity(Func<IdentificationPayload, IdentificationPayload> change, string claim, string came)
    {
        await using var play = await Play.OpenAsync(new Lie { Messages = BentMessages.Each<IdentificationPayload>(ExchangeType.QuickMode, 2, change) });
        await play.StepAsync("When west starts quick mode");
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync(claim)).Came.Should().Contain(came);
    }

    [Test]
    public async Task TheRespondersFirst()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = new BentMessages(ExchangeType.QuickMode, 2)
            {
                Payloads = payloads => [.. payloads.Where(payload => payload is not IdentificationPayload), .. payloads.OfType<IdentificationPayload>().Reverse()],
            },
        });
        await play.StepAsync("When west starts quick mode");
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync(Named)).Legal.Should().StartWith("198.18.");
    }

    [Test]
    public async Task IdentitiesThatNobodyOffered()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = new BentMessages(ExchangeType.QuickMode, 2)
            {
                Payloads = payloads => [.. payloads, IdentificationPayload.Ipv4Address(IPAddress.Parse("198.18.0.1")), IdentificationPayload.Ipv4Address(IPAddress.Parse("198.19.0.1"))],
            },
        });
        await play.StepsAsync("Given the traffic between the gateways themselves is protected", "Given west names no client identities", "When west starts quick mode");
        play.Scene.WaitUntil(() => false);
        await play.StepAsync("Then west's quick mode names no client identities");
        (await play.FailingStepAsync("Then east's quick mode names none either, or the gateways' own addresses")).Came.Should().Contain("198.18.0.1");
    }

    [Test]
    public async Task IdentitiesThatWestNamesAfterAllShowNothing()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync("When west starts quick mode", "Then both sides hold one pair of ESP SAs with matching SPIs");
        await FluentActions.Awaiting(() => play.StepAsync("Then west's quick mode names no client identities")).Should().ThrowAsync<Fixtures.Rig.Run.EnvironmentException>();
    }

    [Test]
    public async Task AnotherErrorThanInvalidIdInformation()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = BentMessages.Each<NotificationPayload>(ExchangeType.Informational, 1, n => n with { NotifyType = NotifyType.NoProposalChosen }),
        });
        await play.StepsAsync("Given west wants to protect networks that the other side's policy does not have", "When west starts quick mode");
        var failure = await play.FailingStepAsync("Then east notifies the other side of INVALID-ID-INFORMATION, under the IKE SA");
        failure.Came.Should().Contain("(NoProposalChosen)");
        failure.LevelText.Should().Be("SHOULD");
    }

    private static TestCaseData Case(string lie, Func<IdentificationPayload, IdentificationPayload> change, string claim, string came) =>
        new TestCaseData(change, claim, came).SetArgDisplayNames(lie);
}
