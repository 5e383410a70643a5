// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.StepDefinitions.Tests.Support;

namespace Ipsec.StepDefinitions.Tests;

/// <summary>A scenario that is made to lie fails, and says in five lines what was demanded, sent, legal and came, and where the proof lies.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FiveLinesTests
{
    private const string Evidence = "out/evidence/self/PLAY-001";

    private const string Requirement =
        "requirement: RFC2409-5.4-01 (MUST) ";

    [Test]
    public async Task AMessageTableWithAWrongPayload()
    {
        await using var play = await Play.OpenAsync();
        await play.StepAsync("When west starts phase 1 in main mode");
        var failure = await play.FailingStepAsync(
            "Then these messages cross the wire, in this order",
            "from|exchange|encrypted|payloads",
            "west|Identity Protection|no|SA, VID*",
            "east|Identity Protection|no|SA, VID*",
            "west|Identity Protection|no|KE, NONCE",
            "east|Identity Protection|no|KE, NONCE, CERT",
            "west|Identity Protection|yes|ID, HASH",
            "east|Identity Protection|yes|ID, HASH");
        FiveLinesOf(failure).Should().Equal(
            "sent:        When west starts phase 1 in main mode; last from west: frame 5, west: Identity Protection, encrypted, ID, HASH",
            "legal:       message 4 is east: Identity Protection, clear, KE, NONCE, CERT",
            "came:        frame 4: east: Identity Protection, clear, KE, NONCE",
            $"evidence:    {Evidence}");
    }

    [Test]
    public async Task APeerThatLiesAboutItsSpi()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Listing = sas => sas with { ChildSas = [.. sas.ChildSas.Select(pair => pair with { InboundSpi = 0xdeadbeef })] },
        });
        await play.StepAsync("When west starts quick mode");
        var failure = await play.FailingStepAsync("Then both sides hold one pair of ESP SAs with matching SPIs");
        var pair = play.Scene.WestChildSas.Single();
        FiveLinesOf(failure).Should().Equal(
            "sent:        When west starts quick mode; last from west: frame 9, west: Quick Mode, encrypted, HASH",
            $"legal:       east lists inbound and outbound SPIs {pair.OutboundSpi:x8} {pair.InboundSpi:x8}",
            $"came:        net: deadbeef {pair.InboundSpi:x8}",
            $"evidence:    {Evidence}");
    }

    [Test]
    public async Task ALayoutTableWithAWrongIvSize()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(
            "Given a tunnel between the networks behind west and east", "When a host behind west pings a host behind east 2 times", "Then every ping is answered");
        var failure = await play.FailingStepAsync(
            "Then each ESP frame from east is laid out as",
            "section|bytes",
            "Ethernet header: destination MAC, source MAC, EtherType|6 + 6 + 2",
            "outer IP header: addresses of the gateways|20",
            "ESP header: SPI, sequence number|4 + 4",
            "IV|16",
            "encrypted: inner IP header, inner payload|as sent",
            "encrypted ESP trailer: padding, pad length, next header|to 4",
            "integrity check value|16");
        var spi = play.Scene.WestChildSas.Single().OutboundSpi;
        FiveLinesOf(failure).Should().Equal(
            $"sent:        When a host behind west pings a host behind east 2 times; last from west: frame 11, ESP 0x{spi:x8}, sequence number 2, echo request 2",
            "legal:       IV: 16 octets from octet 42 on",
            "came:        frame 12: 8 octets",
            $"evidence:    {Evidence}");
    }

    [Test]
    public async Task AFailureBeforeAnythingWasSentSaysSo()
    {
        await using var play = await Play.OpenAsync();
        await play.Scene.OpenAsync();
        await play.StepAsync("Given west and east share a pre-shared key");
        var failure = await play.FailingStepAsync("Then an observer who has only the encryption key reads every message");
        FiveLinesOf(failure).Should().Equal(
            "sent:        Given west and east share a pre-shared key; nothing from west on the wire",
            "legal:       messages to judge",
            "came:        none",
            $"evidence:    {Evidence}");
    }

    /// <summary>Checks the first line against the ledger, and gives the other four.</summary>
    private static IEnumerable<string> FiveLinesOf(Failure failure)
    {
        var lines = failure.Lines(Evidence);
        lines.Should().HaveCount(5).And.OnlyContain(line => !line.Contains('\n'));
        lines[0].Should().StartWith(Requirement);
        lines[0][Requirement.Length..].Should().NotBeNullOrWhiteSpace("the ledger says what the clause demands");
        FiveLines.TryParse(failure.ToMessage(Evidence), out var parsed).Should().BeTrue();
        parsed.Select(line => line.Label).Should().Equal("requirement", "sent", "legal", "came", "evidence");
        return lines.Skip(1);
    }
}
