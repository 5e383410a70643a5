// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Esp;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1;
using Ipsec.Wire.Ip;
using Ipsec.Wire.V1;

namespace Ipsec.Gateway.Tests.Planes;

/// <summary>ESP, AH and both together, in tunnel and transport mode, over IPv4 and IPv6: negotiated, and used both ways.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SuiteMatrixTests
{
    private static readonly AddressNumber WestHost6 = AddressNumber.Parse("2001:db8:1::5");
    private static readonly AddressNumber EastHost6 = AddressNumber.Parse("2001:db8:2::7");

    private static IEnumerable<TestCaseData> Suites()
    {
        foreach (var (name, suite, protocols) in new[]
        {
            ("GCM", SuitePolicy.Gcm, "Esp"),
            ("CBC", SuitePolicy.Cbc, "Esp"),
            ("AH", SuitePolicy.Ah, "Ah"),
            ("AH and ESP", SuitePolicy.Bundle, "Ah Esp"),
        })
        {
            foreach (var outer in new[] { "198.51.100.", "2001:db8::" })
            {
                yield return new TestCaseData(suite, outer, protocols).SetArgDisplayNames(name, outer);
            }
        }
    }

    [TestCaseSource(nameof(Suites))]
    public void ATunnelCarriesPacketsBothWays(Phase2Suite suite, string outer, string protocols)
    {
        var (west, east) = Ends(outer);
        using var pair = Pair.OnOneNetwork(west, east);
        pair.Add(TunnelPolicy.West(west, east).With(suite), TunnelPolicy.East(west, east).With(suite));
        pair.Connect(protocols.Split(' ').Length);
        pair.Ping(TunnelPolicy.WestHost, TunnelPolicy.EastHost).Should().BeTrue();
        Protocols(pair.Frames[^2], inner: IpProtocol.Ipip).Should().Be(protocols);
        Protocols(pair.Frames[^1], inner: IpProtocol.Ipip).Should().Be(protocols);
        pair.East.DataPlane.InboundCounters[EspOutcome.Ok].Should().Be(1);
        pair.West.DataPlane.OutboundCounters[EspOutcome.Ok].Should().Be(1);
    }

    [TestCaseSource(nameof(Suites))]
    public void TransportModeProtectsWhatTheEndsSayToEachOther(Phase2Suite suite, string outer, string protocols)
    {
        var (west, east) = Ends(outer);
        using var pair = Pair.OnOneNetwork(west, east);
        pair.Add(TunnelPolicy.West(west, east).With(suite).InTransportMode(), TunnelPolicy.East(west, east).With(suite).InTransportMode());
        pair.Connect(protocols.Split(' ').Length);
        pair.Ping(AddressNumber.From(west.Address), AddressNumber.From(east.Address)).Should().BeTrue();
        Protocols(pair.Frames[^2], inner: outer.Contains(':', StringComparison.Ordinal) ? IpProtocol.Icmpv6 : IpProtocol.Icmp).Should().Be(protocols);
    }

    [Test]
    public void Ipv6NetworksMayBeBehindIpv4Gateways()
    {
        var (west, east) = Ends("198.51.100.");
        using var pair = Pair.OnOneNetwork(west, east);
        var (ours, theirs) = (Subnet("2001:db8:1::"), Subnet("2001:db8:2::"));
        pair.Add(
            TunnelPolicy.West(west, east).With(child => child with { LocalSelector = ours, RemoteSelector = theirs }),
            TunnelPolicy.East(west, east).With(child => child with { LocalSelector = theirs, RemoteSelector = ours }));
        pair.Connect();
        pair.Ping(WestHost6, EastHost6).Should().BeTrue();
        pair.Ping(WestHost6, AddressNumber.Parse("2001:db8:3::7")).Should().BeFalse();
        pair.West.DataPlane.OutboundCounters[EspOutcome.PolicyDiscards].Should().Be(1);
    }

    /// <summary>Half of a bundle is no protection at all: the peer asked for both (RFC 2401 section 5.2.1).</summary>
    [Test]
    public void AnEspPacketOutOfItsBundleIsNotTaken()
    {
        var (west, east) = Ends("198.51.100.");
        using var pair = Pair.OnOneNetwork(west, east);
        pair.Add(TunnelPolicy.West(west, east).With(SuitePolicy.Bundle), TunnelPolicy.East(west, east).With(SuitePolicy.Bundle));
        pair.Connect(2);
        pair.Ping(TunnelPolicy.WestHost, TunnelPolicy.EastHost).Should().BeTrue();
        var packet = pair.Frames[^2][EthernetHeader.Size..];
        AhHeader.TryRead(packet.AsSpan(Ipv4Header.MinSize), out var ah, out _).Should().BeTrue();
        var naked = new byte[packet.Length - ah.Length];
        packet.AsSpan(Ipv4Header.MinSize + ah.Length).CopyTo(naked.AsSpan(Ipv4Header.MinSize));
        Ipv4Header.For(west.Address, east.Address, IpProtocol.Esp, naked.Length - Ipv4Header.MinSize).Write(naked);
        pair.East.OnPacket(naked);
        pair.SeenByEast.Esp[^1].Should().Be(EspOutcome.BundleMismatch);
        pair.SeenByEast.Delivered.Should().ContainSingle();
    }

    [Test]
    public void ARemovedBundleLeavesNothing()
    {
        var (west, east) = Ends("198.51.100.");
        using var pair = Pair.OnOneNetwork(west, east);
        pair.Add(TunnelPolicy.West(west, east).With(SuitePolicy.Bundle), TunnelPolicy.East(west, east).With(SuitePolicy.Bundle));
        pair.Connect(2);
        (pair.West.DataPlane.Inbound.All.Length, pair.West.DataPlane.Outbound.All.Length).Should().Be((2, 2));
        pair.West.Command(new DeleteChildSa(pair.West.ChildSas[0].InboundSpi));
        pair.Run(TimeSpan.FromSeconds(1));
        (pair.West.DataPlane.Inbound.All.Length, pair.West.DataPlane.Outbound.All.Length).Should().Be((0, 0));
        (pair.East.DataPlane.Inbound.All.Length, pair.East.DataPlane.Outbound.All.Length).Should().Be((0, 0));
        pair.Ping(TunnelPolicy.WestHost, TunnelPolicy.EastHost).Should().BeFalse();
    }

    private static IdentificationPayload Subnet(string network) => IdentificationPayload.Ipv6Subnet(IPAddress.Parse(network), 48);

    private static (IPEndPoint West, IPEndPoint East) Ends(string prefix) =>
        (new(IPAddress.Parse(prefix + "10"), 500), new(IPAddress.Parse(prefix + "2"), 500));

    /// <summary>The headers between the outer IP header and the payload; the payload itself is only seen under AH.</summary>
    private static string Protocols(byte[] frame, IpProtocol inner)
    {
        var packet = frame.AsSpan(EthernetHeader.Size);
        IpPacketHead.TryRead(packet, out var head, out var error).Should().BeTrue($"{error}");
        if (head.Protocol != IpProtocol.Ah)
        {
            return $"{head.Protocol}";
        }

        AhHeader.TryRead(packet[head.HeaderLength..], out var ah, out error).Should().BeTrue($"{error}");
        return ah.NextHeader == inner ? $"{head.Protocol}" : $"{head.Protocol} {ah.NextHeader}";
    }
}
