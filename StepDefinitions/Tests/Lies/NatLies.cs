// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.V1;
using Ipsec.StepDefinitions.Tests.Support;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.StepDefinitions.Tests.Lies;

/// <summary>Claims about NAT traversal can fail: for each, a peer that breaks it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class NatLies
{
    private const ExchangeType MainMode = ExchangeType.IdentityProtection;
    private const ExchangeType QuickMode = ExchangeType.QuickMode;
    private const string Path = "Given both sides look for NATs, and no NAT is on the path";
    private const string HiddenWest = "Given both sides look for NATs, and a NAT is in front of west";
    private const string Phase1 = "When west starts phase 1 in main mode";
    private const string Child = "When west starts quick mode";
    private const string OnePair = "Then both sides hold one pair of ESP SAs with matching SPIs";
    private const string Ping = "When a host behind west pings a host behind east 1 time";

    private static IEnumerable<TestCaseData> MessageLies =>
    [
        Case("no vendor ID", Remove<VendorIdPayload>(2), "Then each side announces NAT traversal in its first message", "no vendor ID"),
        Case("no NAT-D", Remove<NatDiscoveryPayload>(4), "Then the NAT-D payloads are in messages 3 and 4", "messages 3"),
        Case("NAT-D at all", new BentMessages(MainMode, 6), "Then no message has a NAT-D payload", "messages 3, 4"),
        Case(
            "the source first",
            new BentMessages(MainMode, 4) { Payloads = payloads => payloads.Where(p => p is not NatDiscoveryPayload).Concat(payloads.OfType<NatDiscoveryPayload>().Reverse()) },
            "Then each NAT-D payload from both sides is the hash of an address and port as its sender sees them, the destination first",
            "frame 4"),
        Case("its true source", new BentMessages(MainMode, 6), "Then no NAT-D payload from east tells where its messages come from", "frame 4 has it"),
        Case("no move", new BentMessages(MainMode, 6), "Then the initiator moves to port 4500 with message 5, and stays there", "port 500 to port 500"),
        Case("another port", new BentMessages(MainMode, 6), "Then no IKE message leaves port 4500", "port 500 to port 500"),
        Case("no port with a marker", new BentMessages(MainMode, 6), "Then four zero octets stand before each IKE message on port 4500, and before no other", "none"),
        Case(
            "a port in the identity",
            BentMessages.Each<IdentificationPayload>(MainMode, 6, id => id with { Port = 4500 }),
            "Then the port in every identity of phase 1 is zero",
            "port 4500"),
    ];

    [TestCaseSource(nameof(MessageLies))]
    public async Task AClaimAboutPhase1Fails(object messages, string claim, string came)
    {
        await using var play = await Play.OpenAsync(new Lie { Messages = (IOutboundSeams)messages });
        await play.StepsAsync(Path, Phase1);
        play.Scene.WaitUntil(() => play.Scene.WestIkeSas.Count > 0);
        (await play.FailingStepAsync(claim)).Came.Should().Contain(came);
    }

    [TestCase("Then every transform of the quick mode has encapsulation mode 1", "3")]
    [TestCase("Then no IKE message leaves port 500", "port 4500 to port 4500")]
    [TestCase("Then the initiator moves to port 4500 with message 3, and stays there", "message 3 of Identity Protection")]
    public async Task AnotherSituationThanThatOfTheClaim(string claim, string came)
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync(HiddenWest, Child, OnePair);
        (await play.FailingStepAsync(claim)).Came.Should().Contain(came);
    }

    [TestCase(Path, "Then the ESP frames from both sides stand in UDP, between the ports of IKE", "ESP without UDP")]
    [TestCase(HiddenWest, "Then the ESP frames from both sides stand in no UDP", "UDP")]
    [TestCase(Path, "Then the UDP checksum of every ESP frame from east is zero", "frame")]
    public async Task EspInAnotherForm(string path, string claim, string came)
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync(path, Child, OnePair, Ping);
        (await play.FailingStepAsync(claim)).Came.Should().Contain(came);
    }

    [Test]
    public async Task APairListedWithoutUdp()
    {
        await using var play = await Play.OpenAsync(new Lie { Listing = sas => sas with { ChildSas = [.. sas.ChildSas.Select(pair => pair with { IsUdpEncapsulated = false })] } });
        await play.StepsAsync(HiddenWest, Child, OnePair);
        (await play.FailingStepAsync("Then east lists its pair of ESP SAs as encapsulated in UDP")).Came.Should().Be("a pair without UDP");
    }

    [Test]
    public async Task OnlyOneOriginalAddress()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = new BentMessages(QuickMode, 2)
            {
                Payloads = payloads => payloads.Where(payload => payload is not NatOriginalAddressPayload).Append(payloads.OfType<NatOriginalAddressPayload>().First()),
            },
        });
        await play.StepsAsync(HiddenWest, "Given ESP runs in transport mode between the gateways themselves", Child);
        (await play.FailingStepAsync("Then both sides tell both original addresses, the initiator's first")).Came.Should().NotContain(" and ");
    }

    [Test]
    public async Task AMappingThatDidNotChange()
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync(HiddenWest, Child, OnePair, Ping);
        (await play.FailingStepAsync("Then east sends ESP to the new port of the NAT")).Came.Should().Be("port 4500");
    }

    [Test]
    public async Task AnAnswerToAKeepalive()
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync(HiddenWest, Child, OnePair);
        (await play.FailingStepAsync("Then the keepalive was not answered")).Came.Should().Be("none");
    }

    [Test]
    public async Task AnswersToAnotherPort()
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync(HiddenWest, Phase1, "Then phase 1 is established");
        var moved = play.Scene.Messages.Select(message => message is { From: "east", Ordinal: 6 } ? message with { Udp = message.Udp with { DestinationPort = 500 } } : message);
        Fixtures.Judgement.PortOracle.AnswersReturn([.. moved], "east")!.Came.Should().EndWith("port 4500 to port 500");
        Fixtures.Judgement.PortOracle.AnswersReturn(play.Scene.Messages, "east").Should().BeNull();
    }

    private static BentMessages Remove<T>(int number)
        where T : Payload => new(MainMode, number) { Payloads = payloads => payloads.Where(payload => payload is not T) };

    private static TestCaseData Case(string lie, IOutboundSeams messages, string claim, string came) =>
        new TestCaseData(messages, claim, came).SetArgDisplayNames(lie);
}
