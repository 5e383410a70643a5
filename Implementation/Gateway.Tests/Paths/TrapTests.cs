// SPDX-License-Identifier: Apache-2.0

using Ipsec.Esp;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1.Policy;
using Ipsec.Sa;

namespace Ipsec.Gateway.Tests.Paths;

/// <summary>SAs that the first packet brings about (RFC 4301 section 5.1 step 3b).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class TrapTests
{
    [Test]
    public void TheFirstPacketsWaitAndAreSentInTheirOrder()
    {
        using var pair = new PathPair().Add();
        pair.West.SetTrap("tunnel", "net");

        for (ushort i = 1; i <= 3; i++)
        {
            pair.West.SendInner(PathPair.Request(100, sequence: i)).Should().BeTrue();
        }

        pair.EastHosts.Received.Should().BeEmpty();
        pair.Loop.WaitUntil(() => pair.SeenByWest.EchoReplies == 3, TimeSpan.FromSeconds(10)).Should().BeTrue();
        pair.EastHosts.Received.Select(packet => packet[27]).Should().Equal(1, 2, 3);
        pair.SeenByWest.Ike.OfType<InstallChildSa>().Should().ContainSingle("one negotiation is enough for all of them");
        (pair.West.Counters.TrapsKept, pair.West.Counters.TrapsGivenUp).Should().Be((3, 0));
    }

    [Test]
    public void WithoutATrapNothingIsStarted()
    {
        using var pair = new PathPair().Add();

        pair.West.SendInner(PathPair.Request(100)).Should().BeFalse();
        pair.Run(1);

        pair.Wire.Should().BeEmpty();
    }

    [Test]
    public void NoMoreWaitThanThereIsRoomFor()
    {
        using var pair = new PathPair(traps: TrapLimits.Default with { Packets = 2 }).Add();
        pair.West.SetTrap("tunnel", "net");

        Enumerable.Range(0, 5).Select(_ => pair.West.SendInner(PathPair.Request(100))).ToArray().Should().Equal(true, true, false, false, false);

        pair.Loop.WaitUntil(() => pair.SeenByWest.EchoReplies == 2, TimeSpan.FromSeconds(10)).Should().BeTrue();
        pair.West.Counters.TrapsGivenUp.Should().Be(3);
    }

    [Test]
    public void NoMoreBytesWaitThanThereIsRoomFor()
    {
        using var pair = new PathPair(traps: TrapLimits.Default with { Bytes = 1500 }).Add();
        pair.West.SetTrap("tunnel", "net");

        pair.West.SendInner(PathPair.Request(1000)).Should().BeTrue();
        pair.West.SendInner(PathPair.Request(1000)).Should().BeFalse();
        pair.West.SendInner(PathPair.Request(100)).Should().BeTrue();
    }

    [Test]
    public void AfterAFailureTheNextPacketWaitsAWhileAndThenTriesAgain()
    {
        using var pair = new PathPair(traps: TrapLimits.Default with { RetryAfter = TimeSpan.FromMinutes(2) });
        pair.West.Add(TunnelPolicy.West(PathPair.WestEnd, PathPair.EastEnd)).Should().BeEmpty();
        pair.West.SetTrap("tunnel", "net");
        pair.West.SendInner(PathPair.Request(100)).Should().BeTrue();
        pair.Loop.WaitUntil(() => pair.SeenByWest.Ike.OfType<IkeSaClosed>().Any(), TimeSpan.FromMinutes(2)).Should().BeTrue("nobody answers");
        pair.West.Counters.TrapsGivenUp.Should().Be(1);
        pair.East.Add(TunnelPolicy.East(PathPair.WestEnd, PathPair.EastEnd)).Should().BeEmpty();

        pair.West.SendInner(PathPair.Request(100));
        pair.Run(5);
        pair.West.ChildSas.Should().BeEmpty("it is too early");

        pair.Run(120);
        pair.West.SendInner(PathPair.Request(100)).Should().BeTrue();
        pair.Loop.WaitUntil(() => pair.SeenByWest.EchoReplies >= 1, TimeSpan.FromSeconds(10)).Should().BeTrue();
    }

    [Test]
    public void ADeletedSaIsBroughtBackByTheNextPacket()
    {
        using var pair = new PathPair().Add();
        pair.West.SetTrap("tunnel", "net");
        pair.Connect();
        pair.West.Command(new DeleteChildSa(pair.West.ChildSas[0].InboundSpi));
        pair.Run();
        pair.West.ChildSas.Should().BeEmpty();

        pair.West.SendInner(PathPair.Request(100)).Should().BeTrue();

        pair.Loop.WaitUntil(() => pair.SeenByWest.EchoReplies == 1, TimeSpan.FromSeconds(10)).Should().BeTrue();
    }

    [Test]
    public void SasPopulatedFromPacketsCarryOnlyTheirPart()
    {
        using var pair = new PathPair().Add(policy => policy with { Children = [policy.Children[0] with { MayBeNarrowed = true }] });
        pair.West.SetTrap("tunnel", "net", PopulateFromPacket.LocalAddress | PopulateFromPacket.RemoteAddress);
        var fromAnother = EchoNetwork.Request(TunnelPolicy.WestHost + 1, TunnelPolicy.EastHost, 7, 1, "x"u8);

        pair.West.SendInner(PathPair.Request(100)).Should().BeTrue();
        pair.West.SendInner(fromAnother).Should().BeTrue();
        pair.Loop.WaitUntil(() => pair.SeenByWest.EchoReplies == 2, TimeSpan.FromSeconds(10)).Should().BeTrue();

        pair.West.DataPlane.Outbound.All.Select(sa => sa.Parameters.Selectors.ToString()).Should().BeEquivalentTo(
            "198.18.1.5 === 198.19.1.7", "198.18.1.6 === 198.19.1.7");
        pair.East.DataPlane.Inbound.All.Select(sa => sa.Parameters.Selectors.ToString()).Should().BeEquivalentTo(
            "198.19.1.7 === 198.18.1.5", "198.19.1.7 === 198.18.1.6");

        // Each is replaced by itself, and by one for the same part.
        var first = pair.West.ChildSas[0];
        pair.West.Command(new RekeyChildSa(first.InboundSpi));
        pair.Loop.WaitUntil(() => pair.West.ChildSas.Count == 3, TimeSpan.FromSeconds(5)).Should().BeTrue();
        pair.West.ChildSas[^1].LocalSelector.ToString().Should().Be(first.LocalSelector.ToString());
        pair.Run(15);
        pair.West.ChildSas.Should().HaveCount(2, "the old one is gone after a while, the other part's has stayed");
    }

    [Test]
    public void AChildIsNotNarrowedAgainstItsPolicy()
    {
        using var pair = new PathPair();
        pair.West.Add(Narrowed(TunnelPolicy.West(PathPair.WestEnd, PathPair.EastEnd))).Should().BeEmpty();
        pair.East.Add(TunnelPolicy.East(PathPair.WestEnd, PathPair.EastEnd)).Should().BeEmpty();
        pair.West.SetTrap("tunnel", "net", PopulateFromPacket.LocalAddress);

        pair.West.SendInner(PathPair.Request(100)).Should().BeTrue();
        pair.Run(5);

        pair.West.ChildSas.Should().BeEmpty();
        pair.SeenByWest.Ike.OfType<ExchangeFailed>().Should().NotBeEmpty();
        pair.West.Counters.TrapsGivenUp.Should().Be(1);

        static ConnectionPolicy Narrowed(ConnectionPolicy policy) => policy with { Children = [policy.Children[0] with { MayBeNarrowed = true }] };
    }

    [Test]
    public void TheLastSequenceNumbersAskForASuccessor()
    {
        const ulong NineTenths = uint.MaxValue / 10 * 9;
        using var pair = new PathPair(new() { FirstSequenceNumber = NineTenths + 5 }).Add().Connect();
        var old = pair.West.ChildSas[0].OutboundSpi;

        for (ushort i = 0; i < 10; i++)
        {
            pair.West.SendInner(PathPair.Request(100, sequence: i)).Should().BeTrue();
        }

        pair.Loop.WaitUntil(() => pair.West.ChildSas.Count == 2, TimeSpan.FromSeconds(5)).Should().BeTrue();
        pair.Run();
        pair.SeenByWest.EchoReplies.Should().Be(10);
        pair.West.SendInner(PathPair.Request(100)).Should().BeTrue();
        pair.West.DataPlane.Usage.Single(usage => usage.Pair.OutboundSpi != old).PacketsSent.Should().Be(1);
        pair.SeenByWest.Ike.OfType<InstallChildSa>().Should().HaveCount(2, "it is asked for once");
    }

    [Test]
    public void WhenNoSequenceNumberIsLeftNothingIsSent()
    {
        using var pair = new PathPair(new() { FirstSequenceNumber = uint.MaxValue - 1 }).Add().Connect();
        var before = pair.Wire.Count;

        var sent = Enumerable.Range(0, 4).Select(i => pair.West.SendInner(PathPair.Request(100, sequence: (ushort)i))).ToArray();

        sent.Should().Equal(true, true, false, false);
        pair.EspOnTheWire.Count().Should().Be(2 + before);
        pair.West.DataPlane.OutboundCounters[EspOutcome.SequenceExhausted].Should().Be(2);
    }
}
