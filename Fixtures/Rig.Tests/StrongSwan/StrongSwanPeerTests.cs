// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using Ipsec.Crypto;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Wire.Ip;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Fixtures.Rig.Tests.StrongSwan;

/// <summary>Our gateway against strongSwan in its container. Wanted when CONFORMANCE_DRIVER_TESTS names strongswan.</summary>
[TestFixture]
[Category("strongswan")]
public sealed class StrongSwanPeerTests
{
    private IPeer _peer = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Assume.That(RealPeer.IsWanted, $"{RunOptions.DriverTestsVariable} does not name strongswan");
        _peer = await RealPeer.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_peer is not null)
        {
            await _peer.DisposeAsync();
        }
    }

    [Test]
    public void TheRecordSaysWhatIsRunning()
    {
        _peer.Record.Name.Should().Be("strongswan");
        _peer.Record.Version.Should().MatchRegex(@"^\d+\.\d+");
        _peer.Record.Image.Should().MatchRegex("^conformance/strongswan:bookworm-[0-9a-f]{8}$");
        _peer.Record.DataPlane.Should().BeOneOf("kernel", "user-mode-linux");
        _peer.Engine.Should().StartWith("docker ");
    }

    [Test]
    public async Task TwoScenariosRunSideBySide()
    {
        var watch = Stopwatch.StartNew();
        await using var first = await RealPeer.OpenAsync(_peer);
        await using var second = await RealPeer.OpenAsync(_peer);
        Tell(watch, "two beds open");
        foreach (var bed in new[] { first, second })
        {
            bed.Loop.Post(() => bed.West.Command(new InitiateChildSa("tunnel", Policies.Child)));
        }

        await RealPeer.DemandTunnelAsync(first);
        await RealPeer.DemandTunnelAsync(second);
        Tell(watch, "two tunnels");
        await RealPeer.DemandEchoAsync(first);
        await RealPeer.DemandEchoAsync(second);
        Tell(watch, "pinged");
        await second.East.PingAsync(second.Addresses.EastHost(0), second.Addresses.WestHost(0), 2);
        second.WaitUntil(() => RealPeer.Echoes(second, isReply: false) == 2, RealPeer.Soon).Should().BeTrue();
        Tell(watch, "pinged by east");
        RealPeer.Echoes(first, isReply: false).Should().Be(0);

        var counted = await first.East.WaitForSasAsync(sas => sas.ChildSas is [{ PacketsIn: 1, PacketsOut: 1 }], TimeSpan.FromSeconds(2));
        counted.ChildSas.Should().ContainSingle().Which.Should().Match<PeerChildSa>(child => child.PacketsIn == 1 && child.PacketsOut == 1);
        first.Wire.Frames.Count(frame => Protocol(frame) == IpProtocol.Esp).Should().Be(2);
        first.Wire.Frames.Count(frame => Protocol(frame) == IpProtocol.Udp).Should().Be(9);
        first.Wire.Frames.Should().BeInAscendingOrder(frame => frame.Time);

        await first.East.DeleteChildAsync(Policies.Child);
        first.WaitUntil(() => first.WestWitness.Saw<RemoveChildSa>().Any(), RealPeer.Soon).Should().BeTrue(await RealPeer.StoryAsync(first));
        await first.East.DeleteIkeSaAsync();
        first.WaitUntil(() => first.WestWitness.Saw<IkeSaClosed>().Any(), RealPeer.Soon).Should().BeTrue(await RealPeer.StoryAsync(first));
        (await first.East.WaitForSasAsync(sas => sas.IkeSas.IsEmpty, RealPeer.Soon)).Should().BeEquivalentTo(new PeerSas([], []));
        (await second.East.ListSasAsync()).ChildSas.Should().ContainSingle("the scenarios have nothing to do with each other");
        Tell(watch, "deleted");
        await first.DisposeAsync();
        Tell(watch, "one bed closed");
    }

    [Test]
    public async Task ManyScenariosRunSideBySide()
    {
        const int many = 12;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, many).Select(number => Task.Run(async () =>
        {
            await using var bed = await RealPeer.OpenAsync(_peer);
            if (number % 2 == 0)
            {
                bed.Loop.Post(() => bed.West.Command(new InitiateChildSa("tunnel", Policies.Child)));
            }
            else
            {
                await bed.East.InitiateChildAsync(Policies.Child);
            }

            await RealPeer.DemandTunnelAsync(bed);
            await RealPeer.DemandEchoAsync(bed);
        })));
        Tell(watch, $"{many} scenarios");
    }

    [Test]
    public async Task EastInitiates([Values] bool withPhase1First)
    {
        await using var bed = await RealPeer.OpenAsync(_peer);
        if (withPhase1First)
        {
            await bed.East.InitiateIkeSaAsync();
            bed.WaitUntil(() => bed.WestWitness.Saw<IkeSaEstablished>().Any(), RealPeer.Soon).Should().BeTrue(await RealPeer.StoryAsync(bed));
            (await bed.East.WaitForSasAsync(sas => sas.IkeSas is [{ IsEstablished: true }], RealPeer.Soon)).ChildSas.Should().BeEmpty();
        }

        await bed.East.InitiateChildAsync(Policies.Child);
        await RealPeer.DemandTunnelAsync(bed);
        await RealPeer.DemandEchoAsync(bed);
    }

    [Test]
    public async Task SuitesAndGroups(
        [Values("MODP-2048", "ECP-256")] string group, [Values("AES-CBC-128", "AES-GCM-16-128")] string encryption, [Values] bool westInitiates)
    {
        var method = KeyExchangeMethod.Named(group);
        var phase2 = encryption == "AES-CBC-128" ? Policies.Cbc : Policies.Gcm;
        await using var bed = await RealPeer.OpenAsync(_peer, policy => policy.With(Policies.Suite("AES-CBC-256", "HMAC-SHA1", group), phase2, method));
        if (westInitiates)
        {
            bed.Loop.Post(() => bed.West.Command(new InitiateChildSa("tunnel", Policies.Child)));
        }
        else
        {
            await bed.East.InitiateChildAsync(Policies.Child);
        }

        await RealPeer.DemandTunnelAsync(bed);
        bed.WestWitness.Saw<InstallChildSa>().Single().Pair.Should().Match<ChildSaPair>(pair => pair.Pfs == method && pair.Encryption == phase2.Encryption);
        await RealPeer.DemandEchoAsync(bed);
    }

    [Test]
    public async Task TheLogIsTheScenariosOwn()
    {
        await using var other = await RealPeer.OpenAsync(_peer);
        await using var bed = await RealPeer.OpenAsync(_peer);
        bed.Loop.Post(() => bed.West.Command(new InitiateChildSa("tunnel", Policies.Child)));
        await RealPeer.DemandTunnelAsync(bed);

        var log = await bed.East.ReadLogAsync();
        log.Should().Contain($"received packet: from {bed.Addresses.West}[500]").And.Contain("parsed ID_PROT request").And.Contain("established with SPIs");
        log.Should().NotContain($"{other.Addresses.West}[");
    }

    [Test]
    public async Task AnInjectedPacketReachesThePeer()
    {
        await using var bed = await RealPeer.OpenAsync(_peer);
        var stranger = new System.Net.IPAddress([198, 51, 100, 251]);
        var packet = new byte[Ipv4Header.MinSize + UdpHeader.Size + IsakmpHeader.Size];
        Ipv4Header.For(stranger, bed.Addresses.East, IpProtocol.Udp, packet.Length - Ipv4Header.MinSize).Write(packet);
        UdpHeader.Write(packet.AsSpan(Ipv4Header.MinSize), 500, 500, Ipv4Header.ToNumber(stranger), Ipv4Header.ToNumber(bed.Addresses.East));

        bed.Inject(packet);

        bed.WaitUntil(() => bed.Wire.Frames.Count > 0, RealPeer.Soon).Should().BeTrue();
        var seen = bed.Wire.Frames[0].Bytes[EthernetHeader.Size..];
        // A raw socket fills in identification and header checksum.
        seen[12..].ToArray().Should().Equal(packet[12..]);
    }

    private static void Tell(Stopwatch watch, string what) => TestContext.Progress.WriteLine($"{watch.ElapsedMilliseconds,6} ms {what}");

    private static IpProtocol? Protocol(CapturedFrame frame) =>
        Ipv4Header.TryRead(frame.Bytes.Span[EthernetHeader.Size..], out var header, out _) ? header.Protocol : null;
}
