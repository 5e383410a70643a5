// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using Ipsec.Crypto;
using Ipsec.Transports;
using Ipsec.Transports.InMemory;
using Ipsec.Wire.Ip;

namespace Ipsec.Gateway.Tests;

/// <summary>The in-memory network: what its conditions do, and that a seed repeats them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class VirtualNetworkTests
{
    private const int Packets = 400;
    private static readonly IPEndPoint From = new(IPAddress.Parse("198.51.100.10"), 500);
    private static readonly IPEndPoint To = new(IPAddress.Parse("198.51.100.2"), 500);

    [Test]
    public void TheSameSeedGivesTheSameWeather()
    {
        var bad = new LinkConditions(TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(50), Loss: 0.3, Duplication: 0.3);
        Arrivals(bad, 5).Should().Equal(Arrivals(bad, 5));
        Arrivals(bad, 5).Should().NotEqual(Arrivals(bad, 6));
    }

    [Test]
    public void GoodConditionsDeliverEverythingOnceAndInOrder() =>
        Arrivals(LinkConditions.Good, 1).Select(a => a.Number).Should().Equal(Enumerable.Range(0, Packets));

    [TestCase(0.0, Packets, Packets)]
    [TestCase(0.25, 240, 360)]
    [TestCase(1.0, 0, 0)]
    public void LossTakesItsShare(double loss, int least, int most) =>
        Arrivals(LinkConditions.Good with { Loss = loss }, 3).Should().HaveCountGreaterThanOrEqualTo(least).And.HaveCountLessThanOrEqualTo(most);

    [TestCase(0.25, 440, 560)]
    [TestCase(1.0, 2 * Packets, 2 * Packets)]
    public void DuplicationAddsItsShare(double duplication, int least, int most) =>
        Arrivals(LinkConditions.Good with { Duplication = duplication }, 3).Should().HaveCountGreaterThanOrEqualTo(least).And.HaveCountLessThanOrEqualTo(most);

    [Test]
    public void JitterDelaysWithinItsBoundsAndReorders()
    {
        var arrivals = Arrivals(new(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(40), 0, 0), 4);
        arrivals.Should().HaveCount(Packets).And.OnlyContain(a => a.After >= TimeSpan.FromMilliseconds(10) && a.After <= TimeSpan.FromMilliseconds(50));
        arrivals.Select(a => a.Number).Should().NotBeInAscendingOrder();
    }

    [Test]
    public void FragmentsAndStrangersPacketsReachNobody()
    {
        using var loop = new VirtualEventLoop();
        var network = new VirtualNetwork(loop, new SeededRandomSource(1));
        var receiver = new Receiver(loop);
        network.Attach(To.Address).Receiver = receiver;
        var host = network.Attach(From.Address);
        host.SendUdp(From, new IPEndPoint(IPAddress.Parse("198.51.100.99"), 500), new byte[4]);

        var captured = Array.Empty<byte>();
        network.Tap += (_, frame) => captured = frame.ToArray();
        host.SendUdp(From, To, new byte[40]);
        loop.WaitUntil(() => receiver.Arrivals.Count == 1, TimeSpan.FromSeconds(1)).Should().BeTrue();
        var packet = captured.AsSpan(EthernetHeader.Size).ToArray();
        Ipv4Header.TryRead(packet, out var header, out _).Should().BeTrue();
        (header with { MoreFragments = true }).Write(packet);
        network.InjectPacket(packet);
        loop.WaitUntil(() => receiver.Arrivals.Count > 1, TimeSpan.FromSeconds(1)).Should().BeFalse();
        network.Undeliverable.Should().Be(1);
    }

    private static List<(int Number, TimeSpan After)> Arrivals(LinkConditions conditions, ulong seed)
    {
        using var loop = new VirtualEventLoop();
        var network = new VirtualNetwork(loop, new SeededRandomSource(seed)) { Conditions = conditions };
        var receiver = new Receiver(loop);
        network.Attach(To.Address).Receiver = receiver;
        var host = network.Attach(From.Address);
        var payload = new byte[sizeof(int)];
        for (var i = 0; i < Packets; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(payload, i);
            host.SendUdp(From, To, payload);
        }

        loop.WaitUntil(() => false, TimeSpan.FromSeconds(1));
        return receiver.Arrivals;
    }

    private sealed class Receiver(VirtualEventLoop loop) : IPacketReceiver
    {
        private readonly DateTimeOffset _start = loop.Clock.GetUtcNow();

        public List<(int Number, TimeSpan After)> Arrivals { get; } = [];

        public void OnUdp(IPEndPoint local, IPEndPoint remote, ReadOnlyMemory<byte> payload) =>
            Arrivals.Add((BinaryPrimitives.ReadInt32BigEndian(payload.Span), loop.Clock.GetUtcNow() - _start));

        public void OnPacket(ReadOnlyMemory<byte> packet) => throw new InvalidOperationException("only UDP is sent here");

        public void OnTransportError(TransportError error) => throw new InvalidOperationException(error.Reason);
    }
}
