// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests;

/// <summary>The commit bit and CONNECTED: RFC 2408 section 3.1.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CommitBitTests
{
    [Test]
    public void WhoSetsItSaysConnected([Values] bool initiator, [Values] bool responder)
    {
        var ladder = new Ladder(Policies(initiator, responder));
        ladder.Connect(ladder.West);
        Complete(ladder);
        Connected(ladder.West).Should().HaveCount(initiator ? 1 : 0);
        Connected(ladder.East).Should().HaveCount(responder ? 1 : 0);
        ladder.West.Sent(ExchangeType.QuickMode).Should().OnlyContain(t => t.Message.Header.Flags.HasFlag(IsakmpFlags.Commit) == initiator);
        ladder.East.Sent(ExchangeType.QuickMode).Should().OnlyContain(t => t.Message.Header.Flags.HasFlag(IsakmpFlags.Commit) == responder);
        var id = ladder.West.Sent(ExchangeType.QuickMode).First().Message.Header.MessageId;
        Connected(ladder.West).Concat(Connected(ladder.East)).Should().NotContain(t => t.Message.Header.MessageId != id || t.Message.Header.Flags.HasFlag(IsakmpFlags.Commit));
        foreach (var side in new[] { ladder.West, ladder.East })
        {
            side.Saw<MessageTraced>().Where(t => t.Message.Header.ExchangeType == ExchangeType.IdentityProtection)
                .Should().OnlyContain(t => !t.Message.Header.Flags.HasFlag(IsakmpFlags.Commit));
        }
    }

    /// <summary>Until CONNECTED has come we receive on the new SAs, but do not send.</summary>
    [Test]
    public void WithoutConnectedNothingIsSent([Values] bool setByInitiator)
    {
        var ladder = new Ladder(Policies(setByInitiator, !setByInitiator)) { Copies = number => number == 10 ? 0 : 1 };
        ladder.Connect(ladder.West);
        var waiting = setByInitiator ? ladder.East : ladder.West;
        var other = setByInitiator ? ladder.West : ladder.East;
        other.Saw<InstallChildSa>().Should().ContainSingle();
        waiting.Saw<InstallInboundSa>().Should().ContainSingle();
        waiting.Saw<InstallChildSa>().Should().BeEmpty();
        waiting.Endpoint.ChildSas.Should().BeEmpty();
        ladder.Run(TimeSpan.FromSeconds(30));
        Complete(ladder);
    }

    [Test]
    public void AnyLostMessageIsMadeUpFor([Range(7, 10)] int lost, [Values] bool initiator, [Values] bool responder)
    {
        var ladder = new Ladder(Policies(initiator, responder)) { Copies = number => number == lost ? 0 : 1 };
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(30));
        Complete(ladder);
    }

    [Test]
    public void AnyDuplicatedMessageChangesNothing([Range(7, 11)] int duplicated, [Values] bool initiator, [Values] bool responder)
    {
        var ladder = new Ladder(Policies(initiator, responder)) { Copies = number => number == duplicated ? 2 : 1 };
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(30));
        Complete(ladder);
    }

    [Test]
    public void EverythingTwiceStillEnds([Values] bool initiator, [Values] bool responder)
    {
        var ladder = new Ladder(Policies(initiator, responder)) { Copies = _ => 2 };
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(60));
        Complete(ladder);
    }

    /// <summary>A peer that never says CONNECTED is given up, and told so.</summary>
    [Test]
    public void WithoutConnectedThereAreNoSas([Values] bool setByInitiator)
    {
        var ladder = new Ladder(Policies(setByInitiator, !setByInitiator));
        ladder.Copies = number => number > 9 && Flag(ladder.Wire[number - 1].Bytes, ExchangeType.Informational) && Id(ladder.Wire[number - 1].Bytes) == Id(ladder.Wire[6].Bytes) ? 0 : 1;
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromMinutes(3));
        var waiting = setByInitiator ? ladder.East : ladder.West;
        waiting.Saw<ExchangeFailed>().Should().ContainSingle().Which.Reason.Should().Contain("CONNECTED");
        waiting.Saw<RemoveChildSa>().Should().ContainSingle("the inbound SA goes");
        ladder.West.Endpoint.ChildSas.Concat(ladder.East.Endpoint.ChildSas).Should().BeEmpty();
    }

    [Test]
    public void ABundleIsConnectedAtOnce()
    {
        var ladder = new Ladder(Policies(false, true).Both(c => c with { Suites = [Phase2Policies.Bundle] }));
        ladder.Connect(ladder.West);
        Connected(ladder.East).Should().ContainSingle();
        ladder.West.Endpoint.ChildSas.Should().HaveCount(2);
        ladder.East.Endpoint.ChildSas.Should().HaveCount(2);
    }

    /// <summary>Another notification under the quick mode's message ID, or a damaged CONNECTED, does not stand for it.</summary>
    [Test]
    public void OnlyConnectedConnects([Values] bool damaged)
    {
        var ladder = new Ladder(Policies(false, true), seams: damaged ? null : new OtherNotification());
        ladder.Alter = (number, bytes) =>
        {
            if (damaged && number == 10)
            {
                bytes[^1] ^= 1;
            }

            return bytes;
        };
        ladder.Connect(ladder.West);
        ladder.West.Endpoint.ChildSas.Should().BeEmpty();
        ladder.West.Saw<DatagramDiscarded>().Should().ContainSingle();
        if (damaged)
        {
            ladder.Run(TimeSpan.FromSeconds(30));
            Complete(ladder);
        }
    }

    private static PolicyPair Policies(bool initiator, bool responder) =>
        new PolicyPair().OfWest(c => c with { SetCommitBit = initiator }).OfEast(c => c with { SetCommitBit = responder });

    private static IEnumerable<MessageTraced> Connected(Ladder.Side side) =>
        side.Sent(ExchangeType.Informational).Where(t => t.Message.All<NotificationPayload>().Any(n => n.NotifyType == NotifyType.Connected));

    private static bool Flag(byte[] datagram, ExchangeType exchange) => MainModeTests.Header(datagram).ExchangeType == exchange;

    private static uint Id(byte[] datagram) => MainModeTests.Header(datagram).MessageId;

    private static void Complete(Ladder ladder)
    {
        ladder.West.Saw<InstallChildSa>().Should().ContainSingle();
        ladder.East.Saw<InstallChildSa>().Should().ContainSingle();
        var west = ladder.West.Endpoint.ChildSas.Should().ContainSingle().Subject;
        var east = ladder.East.Endpoint.ChildSas.Should().ContainSingle().Subject;
        (west.InboundSpi, west.OutboundSpi).Should().Be((east.OutboundSpi, east.InboundSpi));
        ladder.West.Saw<ExchangeFailed>().Concat(ladder.East.Saw<ExchangeFailed>()).Should().BeEmpty();
    }

    private sealed class OtherNotification : V1.IOutboundSeams
    {
        public System.Collections.Immutable.ImmutableArray<Payload> OnPayloads(V1.OutboundMessage message, System.Collections.Immutable.ImmutableArray<Payload> payloads) =>
            payloads is [NotificationPayload { NotifyType: NotifyType.Connected } connected] ? [connected with { NotifyType = NotifyType.ReplayStatus }] : payloads;

        public byte[] OnPlainBytes(V1.OutboundMessage message, byte[] plain) => plain;

        public byte[] OnProtectedBytes(V1.OutboundMessage message, byte[] datagram) => datagram;
    }
}
