// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Esp;
using Ipsec.Gateway.Tests.Planes;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Policy;

namespace Ipsec.Gateway.Tests;

/// <summary>What IKE does because of the bytes that the SAs have carried: it must learn of them in time.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TrafficReportTests : IDisposable
{
    private const int Payload = 500;
    private static readonly IPEndPoint West = new(IPAddress.Parse("198.51.100.10"), 500);
    private static readonly IPEndPoint East = new(IPAddress.Parse("198.51.100.2"), 500);

    private readonly Pair _pair = Pair.OnOneNetwork(West, East);
    private ushort _sequence;

    [Test]
    public void ALifeInBytesIsReplacedBeforeItEnds()
    {
        Connect(kilobytes: 64, new());
        for (var i = 0; i < 400; i++)
        {
            Send().Should().BeTrue("there is always an SA to send on");
            _pair.Run(TimeSpan.FromMilliseconds(20));
        }

        _pair.SeenByWest.EchoReplies.Should().Be(400, "nothing is lost when one SA takes over from another");
        _pair.SeenByWest.Ike.OfType<InstallChildSa>().Should().HaveCountGreaterThanOrEqualTo(4, "400 packets of 500 bytes are more than three lives");
        _pair.SeenByWest.Ike.Concat(_pair.SeenByEast.Ike).OfType<ChildSaLifetimeReached>().Should().OnlyContain(reached => !reached.IsHard);
        _pair.West.DataPlane.OutboundCounters[EspOutcome.LifetimeEnded].Should().Be(0);
    }

    [Test]
    public void WithoutReplacementALifeInBytesEndsWhereItEnds()
    {
        Connect(kilobytes: 8, new() { IsAutomatic = false });
        var sent = 0;
        while (Send())
        {
            sent++;
            sent.Should().BeLessThan(20);
        }

        sent.Should().Be(16, "the cipher works on 530 bytes of each: 16 reach 8 KiB, and none goes further");
        _pair.West.DataPlane.OutboundCounters[EspOutcome.LifetimeEnded].Should().Be(1);
        _pair.Run(TimeSpan.FromMilliseconds(500));
        _pair.SeenByWest.Ike.OfType<ChildSaLifetimeReached>().Should().Contain(reached => reached.IsHard && reached.Unit == LifetimeUnit.Kilobytes);
        _pair.West.ChildSas.Should().BeEmpty();
        _pair.East.ChildSas.Should().BeEmpty();
    }

    /// <summary>Traffic is proof of life (RFC 3706 section 5.1): nobody asks a peer that sends.</summary>
    [Test]
    public void APeerThatSendsIsNotAsked()
    {
        var asks = new DeadPeerDetectionPolicy { Delay = TimeSpan.FromSeconds(30) };
        _pair.Add(TunnelPolicy.West(West, East) with { DeadPeerDetection = asks }, TunnelPolicy.East(West, East) with { DeadPeerDetection = new() { Delay = TimeSpan.Zero } });
        _pair.Connect();
        for (var i = 0; i < 10; i++)
        {
            _pair.PingFromEast(TunnelPolicy.EastHost, TunnelPolicy.WestHost).Should().BeTrue();
            _pair.Run(TimeSpan.FromSeconds(25));
        }

        var before = Sent();
        before.Should().Be(MessagesOfSetUp, "ten packets in 250 seconds came often enough");
        _pair.Run(TimeSpan.FromSeconds(35));
        Sent().Should().Be(before + 1, "after 30 seconds of silence it is asked");
    }

    /// <summary>A report for each packet would be an event for each packet.</summary>
    [Test]
    public void ReportsDoNotComeWithEveryPacket()
    {
        Connect(kilobytes: null, new());
        var events = 0;
        var wait = _pair.Loop.Clock.GetUtcNow();
        for (var i = 0; i < 1000; i++)
        {
            Send().Should().BeTrue();
        }

        // Each event of the loop looks at the condition once.
        _pair.Loop.WaitUntil(() => ++events < 0, TimeSpan.FromMilliseconds(1500));
        events.Should().BeLessThan(2000 + 10, "1000 packets each way, and a few reports");
        (_pair.Loop.Clock.GetUtcNow() - wait).Should().BeLessThan(TimeSpan.FromSeconds(2));
    }

    public void Dispose() => _pair.Dispose();

    // Three of main mode and two of quick mode.
    private const int MessagesOfSetUp = 5;

    private int Sent() => _pair.SeenByWest.Ike.OfType<SendDatagram>().Count();

    private void Connect(ulong? kilobytes, RekeyPolicy rekey)
    {
        _pair.Add(Lasting(TunnelPolicy.West(West, East)), Lasting(TunnelPolicy.East(West, East)));
        _pair.Connect();

        ConnectionPolicy Lasting(ConnectionPolicy connection) =>
            connection.With(child => child with { LifetimeKilobytes = kilobytes }) with { Rekey = rekey };
    }

    private bool Send() =>
        _pair.West.SendInner(EchoNetwork.Request(TunnelPolicy.WestHost, TunnelPolicy.EastHost, 7, ++_sequence, new byte[Payload]));
}
