// SPDX-License-Identifier: Apache-2.0

using Ipsec.Daemon.Configuration;
using Ipsec.Daemon.Runtime;
using Ipsec.Daemon.Status;
using Ipsec.Gateway.Tests.Paths;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Sa;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ipsec.Gateway.Tests.Daemon;

/// <summary>Prefixes, the limit of the log, what keeps children up, and the report.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SmallPartsTests
{
    [TestCase("198.18.1.0/24", "198.18.1.0/24")]
    [TestCase("198.18.1.5", "198.18.1.5/32")]
    [TestCase("0.0.0.0/0", "0.0.0.0/0")]
    [TestCase("198.18.1.1-198.18.1.6", "198.18.1.1/32 198.18.1.2/31 198.18.1.4/31 198.18.1.6/32")]
    [TestCase("255.255.255.254-255.255.255.255", "255.255.255.254/31")]
    [TestCase("2001:db8::/32", "2001:db8::/32")]
    public void ARangeIsTheFewestPrefixes(string selector, string prefixes)
    {
        TrafficSelector.TryParse(selector, out var parsed).Should().BeTrue();
        string.Join(' ', Prefixes.Of(parsed!)).Should().Be(prefixes);
    }

    [Test]
    public void AReasonIsWrittenOnceASecondAndTheRestCounted()
    {
        using var loop = new Transports.InMemory.VirtualEventLoop();
        var limit = new RateLimit(loop.Clock);

        limit.Allows("a", out _).Should().BeTrue();
        limit.Allows("a", out _).Should().BeFalse();
        limit.Allows("b", out _).Should().BeTrue("it is another reason");
        limit.Allows("a", out _).Should().BeFalse();
        loop.WaitUntil(() => false, TimeSpan.FromSeconds(1));
        limit.Allows("a", out var suppressed).Should().BeTrue();
        suppressed.Should().Be(2);
    }

    [Test]
    public void AChildThatIsToBeUpIsStartedAndStartedAgain()
    {
        using var pair = new PathPair().Add();
        var keeper = Keeper(pair, StartMode.Initiate);

        Tend(pair, keeper, 5);
        pair.West.ChildSas.Should().ContainSingle();
        pair.East.Command(new DeleteIkeSa("tunnel"));
        pair.Run();
        pair.West.ChildSas.Should().BeEmpty();

        Tend(pair, keeper, 10);
        pair.West.ChildSas.Should().ContainSingle();
    }

    [Test]
    public void AfterAFailureItIsTriedAgain()
    {
        using var pair = new PathPair();
        pair.West.Add(TunnelPolicy.West(PathPair.WestEnd, PathPair.EastEnd)).Should().BeEmpty();
        var keeper = Keeper(pair, StartMode.Initiate);
        Tend(pair, keeper, 60);
        pair.SeenByWest.Ike.OfType<IkeSaClosed>().Should().NotBeEmpty("nobody answered");

        pair.East.Add(TunnelPolicy.East(PathPair.WestEnd, PathPair.EastEnd)).Should().BeEmpty();
        Tend(pair, keeper, 60);

        pair.West.ChildSas.Should().ContainSingle();
    }

    [Test]
    public void AChildThatWaitsForTrafficIsLeftAlone()
    {
        using var pair = new PathPair().Add();

        Tend(pair, Keeper(pair, StartMode.Trap), 10);

        pair.Wire.Should().BeEmpty();
    }

    [Test]
    public void TheReportHasSasTrafficAndReasons()
    {
        using var pair = new PathPair().Add();
        var reporter = new StatusReporter("west", "ipsec0", pair.West, pair.Loop.Clock) { Losses = () => (1, 2, 3) };
        pair.West.Observe(reporter);
        pair.Connect();
        pair.West.SendInner(PathPair.Request(100)).Should().BeTrue();
        pair.Run(7);
        pair.West.OnPacket(pair.Wire.First(packet => packet[9] == 50 && packet[15] == 2));

        var report = reporter.Report();

        report.IkeSas.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Connection = "tunnel", Role = "initiator", Remote = "198.51.100.2:500", PeerIdentity = "east.example", LifetimeSeconds = 28800, AgeSeconds = 7 },
            options => options.ExcludingMissingMembers());
        var child = report.ChildSas.Should().ContainSingle().Subject;
        child.Should().BeEquivalentTo(
            new { Child = "net", LocalSelector = "198.18.1.0/24", RemoteSelector = "198.19.1.0/24", Suite = "AES-GCM-16-128", PacketsIn = 1, PacketsOut = 1, SequenceIn = 1ul, SequenceOut = 1ul },
            options => options.ExcludingMissingMembers());
        child.Drops.Should().Equal(new Dictionary<string, long> { ["Replayed"] = 1 });
        report.Inbound.Should().Contain("Replayed", 1).And.Contain("Ok", 1);
        report.Outbound.Should().Contain("Ok", 1);
        report.Counters.Should().Contain("not taken by the network", 1).And.Contain("not taken by the device", 2).And.Contain("dropped in a flood", 3);
    }

    private static ChildKeeper Keeper(PathPair pair, StartMode start)
    {
        var policy = TunnelPolicy.West(PathPair.WestEnd, PathPair.EastEnd);
        var keeper = new ChildKeeper(
            pair.West, [new(policy, [new("net", SelectorPair.Any, SaMode.Tunnel, start, PopulateFromPacket.None)])], pair.Loop.Clock, NullLogger.Instance);
        pair.West.Observe(keeper);
        return keeper;
    }

    private static void Tend(PathPair pair, ChildKeeper keeper, int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            keeper.Tend();
            pair.Run(1);
        }
    }
}
