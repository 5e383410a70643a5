// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Gateway.Tests.Planes;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1;
using Ipsec.Transports.Sockets;

namespace Ipsec.Gateway.Tests;

/// <summary>The same tunnels over the kernel's loopback: UDP and raw IP 50 and 51 sockets, real time.</summary>
[TestFixture]
public sealed class RealNetworkTests
{
    private const int Port = 15500;

    private static IEnumerable<TestCaseData> Suites()
    {
        yield return new TestCaseData(SuitePolicy.Gcm, 1).SetArgDisplayNames("ESP");
        yield return new TestCaseData(SuitePolicy.Ah, 1).SetArgDisplayNames("AH");
        yield return new TestCaseData(SuitePolicy.Bundle, 2).SetArgDisplayNames("AH and ESP");
    }

    /// <summary>With AH this also says that the system changes nothing on the way that the ICV covers.</summary>
    [TestCaseSource(nameof(Suites))]
    public void APingComesBackOverRealSockets(Phase2Suite suite, int pairs)
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
            west.Add(TunnelPolicy.West(westEnd, eastEnd).With(suite)).Should().BeEmpty();
            east.Add(TunnelPolicy.East(westEnd, eastEnd).With(suite)).Should().BeEmpty();
            west.Command(new InitiateChildSa("tunnel", "net"));
            return true;
        });

        loop.WaitUntil(() => west.ChildSas.Count == pairs && east.ChildSas.Count == pairs, TimeSpan.FromSeconds(10)).Should().BeTrue();
        loop.Invoke(() => west.SendInner(EchoNetwork.Request(TunnelPolicy.WestHost, TunnelPolicy.EastHost, 1, 1, "ping"u8))).Should().BeTrue();
        loop.WaitUntil(() => seen.EchoReplies == 1, TimeSpan.FromSeconds(10)).Should().BeTrue("west received {0}", string.Join(", ", seen.Esp));
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
