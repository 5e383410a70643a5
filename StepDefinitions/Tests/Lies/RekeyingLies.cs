// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Beds;
using Ipsec.StepDefinitions.Tests.Support;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.StepDefinitions.Tests.Lies;

/// <summary>The claims about lifetimes and rekeying can fail: for each, a peer that breaks it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RekeyingLies
{
    private const ExchangeType QuickMode = ExchangeType.QuickMode;
    private const string Tunnel = "Given a tunnel between the networks behind west and east";
    private const string Answered = "Given a ping from behind west to behind east was answered";
    private const string Renewed = "When a second quick mode gives a new pair of ESP SAs under the same IKE SA";
    private const string NewIkeSa = "Then a second phase 1 gives an IKE SA with cookies of its own on both sides";
    private const string OnePair = "Then both sides hold one pair of ESP SAs with matching SPIs";
    private const string Shorter = "Given ESP SAs of east live for 600 seconds";
    private const string Told = "Then east tells by RESPONDER-LIFETIME that its ESP SAs live for 600 seconds, or gives them up by then in silence";

    [TestCase(ExchangeType.IdentityProtection, (ushort)Phase1Attribute.LifeDuration, "Then every phase 1 transform names a life of 28800 seconds")]
    [TestCase(QuickMode, (ushort)Phase2Attribute.SaLifeDuration, "Then every quick mode transform names a life of 3600 seconds")]
    public async Task AnotherLife(ExchangeType exchange, ushort attribute, string claim)
    {
        await using var play = await Play.OpenAsync(new Lie { Messages = Life(exchange, attribute) });
        await play.StepAsync("When west starts quick mode");
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync(claim)).Came.Should().EndWith(": 77 seconds");
    }

    [Test]
    public async Task AChangedOffer()
    {
        await using var play = await Play.OpenAsync(new Lie { Messages = Life(QuickMode, (ushort)Phase2Attribute.SaLifeDuration) });
        await play.StepAsync("When west starts quick mode");
        play.Scene.WaitUntil(() => false);
        (await play.FailingStepAsync("Then quick mode message 2 holds one transform of message 1, its attributes unchanged")).Came.Should().Contain("2=77");
    }

    [Test]
    public async Task ASilentResponderThatKeepsItsSas()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = new BentMessages(QuickMode, 2) { Payloads = payloads => payloads.Where(payload => payload is not NotificationPayload) },
            Listing = sas => sas with { ChildSas = [.. sas.ChildSas.Select(pair => pair with { SecondsToEnd = 3600 })] },
        });
        await play.StepsAsync(Shorter, "When west starts quick mode", OnePair);
        (await play.FailingStepAsync(Told)).Came.Should().StartWith("no RESPONDER-LIFETIME");
    }

    [Test]
    public async Task AnotherLifeThanItsOwn()
    {
        await using var play = await Play.OpenAsync(new Lie
        {
            Messages = BentMessages.Each<NotificationPayload>(QuickMode, 2, n => n with { Data = new byte[] { 0x80, 1, 0, 1, 0x80, 2, 0, 77 } }),
        });
        await play.StepsAsync(Shorter, "When west starts quick mode", OnePair);
        (await play.FailingStepAsync(Told)).Came.Should().EndWith("with data 800100018002004d");
    }

    [Test]
    public async Task TheOldPairGoesOnBeingUsed()
    {
        byte[]? first = null;
        await using var play = await Play.OpenAsync(new Lie { Packets = packet => [first ??= packet] });
        await play.StepsAsync(Tunnel, Answered, "When west rekeys the pair of ESP SAs", Renewed, "When a host behind west pings a host behind east 1 time");
        (await play.FailingStepAsync("Then east sends with the SPI of the new pair")).Came.Should().StartWith("frame ");
    }

    [Test]
    public async Task TheOldPairReceivesNothingMore()
    {
        var isMute = false;
        await using var play = await Play.OpenAsync(new Lie { Packets = packet => isMute ? [] : [packet] });
        await play.StepsAsync(Tunnel, Answered, "When an ESP frame with a new echo request is held back", "When west rekeys the pair of ESP SAs", Renewed);
        isMute = true;
        await play.StepAsync("When the frame that was held back is sent");
        (await play.FailingStepAsync("Then the request that was held back is answered, with the SPI of the new pair")).Came.Should().Be("no echo reply");
    }

    [Test]
    public async Task ANewPairThatEastDoesNotHave()
    {
        PeerChildSa? first = null;
        await using var play = await Play.OpenAsync(new Lie { Listing = sas => sas with { ChildSas = sas.ChildSas.IsEmpty ? [] : [first ??= sas.ChildSas[0]] } });
        await play.StepsAsync(Tunnel, "When west rekeys the pair of ESP SAs", Renewed);
        (await play.FailingStepAsync("When east lists the new pair")).Legal.Should().StartWith("ESP SAs ");
    }

    [Test]
    public async Task ANewIkeSaThatEastDoesNotHave()
    {
        PeerIkeSa? first = null;
        await using var play = await Play.OpenAsync(new Lie { Listing = sas => sas with { IkeSas = sas.IkeSas.IsEmpty ? [] : [first ??= sas.IkeSas[0]] } });
        await play.StepsAsync(Tunnel, "When west replaces the IKE SA");
        (await play.FailingStepAsync(NewIkeSa)).Legal.Should().EndWith("on east's side");
    }

    [Test]
    public async Task NoNewIkeSa()
    {
        await using var play = await Play.OpenAsync(new Lie { Datagrams = MuteInTheSecondPhase1() });
        await play.StepsAsync(Tunnel, "When west replaces the IKE SA");
        (await play.FailingStepAsync(NewIkeSa)).Legal.Should().Be("another phase 1 that completes");
    }

    [Test]
    public async Task AQuickModeUnderTheOldIkeSa()
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(Tunnel, "When west replaces the IKE SA", NewIkeSa);
        (await play.FailingStepAsync("Then the last quick mode ran under the new IKE SA")).Came.Should().StartWith("frame 9: ");
    }

    [TestCase("Then east started it before 6 seconds were over", "from west")]
    [TestCase("Then west started it before 0 seconds were over", "from west")]
    public async Task TheOtherOrTooLate(string claim, string came)
    {
        await using var play = await Play.OpenAsync();
        await play.StepsAsync(Tunnel, "When west rekeys the pair of ESP SAs", Renewed);
        (await play.FailingStepAsync(claim)).Came.Should().Contain(came);
    }

    private static BentMessages Life(ExchangeType exchange, ushort type) => BentMessages.Transforms(exchange, 2, transform => transform with
    {
        Attributes = [.. transform.Attributes.Select(a => a.Type == type ? DataAttribute.Basic(type, 77) : a)],
    });

    private static Func<byte[], byte[]> MuteInTheSecondPhase1()
    {
        Cookie? first = null;
        return datagram =>
        {
            _ = IsakmpHeader.TryRead(datagram, out var header, out _);
            first ??= header.InitiatorCookie;
            return header.InitiatorCookie == first ? datagram : datagram[..14];
        };
    }
}
