// SPDX-License-Identifier: Apache-2.0

using CsCheck;
using Ipsec.Crypto;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1.Lifetimes;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests;

/// <summary>Lifetimes: what is agreed on, what is told, and when an SA ends (RFC 2407 sections 4.5, 4.5.4 and 4.6.3.1).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LifetimeTests
{
    private static readonly RekeyPolicy ByHand = new() { IsAutomatic = false };

    /// <summary>RFC 2407 section 4.5.4: the responder's three choices about a longer lifetime.</summary>
    [Test]
    public void ALongerOfferIsShortenedToldOrRefused([Values] LongerLifetime choice, [Values] bool inKilobytes)
    {
        var policies = new PolicyPair()
            .OfWest(c => inKilobytes ? c with { LifetimeKilobytes = 9000 } : c with { LifetimeSeconds = 7200 })
            .OfEast(c => (inKilobytes ? c with { LifetimeKilobytes = 5000 } : c) with { LongerLifetime = choice });
        var ladder = Play(policies);
        if (choice == LongerLifetime.Refuse)
        {
            ladder.West.Saw<PeerNotified>().Single().Notification.NotifyType.Should().Be(NotifyType.NoProposalChosen);
            return;
        }

        var east = ladder.East.Endpoint.ChildSas.Single();
        var west = ladder.West.Endpoint.ChildSas.Single();
        (east.LifetimeSeconds, east.LifetimeKilobytes).Should().Be((3600, inKilobytes ? 5000 : null));
        var told = ladder.West.Saw<PeerNotified>().ToArray();
        if (choice == LongerLifetime.Notify)
        {
            told.Single().Notification.Should().Match<NotificationPayload>(n =>
                n.NotifyType == NotifyType.ResponderLifetime && n.ProtocolId == ProtocolId.Esp && n.Spi.Length == 4 && n.Doi == 1);
            (west.LifetimeSeconds, west.LifetimeKilobytes).Should().Be((east.LifetimeSeconds, east.LifetimeKilobytes));
        }
        else
        {
            told.Should().BeEmpty();
            (west.LifetimeSeconds, west.LifetimeKilobytes).Should().Be(inKilobytes ? (3600, 9000ul) : (7200, null));
        }

        var offered = ladder.West.Sent(ExchangeType.QuickMode).First().Message.Find<SaPayload>()!.Proposals[0].Transforms[0].Attributes;
        ladder.East.Sent(ExchangeType.QuickMode).First().Message.Find<SaPayload>()!.Proposals[0].Transforms[0].Attributes.Should().Equal(offered);
    }

    [Test]
    public void AShorterOfferIsTakenAsItIs([Values] LongerLifetime choice)
    {
        var ladder = Play(new PolicyPair().OfWest(c => c with { LifetimeSeconds = 600, LifetimeKilobytes = 10 }).OfEast(c => c with { LongerLifetime = choice, LifetimeKilobytes = 20 }));
        var east = ladder.East.Endpoint.ChildSas.Single();
        (east.LifetimeSeconds, east.LifetimeKilobytes).Should().Be((600, 10));
        ladder.West.Saw<PeerNotified>().Should().BeEmpty();
    }

    /// <summary>Each SA of a bundle has its own notification, under its own protocol and SPI.</summary>
    [Test]
    public void ABundleTellsOfBoth()
    {
        var ladder = Play(new PolicyPair().Both(c => c with { Suites = [Phase2Policies.Bundle] }).OfWest(c => c with { LifetimeSeconds = 7200 }));
        ladder.West.Saw<PeerNotified>().Select(n => n.Notification.ProtocolId).Should().Equal(ProtocolId.Ah, ProtocolId.Esp);
        ladder.West.Endpoint.ChildSas.Should().OnlyContain(p => p.LifetimeSeconds == 3600);
    }

    [Test]
    public void ANoticeOfAnotherSaIsNotOurs()
    {
        var policies = new PolicyPair().OfWest(c => c with { LifetimeSeconds = 7200 });
        var bend = new Bend(8, "other SPI")
        {
            Payloads = payloads => [.. payloads.Select(p => p is NotificationPayload n ? n with { Spi = new byte[] { 1, 2, 3, 4 } } : p)],
        };
        var ladder = new Ladder(policies, seams: bend);
        ladder.Connect(ladder.West);
        ladder.West.Endpoint.ChildSas.Single().LifetimeSeconds.Should().Be(7200);
    }

    [Test]
    public void ANoticeIsReadOrIgnoredButNeverThrows() =>
        Gen.Select(Gen.Byte.Array[0, 40], Gen.Bool).Sample((data, ofIkeSa) =>
        {
            var notification = new NotificationPayload(1, ofIkeSa ? ProtocolId.Isakmp : ProtocolId.Esp, new byte[4], NotifyType.ResponderLifetime, data);
            ResponderLifetime.Read(notification)?.Seconds.Should().BePositive();
        });

    [TestCase(3600u, null)]
    [TestCase(86400u, 100000ul)]
    [TestCase(uint.MaxValue, ulong.MaxValue)]
    public void ANoticeSaysWhatWasWritten(uint seconds, ulong? kilobytes)
    {
        var life = new SaLife(seconds, kilobytes);
        ResponderLifetime.Read(ResponderLifetime.Of(IpsecProtocol.Ah, 0x1234_5678, life)).Should().Be(life);
        ResponderLifetime.Read(ResponderLifetime.OfIkeSa(new byte[16], life)).Should().Be(life);
    }

    /// <summary>The example of RFC 2407 section 4.5.2: 24 hours or 100 MB.</summary>
    [Test]
    public void TheExampleOfTheRfc()
    {
        var writer = new Wire.WireWriter();
        foreach (var attribute in new SaLife(86400, 100000).Encode(1, 2))
        {
            attribute.Write(writer);
        }

        Convert.ToHexString(writer.ToArray()).Should().Be("8001000100020004000151808001000200020004000186A0");
    }

    /// <summary>RFC 2407 section 4.5.</summary>
    [Test]
    public void AnOfferWithoutALifetimeMeansEightHours()
    {
        var ladder = Play(new PolicyPair().OfWest(c => c with { OmitLifetime = true, LifetimeSeconds = 60 }).OfEast(c => c with { LifetimeSeconds = 86400 }));
        ladder.West.Sent(Wire.Isakmp.ExchangeType.QuickMode).First().Message.Find<SaPayload>()!.Proposals[0].Transforms[0].Attributes
            .Select(attribute => (Phase2Attribute)attribute.Type).Should().NotContain([Phase2Attribute.SaLifeType, Phase2Attribute.SaLifeDuration]);
        foreach (var side in new[] { ladder.West, ladder.East })
        {
            side.Endpoint.ChildSas.Should().ContainSingle().Which.LifetimeSeconds.Should().Be(28800);
        }
    }

    [Test]
    public void AnSaEndsWithItsHardLifetimeAndThePeerIsTold()
    {
        var ladder = Play(new PolicyPair().Connections(c => c with { Rekey = ByHand }).OfEast(c => c with { LifetimeSeconds = 1000 }));
        ladder.Run(TimeSpan.FromSeconds(999));
        ladder.West.Endpoint.ChildSas.Should().ContainSingle();
        ladder.Run(TimeSpan.FromSeconds(2));
        foreach (var side in new[] { ladder.West, ladder.East })
        {
            side.Endpoint.ChildSas.Should().BeEmpty();
            side.Saw<RemoveChildSa>().Should().ContainSingle();
            side.Endpoint.EstablishedSas.Should().ContainSingle("the IKE SA lives longer");
        }

        ladder.West.Saw<ChildSaLifetimeReached>().Concat(ladder.East.Saw<ChildSaLifetimeReached>()).Should().Contain(e => e.IsHard && e.Unit == LifetimeUnit.Seconds);
        ladder.West.Saw<ChildSaLifetimeReached>().Where(e => !e.IsHard).Should().ContainSingle("the soft lifetime is told once");
    }

    [TestCase(0ul, 1024ul * 100)]
    [TestCase(1024ul * 100, 0ul)]
    public void AnSaEndsWhenItHasCarriedItsKilobytes(ulong received, ulong sent)
    {
        var ladder = Play(new PolicyPair().Connections(c => c with { Rekey = ByHand }).Both(c => c with { LifetimeKilobytes = 100 }));
        var spi = ladder.West.Endpoint.ChildSas.Single().InboundSpi;
        ladder.Do(ladder.West, new ChildSaTraffic(spi, Math.Max(received, 1) - 1, Math.Max(sent, 1) - 1));
        ladder.West.Endpoint.ChildSas.Should().ContainSingle();
        ladder.West.Saw<ChildSaLifetimeReached>().Should().ContainSingle().Which.Should().Match<ChildSaLifetimeReached>(e => !e.IsHard && e.Unit == LifetimeUnit.Kilobytes);
        ladder.Do(ladder.West, new ChildSaTraffic(spi, received, sent));
        ladder.West.Endpoint.ChildSas.Should().BeEmpty();
        ladder.East.Endpoint.ChildSas.Should().BeEmpty();
        ladder.West.Saw<ChildSaLifetimeReached>().Last().IsHard.Should().BeTrue();
    }

    /// <summary>Each SA has its own count: what both directions carry together does not matter.</summary>
    [Test]
    public void DirectionsAreCountedApart()
    {
        var ladder = Play(new PolicyPair().Connections(c => c with { Rekey = ByHand }).Both(c => c with { LifetimeKilobytes = 100 }));
        ladder.Do(ladder.West, new ChildSaTraffic(ladder.West.Endpoint.ChildSas.Single().InboundSpi, 1024 * 70, 1024 * 70));
        ladder.West.Endpoint.ChildSas.Should().ContainSingle();
        ladder.West.Saw<ChildSaLifetimeReached>().Should().BeEmpty();
    }

    [Test]
    public void TrafficOfAnSaThatIsGoneIsNothing()
    {
        var ladder = Play(new PolicyPair());
        ladder.Do(ladder.West, new ChildSaTraffic(77777, ulong.MaxValue, ulong.MaxValue));
        ladder.West.Endpoint.ChildSas.Should().ContainSingle();
    }

    [Test]
    public void AnIkeSaEndsWithItsHardLifetimeAndItsIpsecSasStay()
    {
        var policies = new PolicyPair().Connections(c => c with { Rekey = ByHand, Phase1 = [c.Phase1[0] with { LifetimeSeconds = 600 }] });
        var ladder = Play(policies);
        ladder.Run(TimeSpan.FromSeconds(601));
        foreach (var side in new[] { ladder.West, ladder.East })
        {
            side.Endpoint.EstablishedSas.Should().BeEmpty();
            side.Endpoint.ChildSas.Should().ContainSingle("RFC 2409 section 5.5");
            side.Saw<IkeSaClosed>().Should().ContainSingle();
        }

        ladder.West.Saw<IkeSaLifetimeReached>().Select(e => e.IsHard).Should().StartWith(false);
    }

    /// <summary>RFC 2407 section 4.6.3: told under the IKE SA, in a separate exchange.</summary>
    [Test]
    public void AResponderTellsOfAShorterIkeLifetime([Values(LongerLifetime.Notify, LongerLifetime.Shorten)] LongerLifetime choice)
    {
        var policies = new PolicyPair().Connections(c => c with { Rekey = ByHand });
        policies = policies with { East = policies.East with { LongerIkeLifetime = choice, Phase1 = [policies.East.Phase1[0] with { LifetimeSeconds = 600 }] } };
        var ladder = Play(policies);
        var told = ladder.West.Saw<PeerNotified>().ToArray();
        told.Should().HaveCount(choice == LongerLifetime.Notify ? 1 : 0);
        ladder.Copies = _ => 0;
        ladder.Run(TimeSpan.FromSeconds(601));
        ladder.East.Endpoint.EstablishedSas.Should().BeEmpty();
        ladder.West.Endpoint.EstablishedSas.Should().HaveCount(choice == LongerLifetime.Notify ? 0 : 1, "who was told ends it too, and nothing else has reached it");
        if (choice == LongerLifetime.Notify)
        {
            told[0].IsAuthenticated.Should().BeTrue();
            told[0].Notification.Spi.Length.Should().Be(16, "the SPI are the cookies (RFC 2407 section 4.6.3.1)");
        }
    }

    [Test]
    public void ThePolicyCannotRefuseLifetimesInPhase1() =>
        PolicyCheck.Check([new PolicyPair().West with { LongerIkeLifetime = LongerLifetime.Refuse }]).Should().ContainSingle();

    [Test]
    public void LifetimesOfNothingAreRefused() =>
        PolicyCheck.Check([new PolicyPair().OfWest(c => c with { LifetimeSeconds = 0, LifetimeKilobytes = 0 }).West])
            .Select(e => e.Field).Should().Equal("connections[0].children[0].lifetimeSeconds", "connections[0].children[0].lifetimeKilobytes");

    [TestCase(-0.1, 0.1)]
    [TestCase(0.1, -0.1)]
    [TestCase(0.5, 0.5)]
    [TestCase(double.NaN, 0.1)]
    public void ImpossibleMarginsAreRefused(double margin, double jitter) =>
        PolicyCheck.Check([new PolicyPair().West with { Rekey = new() { Margin = margin, Jitter = jitter } }]).Should().ContainSingle();

    /// <summary>The soft lifetime lies in the policy's stretch, is the same for the same random source, and never behind the hard one.</summary>
    [Test]
    public void SoftComesBeforeHard() =>
        Gen.Select(Gen.UInt[1, uint.MaxValue], Gen.Double[0, 0.5], Gen.Double[0, 0.49], Gen.ULong).Sample((seconds, margin, jitter, seed) =>
        {
            var start = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
            var policy = new RekeyPolicy { Margin = margin, Jitter = jitter };
            var clock = SaClock.Begin(start, new(seconds, null), policy, new SeededRandomSource(seed));
            clock.Should().Be(SaClock.Begin(start, new(seconds, null), policy, new SeededRandomSource(seed)));
            clock.SoftAt.Should().BeOnOrBefore(clock.HardAt);
            var part = (clock.SoftAt - start) / (clock.HardAt - start);
            part.Should().BeInRange(1 - margin - jitter - 1e-6, 1 - margin + 1e-6);
            clock.At(clock.SoftAt - TimeSpan.FromTicks(1), 0).Stage.Should().Be(LifetimeStage.Young);
            clock.At(clock.HardAt, 0).Stage.Should().Be(LifetimeStage.Hard);
        });

    private static Ladder Play(PolicyPair policies)
    {
        var ladder = new Ladder(policies);
        ladder.Connect(ladder.West);
        return ladder;
    }
}
