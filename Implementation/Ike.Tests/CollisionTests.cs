// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests;

/// <summary>Both sides act at once, or one acts before the other is ready.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CollisionTests
{
    [Test]
    public void TwoMainModesAtOnceBothComplete()
    {
        var ladder = AtOnce(new InitiateChildSa("tunnel", "net"), new InitiateChildSa("tunnel", "net"));

        ladder.West.Endpoint.EstablishedSas.Should().HaveCount(2);
        ladder.East.Endpoint.EstablishedSas.Should().HaveCount(2);
        Mirrored(ladder, 2);
        ladder.Connect(ladder.West, "other");
        var newest = ladder.West.Endpoint.EstablishedSas[^1];
        ladder.West.Endpoint.ChildSas[^1].Cookies.Should().Be((newest.InitiatorCookie, newest.ResponderCookie), "the newest established IKE SA is used");
        Mirrored(ladder, 3);
    }

    [Test]
    public void TwoQuickModesForOneChildAtOnceGiveTwoPairs()
    {
        var ladder = new Ladder();
        ladder.Connect(ladder.West, child: null);
        ladder = AtOnce(new InitiateChildSa("tunnel", "net"), new InitiateChildSa("tunnel", "net"), ladder);
        Mirrored(ladder, 2);
        ladder.West.Endpoint.EstablishedSas.Should().ContainSingle();
    }

    [Test]
    public void ARekeyReplacesNothingUntilTheOldPairIsDeleted()
    {
        var ladder = new Ladder();
        ladder.Connect(ladder.West);
        ladder.Connect(ladder.East);
        Mirrored(ladder, 2);
        ladder.Do(ladder.West, new DeleteChildSa(ladder.West.Endpoint.ChildSas[0].InboundSpi));
        Mirrored(ladder, 1);
    }

    [Test]
    public void BothDeleteThePairAtOnce()
    {
        var ladder = new Ladder();
        ladder.Connect(ladder.West);
        var (west, east) = (ladder.West.Endpoint.ChildSas[0].InboundSpi, ladder.East.Endpoint.ChildSas[0].InboundSpi);
        AtOnce(new DeleteChildSa(west), new DeleteChildSa(east), ladder);
        Mirrored(ladder, 0);
        ladder.West.Saw<RemoveChildSa>().Should().ContainSingle();
        ladder.East.Saw<RemoveChildSa>().Should().ContainSingle();
    }

    [Test]
    public void DeletingTwiceIsDeletingOnce()
    {
        var ladder = new Ladder();
        ladder.Connect(ladder.West);
        var command = new DeleteChildSa(ladder.West.Endpoint.ChildSas[0].InboundSpi);
        ladder.Do(ladder.West, command);
        var sent = ladder.Wire.Count;
        ladder.Do(ladder.West, command);
        ladder.Do(ladder.West, new DeleteIkeSa("tunnel"));
        ladder.Do(ladder.West, new DeleteIkeSa("tunnel"));
        ladder.Wire.Should().HaveCount(sent + 1, "the second command finds nothing to delete");
        ladder.West.Saw<IkeSaClosed>().Should().ContainSingle();
    }

    [Test]
    public void AChildWantedDuringPhase1ComesUpAfterIt()
    {
        var ladder = new Ladder { Copies = number => number == 3 ? 0 : 1 };
        ladder.Connect(ladder.West, child: null);
        ladder.Connect(ladder.West, "net");
        ladder.Connect(ladder.West, "other");
        ladder.Run(TimeSpan.FromSeconds(30));
        ladder.West.Endpoint.EstablishedSas.Should().ContainSingle();
        Mirrored(ladder, 2);
    }

    /// <summary>Anyone can send a message 1; a child must not wait for what may never come of it.</summary>
    [Test]
    public void AStrangersMessageOneDoesNotAttractOurChildren()
    {
        var ladder = new Ladder();
        ladder.Connect(ladder.West, child: null);
        var stranger = ladder.Wire[0].Bytes.ToArray();
        stranger[0] ^= 1;
        ladder.Inject(ladder.East, stranger).Should().ContainSingle();
        ladder.Connect(ladder.East);
        Mirrored(ladder, 1);
    }

    [Test]
    public void DeletingDuringPhase1SendsNothingAndLeavesNothing([Range(1, 6)] int lost, [Values] bool byWest)
    {
        var ladder = new Ladder { Copies = number => number >= lost ? 0 : 1 };
        ladder.Connect(ladder.West);
        ladder.Copies = null;
        var side = byWest ? ladder.West : ladder.East;
        var isEstablished = side.Endpoint.EstablishedSas.Count > 0;
        var sent = ladder.Wire.Count;
        ladder.Do(side, new DeleteIkeSa("tunnel"));
        ladder.Wire.Count.Should().Be(sent + (isEstablished ? 1 : 0), "a Delete is always protected by an IKE SA");
        side.Endpoint.EstablishedSas.Should().BeEmpty();
        side.Deadline.Should().BeNull();
        ladder.Run(TimeSpan.FromMinutes(5));
        foreach (var waiting in new[] { ladder.West, ladder.East })
        {
            // The other side may be established and know nothing of the end; only its lifetime is left to wait for.
            (waiting.Deadline is not { } due || (waiting.Endpoint.EstablishedSas.Count > 0 && due > ladder.Now.AddMinutes(30))).Should().BeTrue();
        }
    }

    [Test]
    public void ClosingAnIkeSaTellsOfItsUnfinishedQuickModes()
    {
        var ladder = new Ladder();
        ladder.Connect(ladder.West, child: null);
        ladder.Copies = _ => 0;
        ladder.Connect(ladder.West);
        ladder.Do(ladder.West, new DeleteIkeSa("tunnel"));
        ladder.West.Saw<ExchangeFailed>().Should().ContainSingle().Which.Exchange.Should().Be(ExchangeType.QuickMode);
    }

    /// <summary>RFC 2408 section 3.14: the SPI in a notification tells which of several exchanges is meant.</summary>
    [Test]
    public void AnErrorEndsTheQuickModeItNames()
    {
        var pair = new PolicyPair();
        var ladder = new Ladder(pair with { East = pair.East with { Children = [pair.East.Children[0]] } });
        ladder.Connect(ladder.West, child: null);
        ladder.Copies = number => number == 7 ? 0 : 1;
        ladder.Connect(ladder.West, "net");
        ladder.Connect(ladder.West, "other");

        var sent = ladder.West.Sent(ExchangeType.QuickMode).ToArray();
        ladder.West.Saw<ExchangeFailed>().Should().ContainSingle().Which.MessageId.Should().Be(sent[1].Message.Header.MessageId);
        var notification = ladder.West.Saw<PeerNotified>().Should().ContainSingle().Subject.Notification;
        notification.ProtocolId.Should().Be(ProtocolId.Esp);
        notification.Spi.ToArray().Should().Equal(sent[1].Message.Find<SaPayload>()!.Proposals[0].Spi.ToArray());
        ladder.Run(TimeSpan.FromSeconds(30));
        Mirrored(ladder, 1);
    }

    [Test]
    public void NotificationsWithinQuickModeAreReported()
    {
        var lifetime = new NotificationPayload(1, ProtocolId.Esp, ReadOnlyMemory<byte>.Empty, NotifyType.ResponderLifetime, ReadOnlyMemory<byte>.Empty);
        var ladder = new Ladder(seams: new Bend(8, "responder lifetime") { Payloads = payloads => payloads.Add(lifetime) });
        ladder.Connect(ladder.West);
        var notified = ladder.West.Saw<PeerNotified>().Should().ContainSingle().Subject;
        (notified.Notification.NotifyType, notified.IsAuthenticated).Should().Be((NotifyType.ResponderLifetime, true));
        Mirrored(ladder, 1);
    }

    [Test]
    public void AnIkeSaWhoseMessageIdsAreUsedUpIsClosed()
    {
        var ladder = new Ladder(limits: new IkeV1Limits { MessageIds = 4 });
        for (var i = 0; i < 6; i++)
        {
            ladder.Connect(ladder.West);
        }

        ladder.East.Saw<IkeSaClosed>().Should().NotBeEmpty();
        ladder.East.Saw<IkeSaClosed>().First().Reason.Should().Contain("message IDs");
        ladder.West.Saw<IkeSaClosed>().Should().NotBeEmpty("it was told by a Delete");
    }

    [Test]
    public void QuickModesOfOneIkeSaAreBounded()
    {
        var ladder = new Ladder(limits: new IkeV1Limits { QuickModes = 2 });
        for (var i = 0; i < 4; i++)
        {
            ladder.Connect(ladder.West);
        }

        ladder.East.Endpoint.ChildSas.Should().HaveCount(2);
        ladder.Run(TimeSpan.FromMinutes(5));
        ladder.Connect(ladder.West);
        ladder.East.Endpoint.ChildSas.Should().HaveCount(3, "finished exchanges are forgotten");
    }

    private static Ladder AtOnce(IkeInput west, IkeInput east, Ladder? ladder = null)
    {
        ladder ??= new Ladder();
        ladder.DoTogether((ladder.West, west), (ladder.East, east));
        return ladder;
    }

    private static void Mirrored(Ladder ladder, int count)
    {
        ladder.West.Endpoint.ChildSas.Should().HaveCount(count);
        ladder.West.Endpoint.ChildSas.Select(p => (p.InboundSpi, p.OutboundSpi))
            .Should().BeEquivalentTo(ladder.East.Endpoint.ChildSas.Select(p => (p.OutboundSpi, p.InboundSpi)));
    }
}
