// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Run;
using Ipsec.Ike.V1;
using Ipsec.StepDefinitions.Tests.Support;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.StepDefinitions.Tests.Lies;

/// <summary>The claims about SA payloads can fail: for each, a peer that breaks it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SaPayloadLies
{
    private const ExchangeType MainMode = ExchangeType.IdentityProtection;
    private const ExchangeType QuickMode = ExchangeType.QuickMode;
    private const string Authentication = "Then every quick mode transform from east names its authentication algorithm, or none with a combined mode";

    private static IEnumerable<TestCaseData> Answers =>
    [
        Answer("another transform number", MainMode, t => t with { Number = 0 }, "Then main mode message 2 keeps the numbers of the chosen proposal and transform", "proposal 1, transform 0"),
        Answer("another transform number in quick mode", QuickMode, t => t with { Number = 9 }, "Then quick mode message 2 keeps the numbers of the chosen proposal and transform", "proposal 1, transform 9"),
        Answer("another life than offered", QuickMode, t => With(t, DataAttribute.Basic(Phase2Attribute.SaLifeDuration, 77)), "Then quick mode message 2 holds one transform of message 1, its attributes unchanged", "2=77"),
        Answer("no key length of AES", MainMode, t => Without(t, (ushort)Phase1Attribute.KeyLength), "Then every main mode transform from east has a key length if its cipher has several, and else none", "AesCbc with no bits"),
        Answer("no key length of AES-GCM", QuickMode, t => Without(t, (ushort)Phase2Attribute.KeyLength), "Then every quick mode transform from east has a key length if its cipher has several, and else none", "AesGcm16 with no bits"),
        Answer("a basic attribute in the long form", QuickMode, t => With(t, DataAttribute.Variable(Phase2Attribute.KeyLength, 128)), "Then basic attributes of quick mode from east are of the short form", "KeyLength as type, length, value"),
        Answer("a duration before its type", QuickMode, t => t with { Attributes = [t.Attributes[1], t.Attributes[0], .. t.Attributes.Skip(2)] }, "Then every life duration of quick mode from east stands behind its life type", "attributes SaLifeDuration, SaLifeType"),
        Answer("an authentication algorithm with a combined mode", QuickMode, t => With(t, DataAttribute.Basic(Phase2Attribute.AuthenticationAlgorithm, 5)), Authentication, "Esp transform 20 with HmacSha256"),
    ];

    [TestCaseSource(nameof(Answers))]
    public async Task AnAnswer(object messages, string claim, string came)
    {
        await using var play = await Play.OpenAsync(new Lie { Messages = (IOutboundSeams)messages });
        await play.StepAsync("When west starts quick mode");
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync(claim)).Came.Should().Contain(came);
    }

    [TestCase("AH HMAC-SHA1-96", "Ah transform 3 with none")]
    [TestCase("NULL and HMAC-SHA1-96", "Esp transform 11 with none")]
    public async Task NoAuthenticationAlgorithm(string suite, string came)
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = BentMessages.Transforms(QuickMode, 2, t => Without(t, (ushort)Phase2Attribute.AuthenticationAlgorithm)),
        });
        await play.StepsAsync($"Given phase 2 uses {suite}", "When west starts quick mode");
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync(Authentication)).Came.Should().EndWith(came);
    }

    [Test]
    public async Task AnotherNumberInTheBentExchangeAlone()
    {
        var answers = 0;
        await using var play = await Play.OpenAsync(new Lie { Messages = BentMessages.Transforms(MainMode, 2, t => answers++ == 0 ? t with { Number = 7 } : t) });
        await play.StepsAsync(
            "When west sends main mode message 1, but its \"SA.proposal.SPI\" is \"8 octets without meaning\"",
            "When west then begins an honest exchange",
            "Then the honest exchange succeeds");
        (await play.FailingStepAsync("Then main mode message 2 keeps the numbers of the chosen proposal and transform")).Should().BeEquivalentTo(
            new { Legal = "proposal 1, transform 1", Came = "frame 3: proposal 1, transform 7", LevelText = "SHOULD" });
    }

    [Test]
    public async Task SuitesUnderOneNumber()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = BentMessages.Each<SaPayload>(QuickMode, 1, sa => sa with { Proposals = [.. sa.Proposals.Select(proposal => proposal with { Number = 1, ProtocolId = ProtocolId.Esp })] }),
        });
        await play.StepAsync("Given east offers or accepts for phase 2", "suite", "AES-GCM-16-128", "AH HMAC-SHA1-96");
        await play.StepAsync("When east starts quick mode");
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync("Then east offers these suites in order, under numbers that rise from suite to suite", "suite", "AES-GCM-16-128", "AH HMAC-SHA1-96"))
            .Came.Should().StartWith("no answer");
    }

    [Test]
    public async Task SuitesInAnotherOrder()
    {
        await using var play = await Play.OpenAsync();
        await play.StepAsync("Given east offers or accepts for phase 2", "suite", "AES-GCM-16-128", "AH HMAC-SHA1-96");
        await play.StepAsync("When east starts quick mode");
        (await play.FailingStepAsync("Then east offers these suites in order, under numbers that rise from suite to suite", "suite", "AH HMAC-SHA1-96", "AES-GCM-16-128"))
            .Came.Should().EndWith("proposal 1: Esp 20, proposal 2: Ah 3");
    }

    [TestCase(28801L, "one that ends in 28801 seconds")]
    [TestCase(null, "one that ends in no seconds")]
    public async Task ALifeThatNobodyNamed(long? seconds, string came)
    {
        await using var play = await Play.OpenAsync(new Lie { Listing = sas => sas with { ChildSas = [.. sas.ChildSas.Select(pair => pair with { SecondsToEnd = seconds })] } });
        await play.StepsAsync("Given west says nothing of a life in phase 2", "When west starts quick mode");
        (await play.FailingStepAsync("Then east takes the life that nobody named for 28800 seconds")).Came.Should().Be(came);
    }

    [Test]
    public async Task AnotherLifeThanNobodyNamed()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = BentMessages.Transforms(QuickMode, 2, t => t with { Attributes = [.. t.Attributes, DataAttribute.Basic(1, 1), DataAttribute.Basic(2, 3600)] }),
        });
        await play.StepsAsync("Given west says nothing of a life in phase 2", "When west starts quick mode");
        (await play.FailingStepAsync("Then east takes the life that nobody named for 28800 seconds")).Came.Should().EndWith("1=1 2=3600");
    }

    [TestCase("Then west's offer in quick mode names no life")]
    [TestCase("Then west's offer in quick mode has seconds as TLV")]
    [TestCase("Then west's offer in main mode has seconds as TV and kilobytes as TV")]
    public async Task AnOfferThatIsNotAsTheScenarioSaysShowsNothing(string step)
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync("When west starts quick mode", "Then both sides hold one pair of ESP SAs with matching SPIs");
        await FluentActions.Awaiting(() => play.StepAsync(step)).Should().ThrowAsync<EnvironmentException>().WithMessage("*shows nothing");
    }

    private static TestCaseData Answer(string lie, ExchangeType exchange, Func<Transform, Transform> change, string claim, string came) =>
        new TestCaseData(BentMessages.Transforms(exchange, 2, change), claim, came).SetArgDisplayNames(lie);

    private static Transform Without(Transform transform, ushort type) => transform with { Attributes = transform.Attributes.RemoveAll(attribute => attribute.Type == type) };

    private static Transform With(Transform transform, DataAttribute attribute)
    {
        var at = transform.Attributes.TakeWhile(other => other.Type != attribute.Type).Count();
        return transform with { Attributes = at < transform.Attributes.Length ? transform.Attributes.SetItem(at, attribute) : transform.Attributes.Add(attribute) };
    }
}
