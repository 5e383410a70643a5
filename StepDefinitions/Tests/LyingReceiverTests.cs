// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Run;
using Ipsec.StepDefinitions.Tests.Support;
using Ipsec.Wire.Isakmp;

namespace Ipsec.StepDefinitions.Tests;

/// <summary>The claims about received fields can fail: for each, a peer that breaks it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LyingReceiverTests
{
    private const string WrongDoi = "When west sends main mode message 1, but its \"SA.DOI\" is \"unassigned (99)\"";
    private const string VendorId = "When west sends main mode message 1, but its \"behind the last payload\" is \"an unknown vendor ID\"";
    private const string Honest = "When west then begins an honest exchange";
    private const string Stops = "Then east does not go on with the first exchange";
    private const string GoesOn = "Then east goes on with the first exchange";
    private const string Succeeds = "Then the honest exchange succeeds";

    [Test]
    public async Task GoingOnIsNotStopping()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(VendorId, Honest);
        (await play.FailingStepAsync(Stops)).Came.Should().Contain(": east: Identity Protection, clear, SA");
    }

    [Test]
    public async Task AnErrorIsNotGoingOn()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(WrongDoi, Honest);
        (await play.FailingStepAsync(GoesOn)).Came.Should().Be("an error notification: DoiNotSupported");
    }

    [Test]
    public async Task AnotherErrorThanTheClauseNamesIsNotFollowingARecommendation()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(WrongDoi, Honest);
        var failure = await play.FailingStepAsync("Then east answers the bent message with nothing or one of INVALID-COOKIE, INVALID-FLAGS");
        failure.Came.Should().Be("DoiNotSupported");
        failure.LevelText.Should().Be("SHOULD");
    }

    [Test]
    public async Task AnSaOfTheFirstExchange()
    {
        Play? play = null;
        await using var opened = play = await Play.OpenAsync(new Lie
        {
            Listing = sas => play!.Scene.Bent is { } bent ? sas with { IkeSas = [.. sas.IkeSas, new(bent.Header.InitiatorCookie, new(7), false, true)] } : sas,
        });
        await play.StepsAsync(WrongDoi, Honest);
        (await play.FailingStepAsync(Stops)).Came.Should().Contain("an established IKE SA").And.EndWith("0000000000000007");
    }

    [Test]
    public async Task AnEspSaOfTheFirstExchange()
    {
        Play? play = null;
        await using var opened = play = await Play.OpenAsync(new Lie
        {
            Listing = sas => play!.Scene.Bent is not null
                ? sas with { ChildSas = [.. sas.ChildSas, new("net", 9, play.Scene.Bed.West.ChildSas[0].InboundSpi, 0, 0)] }
                : sas,
        });
        await play.StepsAsync("When west sends quick mode message 3, but its \"HASH.data\" is \"all zeros\"", Honest);
        (await play.FailingStepAsync(Stops)).Came.Should().Contain("ESP SAs 00000009");
    }

    [Test]
    public async Task ADeleteThatWasObeyed()
    {
        Play? play = null;
        await using var opened = play = await Play.OpenAsync(new Lie { Listing = sas => play!.Scene.Bent is null ? sas : sas with { ChildSas = [] } });
        await play.StepsAsync("When west sends informational message 1, but its \"D.DOI\" is \"unassigned (99)\"", Honest);
        (await play.FailingStepAsync(Stops)).Came.Should().Be("east has deleted it");
    }

    [Test]
    public async Task AHonestExchangeThatFails()
    {
        await using var play = await Play.OpenAsync(new Lie { Datagrams = MuteInTheSecondExchange() });
        await play.StepsAsync(WrongDoi, Honest);
        (await play.FailingStepAsync(Succeeds)).Came.Should().StartWith("it does not");
    }

    [Test]
    public async Task APeerWithWhichNothingSucceedsShowsNothing()
    {
        await using var play = await Play.OpenAsync(new Lie { Datagrams = datagram => datagram[..20] });
        await play.StepAsync(WrongDoi);
        await FluentActions.Awaiting(() => play.StepAsync(Honest)).Should().ThrowAsync<EnvironmentException>();
    }

    /// <summary>Half a header instead of every message under the second initiator cookie: the exchange after the first, but not the control's.</summary>
    private static Func<byte[], byte[]> MuteInTheSecondExchange()
    {
        var seen = new List<Cookie>();
        return datagram =>
        {
            _ = IsakmpHeader.TryRead(datagram, out var header, out _);
            if (!seen.Contains(header.InitiatorCookie))
            {
                seen.Add(header.InitiatorCookie);
            }

            return seen.IndexOf(header.InitiatorCookie) == 1 ? datagram[..14] : datagram;
        };
    }
}
