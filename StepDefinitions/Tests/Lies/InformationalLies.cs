// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Ike;
using Ipsec.StepDefinitions.Tests.Support;
using Ipsec.Wire.Ip;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.StepDefinitions.Tests.Lies;

/// <summary>The claims about Deletes, notifications and repetitions can fail: for each, a peer that breaks it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class InformationalLies
{
    private const ExchangeType MainMode = ExchangeType.IdentityProtection;
    private const ExchangeType Informational = ExchangeType.Informational;
    private const string Tunnel = "Given a tunnel between the networks behind west and east";
    private const string EastDeletes = "When east deletes the IKE SA";
    private const string FirstContact = "Given both sides say when they know of no other SA";
    private const string EastStarts = "When east starts phase 1 in main mode";
    private const string Established = "Then phase 1 is established";
    private const string Contact = "Then east's INITIAL-CONTACT names the DOI, the protocol and both cookies";
    private const string Deleted = "Then east sends one Delete for the IKE SA under it, with both cookies";

    [Test]
    public async Task ADeleteOfOtherCookies()
    {
        await using var play = await Play.OpenAsync(new Lie { Messages = BentMessages.Each<DeletePayload>(Informational, 1, Other) });
        await play.StepsAsync(Tunnel, EastDeletes);
        (await play.FailingStepAsync(Deleted)).Came.Should().StartWith("frame ").And.EndWith("ff");
    }

    [Test]
    public async Task ADeleteOfOneCookieOnly()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = BentMessages.Each<DeletePayload>(
                Informational, 1, delete => delete.ProtocolId == ProtocolId.Isakmp ? delete with { SpiSize = 8, Spis = [delete.Spis[0][..8]] } : delete),
        });
        await play.StepsAsync(Tunnel, EastDeletes);
        (await play.FailingStepAsync(Deleted)).Came.Should().StartWith("frame ");
    }

    [Test]
    public async Task AnIkeSaThatStaysAfterItsDelete()
    {
        await using var play = await Play.OpenAsync(new Lie { Listing = sas => sas with { IkeSas = [new(new(1), new(2), false, true)] } });
        await play.StepsAsync(Tunnel, EastDeletes);
        (await play.FailingStepAsync("Then neither side holds an SA any more")).Legal.Should().Be("no SA on east's side");
    }

    [Test]
    public async Task OneOfTwoPairsThatStays()
    {
        await using var play = await Play.OpenAsync();
        await play.StepAsync(Tunnel);
        (await play.FailingStepAsync("Then east has removed both pairs")).Legal.Should().Be("no ESP SA on east's side");
    }

    [Test]
    public async Task ADeleteThatIsSentAgain()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(Tunnel, "When east deletes the pair of ESP SAs", "When no side holds an ESP SA");
        var delete = play.Scene.Messages.Last(message => message.Message?.Find<DeletePayload>() is not null);
        play.Scene.Inject(delete.Bytes[EthernetHeader.Size..].ToArray());
        await play.StepsAsync("When quick mode message 1 of the next exchange is lost once", "When east starts quick mode", "Then both sides hold one pair of ESP SAs with matching SPIs");
        (await play.FailingStepAsync("Then east sent the message that was lost again, and the Delete once only")).Came.Should().Contain("a repetition");
    }

    [Test]
    public async Task AnInitialContactWithData()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = BentMessages.Each<NotificationPayload>(MainMode, 5, n => n with { Data = new byte[] { 1 } }),
        });
        await play.StepsAsync(FirstContact, EastStarts, Established);
        await play.StepAsync(Contact);
        (await play.FailingStepAsync("Then east's INITIAL-CONTACT has no data")).Should().Match<Failure>(failure => failure.LevelText == "SHOULD" && failure.Came.EndsWith("1 octets of data", StringComparison.Ordinal));
    }

    [Test]
    public async Task AnInitialContactOfOtherCookies()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = BentMessages.Each<NotificationPayload>(MainMode, 5, n => n with { Spi = new byte[16] }),
        });
        await play.StepsAsync(FirstContact, EastStarts, Established);
        (await play.FailingStepAsync(Contact)).Came.Should().StartWith("frame ");
    }

    [Test]
    public async Task AnErrorInsideQuickMode()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = new BentMessages(ExchangeType.QuickMode, 2)
            {
                Payloads = payloads => [.. payloads, new NotificationPayload(1, ProtocolId.Esp, new byte[4], NotifyType.NoProposalChosen, default)],
            },
        });
        await play.StepAsync("When west starts quick mode");
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync("Then every error from east stands in an informational exchange of its own")).Should()
            .Match<Failure>(failure => failure.LevelText == "SHOULD" && failure.Came.Contains("Quick Mode", StringComparison.Ordinal));
    }

    [Test]
    public async Task AnotherAnswerToStrangeCookies()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(Tunnel);
        (await play.FailingStepAsync("Then east answers cookies that nobody knows with nothing, or with INVALID-COOKIE in clear")).Came.Should().Be("none");
    }

    [Test]
    public async Task NoInitialContact()
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync(EastStarts, Established);
        (await play.FailingStepAsync(Contact)).Came.Should().Be("none");
    }

    [Test]
    public async Task AStatusInClear()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = new BentMessages(MainMode, 3)
            {
                Payloads = payloads => [.. payloads, new NotificationPayload(1, ProtocolId.Isakmp, default, NotifyType.InitialContact, default)],
            },
        });
        await play.StepAsync(EastStarts);
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync("Then status notifications from east are protected by the IKE SA")).Came.Should().Contain("in clear: type 24578");
    }

    [TestCase(7u, ProtocolId.Esp, 4)]
    [TestCase(1u, ProtocolId.Esp, 8)]
    [TestCase(1u, (ProtocolId)9, 4)]
    public async Task ANotificationThatFitsNoLayout(uint doi, ProtocolId protocol, int spi)
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = BentMessages.Each<NotificationPayload>(Informational, 1, n => n with { Doi = doi, ProtocolId = protocol, Spi = new byte[spi] }),
        });
        await play.StepsAsync("Given west uses AES-CBC-256 and HMAC-SHA2-256-128 for ESP", "When west starts quick mode");
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync("Then every notification from east names a DOI, a protocol, an SPI of its size and a type")).Came.Should().Contain($"DOI {doi}");
    }

    [Test]
    public async Task CookiesTheOtherWayRound()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = new BentMessages(ExchangeType.QuickMode, 1) { Datagram = datagram => [.. datagram[8..16], .. datagram[..8], .. datagram[16..]] },
        });
        await play.StepsAsync("When west starts phase 1 in main mode", Established, "When east starts quick mode");
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync("Then the cookies of the later exchanges are in the order of phase 1")).Came.Should().StartWith("frame 7: ");
    }

    [Test]
    public async Task NoNewPair()
    {
        await using var play = await Play.OpenAsync();
        await play.StepAsync(Tunnel);
        (await play.FailingStepAsync("Then a new pair of ESP SAs comes about")).Legal.Should().Be("another quick mode that completes");
    }

    [Test]
    public async Task IntervalsThatStayTheSame()
    {
        await using var play = await Play.OpenAsync(new Lie { Retransmission = new RetransmissionPolicy(TimeSpan.FromSeconds(1), 1, 5) });
        await play.StepsAsync("Given main mode message 1 is lost 2 times", EastStarts, Established);
        (await play.FailingStepAsync("Then the intervals between east's repetitions get longer")).Came.Should().Be("3 copies, intervals: 1.00 s, 1.00 s");
    }

    private static DeletePayload Other(DeletePayload delete) => delete.ProtocolId == ProtocolId.Isakmp
        ? delete with { Spis = [(byte[])[.. delete.Spis[0].Span[..15], 0xFF]] }
        : delete;
}
