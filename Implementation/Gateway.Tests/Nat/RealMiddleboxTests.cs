// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1.Policy;
using Ipsec.Transports;
using Ipsec.Transports.InMemory;
using Ipsec.Transports.Nat;
using Ipsec.Transports.Sockets;

namespace Ipsec.Gateway.Tests.Nat;

/// <summary>
/// The middlebox before real sockets, over the kernel's loopback: what is on the wire are the outside addresses, which the host behind the
/// NAT does not know of.
/// </summary>
[TestFixture]
public sealed class RealMiddleboxTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private static readonly IPEndPoint Inside = new(IPAddress.Parse("198.18.200.10"), 500);
    private static readonly IPEndPoint WestWire = new(IPAddress.Parse("127.18.0.31"), 500);
    private static readonly IPEndPoint EastWire = new(IPAddress.Parse("127.19.0.31"), 500);
    private static readonly IPAddress EastSeen = IPAddress.Parse("198.51.100.88");

    [SetUp]
    public void NeedsRawSockets() => Assume.That(Environment.IsPrivilegedProcess, "raw sockets need CAP_NET_RAW");

    [TestCase(NatPortAssignment.Preserve)]
    [TestCase(NatPortAssignment.Sequential)]
    public void AGatewayBehindTheMiddlebox(NatPortAssignment ports)
    {
        var box = new NatBox(new() { Outside = WestWire.Address, Ports = ports, FirstPort = 41000 }, new SeededRandomSource(1));
        using var scene = new Scene(
            new(TunnelPolicy.West(Inside, EastWire), Inside.Address, [new(box, NatSide.Gateway)]),
            TunnelPolicy.East(WestWire, EastWire));
        scene.Ping(1);
        scene.East.ChildSas[0].RemoteAddress.Should().Be(WestWire.Address);
        (scene.East.ChildSas[0].Udp!.RemotePort == 4500).Should().Be(ports == NatPortAssignment.Preserve);
        scene.Loop.Invoke(() =>
        {
            box.Forget();
            return true;
        });
        scene.Ping(2);
        scene.Seen(scene.SeenByEast).OfType<PeerAddressChanged>().Should().HaveCount(ports == NatPortAssignment.Preserve ? 0 : 1);
    }

    [Test]
    public void APeerBehindTheMiddlebox()
    {
        var box = new NatBox(new() { Outside = EastSeen, Forwards = [new(EastWire.Address)] }, new SeededRandomSource(1));
        using var scene = new Scene(
            new(TunnelPolicy.West(WestWire, new(EastSeen, 500)), WestWire.Address, [new(box, NatSide.Peer)]),
            TunnelPolicy.East(WestWire, EastWire));
        scene.Ping(1);
        scene.West.ChildSas[0].RemoteAddress.Should().Be(EastSeen);
        scene.Seen(scene.SeenByWest).OfType<IkeSaEstablished>().Single().Sa.Remote.Should().Be(new IPEndPoint(EastSeen, 4500));
    }

    [Test]
    public void ABadLinkBeforeRealSocketsOnlyCostsTime()
    {
        var bad = new LinkConditions(TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(30), Loss: 0.15, Duplication: 0.3);
        using var scene = new Scene(new(TunnelPolicy.West(WestWire, EastWire), WestWire.Address, []), TunnelPolicy.East(WestWire, EastWire), bad);
        scene.Ping(1);
    }

    private sealed record Hidden(ConnectionPolicy Policy, IPAddress Address, NatStage[] Stages);

    /// <summary>West behind whatever the test puts there, east on its own socket.</summary>
    private sealed class Scene : IDisposable
    {
        private readonly SocketTransport _westTransport;
        private readonly SocketTransport _eastTransport;
        private readonly ImpairedTransport _link;

        public Scene(Hidden west, ConnectionPolicy east, LinkConditions? conditions = null)
        {
            West = new SecurityGateway("west", Loop, new SystemRandomSource(), new EchoNetwork());
            East = new SecurityGateway("east", Loop, new SystemRandomSource(), new EchoNetwork());
            var natted = new NattedTransport(Loop.Clock, west.Address, West, west.Stages);
            _link = new ImpairedTransport(Loop, new SeededRandomSource(1), natted);
            _westTransport = new SocketTransport(Loop, WestWire.Address, 500, _link);
            _eastTransport = new SocketTransport(Loop, EastWire.Address, 500, East);
            Loop.Invoke(() =>
            {
                _link.Attach(_westTransport);
                natted.Attach(_link, _westTransport);
                West.Attach(natted);
                East.Attach(_eastTransport);
                West.Observe(SeenByWest);
                East.Observe(SeenByEast);
                West.Add(west.Policy with { NatTraversal = new() }).Should().BeEmpty();
                East.Add(east with { NatTraversal = new() }).Should().BeEmpty();
                (_link.Outgoing, _link.Incoming) = (conditions ?? LinkConditions.None, conditions ?? LinkConditions.None);
                West.Command(new InitiateChildSa("tunnel", "net"));
                return true;
            });
            Loop.WaitUntil(() => West.ChildSas.Count == 1 && East.ChildSas.Count == 1, Soon + Soon).Should().BeTrue();
            Loop.Invoke(() => (_link.Outgoing, _link.Incoming) = (LinkConditions.None, LinkConditions.None));
        }

        public RealEventLoop Loop { get; } = new("middlebox");

        public SecurityGateway West { get; }

        public SecurityGateway East { get; }

        public RecordingObserver SeenByWest { get; } = new();

        public RecordingObserver SeenByEast { get; } = new();

        public void Ping(int replies)
        {
            Loop.Invoke(() => West.SendInner(EchoNetwork.Request(TunnelPolicy.WestHost, TunnelPolicy.EastHost, 1, (ushort)replies, "ping"u8))).Should().BeTrue();
            Loop.WaitUntil(() => SeenByWest.EchoReplies == replies, Soon).Should().BeTrue();
        }

        public IkeEffect[] Seen(RecordingObserver observer) => Loop.Invoke(() => observer.Ike.ToArray());

        public void Dispose()
        {
            _westTransport.Dispose();
            _eastTransport.Dispose();
            Loop.Dispose();
            West.Dispose();
            East.Dispose();
        }
    }
}
