// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Ike.Inputs;
using Ipsec.Transports.Sockets;

namespace Ipsec.Gateway.Tests;

/// <summary>The same tunnel over the kernel's loopback: UDP and raw IP 50 sockets, real time.</summary>
[TestFixture]
public sealed class RealNetworkTests
{
    private const int Port = 15500;

    [Test]
    public void APingComesBackOverRealSockets()
    {
        Assume.That(Environment.IsPrivilegedProcess, "raw sockets need CAP_NET_RAW");
        var westEnd = new IPEndPoint(IPAddress.Parse("127.18.0.1"), Port);
        var eastEnd = new IPEndPoint(IPAddress.Parse("127.19.0.1"), Port);
        var seen = new RecordingObserver();
        using var loop = new RealEventLoop("gateways");
        using var west = new SecurityGateway("west", loop, new SystemRandomSource(), new EchoNetwork());
        using var east = new SecurityGateway("east", loop, new SystemRandomSource(), new EchoNetwork());
        using var westTransport = new SocketTransport(loop, westEnd.Address, Port, west);
        using var eastTransport = new SocketTransport(loop, eastEnd.Address, Port, east);
        loop.Invoke(() =>
        {
            west.Attach(westTransport);
            east.Attach(eastTransport);
            west.Observe(seen);
            west.Add(TunnelPolicy.West(westEnd, eastEnd)).Should().BeEmpty();
            east.Add(TunnelPolicy.East(westEnd, eastEnd)).Should().BeEmpty();
            west.Command(new InitiateChildSa("tunnel", "net"));
            return true;
        });

        loop.WaitUntil(() => west.ChildSas.Count == 1 && east.ChildSas.Count == 1, TimeSpan.FromSeconds(10)).Should().BeTrue();
        loop.Invoke(() => west.SendInner(EchoNetwork.Request(TunnelPolicy.WestHost, TunnelPolicy.EastHost, 1, 1, "ping"u8))).Should().BeTrue();
        loop.WaitUntil(() => seen.EchoReplies == 1, TimeSpan.FromSeconds(10)).Should().BeTrue();
    }

    [Test]
    public void AnExceptionOnTheLoopReachesWhoeverWaits()
    {
        using var loop = new RealEventLoop("failing");
        loop.Post(() => throw new InvalidOperationException("our bug"));
        loop.Invoking(l => l.WaitUntil(() => false, TimeSpan.FromSeconds(10))).Should().Throw<InvalidOperationException>().WithMessage("our bug");
    }

    [Test]
    public void TimedActionsRunInOrder()
    {
        using var loop = new RealEventLoop("timed");
        var order = new List<int>();
        var now = loop.Clock.GetUtcNow();
        loop.PostAt(now.AddMilliseconds(30), () => order.Add(3));
        loop.PostAt(now.AddMilliseconds(10), () => order.Add(2));
        loop.Post(() => order.Add(1));
        loop.WaitUntil(() => order.Count == 3, TimeSpan.FromSeconds(10)).Should().BeTrue();
        order.Should().Equal(1, 2, 3);
    }
}
