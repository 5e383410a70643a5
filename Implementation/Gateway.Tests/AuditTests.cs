// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Esp;
using Ipsec.Transports.InMemory;
using Ipsec.Wire.Ip;

namespace Ipsec.Gateway.Tests;

/// <summary>What an audit log is given (RFC 4303 section 4, RFC 4301 section 5.2), and what is counted besides.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AuditTests : IDisposable
{
    private static readonly IPEndPoint West = new(IPAddress.Parse("198.51.100.10"), 500);
    private static readonly IPEndPoint East = new(IPAddress.Parse("198.51.100.2"), 500);

    private readonly Pair _pair = Pair.OnOneNetwork(West, East);

    public AuditTests()
    {
        _pair.Add(TunnelPolicy.West(West, East), TunnelPolicy.East(West, East));
        _pair.Connect();
    }

    [Test]
    public void AReplayIsRecordedWithAllThatTheRfcWants()
    {
        var packet = Protected();
        _pair.East.OnPacket(packet);
        _pair.East.OnPacket(packet);
        var record = _pair.SeenByEast.Audited.Should().ContainSingle().Which;
        record.Event.Should().Be(new AuditEvent(
            EspOutcome.Replayed,
            _pair.Loop.Clock.GetUtcNow(),
            IpProtocol.Esp,
            _pair.East.ChildSas[0].InboundSpi,
            AddressNumber.From(West.Address),
            AddressNumber.From(East.Address),
            1,
            0));
        record.Name.Should().Be("tunnel/net");
        record.Selectors!.ToString().Should().Be("198.19.1.0/24 === 198.18.1.0/24");
        _pair.East.DataPlane.Inbound.All[0].Counters[EspOutcome.Replayed].Should().Be(1);
        _pair.East.DataPlane.InboundCounters[EspOutcome.Replayed].Should().Be(1);
    }

    [Test]
    public void EachReasonHasItsRecordAndItsCounter()
    {
        var damaged = Protected();
        damaged[^1] ^= 1;
        _pair.East.OnPacket(damaged);
        var unknown = Protected();
        unknown[Ipv4Header.MinSize] ^= 0x40;
        _pair.East.OnPacket(unknown);
        _pair.East.OnPacket(EchoNetwork.Request(TunnelPolicy.WestHost, TunnelPolicy.EastHost, 1, 1, "in clear"u8));
        _pair.SeenByEast.Audited.Select(record => (record.Event.Outcome, record.Name)).Should().Equal(
            (EspOutcome.IntegrityFailure, "tunnel/net"),
            (EspOutcome.UnknownSpi, null),
            (EspOutcome.ProtectionMissing, null));
        _pair.SeenByEast.Esp.Should().Equal(EspOutcome.IntegrityFailure, EspOutcome.UnknownSpi);
        _pair.SeenByEast.Delivered.Should().BeEmpty();
        _pair.East.DataPlane.InboundCounters.ToString().Should().Be("UnknownSpi 1, IntegrityFailure 1, ProtectionMissing 1");
    }

    [Test]
    public void AuditingCanBeTurnedOffAndCountingCannot()
    {
        _pair.East.IsAuditing = false;
        var packet = Protected();
        packet[^1] ^= 1;
        _pair.East.OnPacket(packet);
        _pair.SeenByEast.Audited.Should().BeEmpty();
        _pair.East.DataPlane.InboundCounters[EspOutcome.IntegrityFailure].Should().Be(1);
    }

    [Test]
    public void NobodyCanFloodTheLog()
    {
        using var gateway = new SecurityGateway(
            "audited", _pair.Loop, new SeededRandomSource(1), new EchoNetwork(), audit: new AuditPolicy(Burst: 3, TimeSpan.FromSeconds(10)));
        var seen = new RecordingObserver();
        gateway.Observe(seen);
        gateway.Attach(new VirtualNetwork(_pair.Loop, new SeededRandomSource(2)).Attach(East.Address));
        for (var i = 0; i < 100; i++)
        {
            gateway.OnPacket(Protected());
        }

        seen.Audited.Should().HaveCount(3);
        _pair.Run(TimeSpan.FromSeconds(11));
        gateway.OnPacket(Protected());
        seen.Audited.Should().HaveCount(4);
        seen.Audited[^1].Suppressed.Should().Be(97);
        gateway.DataPlane.InboundCounters[EspOutcome.UnknownSpi].Should().Be(101);
    }

    public void Dispose() => _pair.Dispose();

    private byte[] Protected()
    {
        _pair.West.DataPlane.TryProtect(EchoNetwork.Request(TunnelPolicy.WestHost, TunnelPolicy.EastHost, 1, 1, "x"u8), out var packet).Should().BeTrue();
        return packet.ToArray();
    }
}
