// SPDX-License-Identifier: Apache-2.0

using Ipsec.Esp;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.Ip;
using Ipsec.Wire.V1;

namespace Ipsec.Gateway.Tests.Paths;

/// <summary>Packets that are too long for their path (RFC 4301 section 8): divided, before or after, or their sender told.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PathMtuTests
{
    private const int LinkMtu = 1000;

    private static DataPlaneOptions Options => new() { LinkMtu = LinkMtu };

    [Test]
    public void APacketThatMayNotBeDividedIsReportedToItsSender()
    {
        using var pair = new PathPair(Options).Add().Connect();

        pair.West.SendInner(PathPair.Request(1200, dontFragment: true)).Should().BeFalse();

        var message = pair.WestHosts.Received.Should().ContainSingle().Subject;
        UpperLayerChecksum.IsRight(message).Should().BeTrue();
        IpPacketHead.TryRead(message, out var head, out _).Should().BeTrue();
        (head.Source, head.Destination).Should().Be((AddressNumber.From(PathPair.WestEnd.Address), AddressNumber.FromIpv4(TunnelPolicy.WestHost)));
        IcmpTooBig.TryRead(IpVersion.V4, message.AsSpan(head.HeaderLength), out var tooBig).Should().BeTrue();
        pair.EspOnTheWire.Should().BeEmpty();
        pair.West.DataPlane.OutboundCounters[EspOutcome.PathMtuExceeded].Should().Be(1);

        // What the message allows does fit, and one byte more does not.
        const int Headers = Ipv4Header.MinSize + IcmpEcho.PayloadOffset;
        pair.West.SendInner(PathPair.Request(tooBig.Mtu - Headers, dontFragment: true)).Should().BeTrue();
        pair.West.SendInner(PathPair.Request(tooBig.Mtu - Headers + 1, dontFragment: true)).Should().BeFalse();
        pair.EspOnTheWire.Should().ContainSingle().Which.TotalLength.Should().BeLessThanOrEqualTo(LinkMtu);
    }

    [Test]
    public void NoErrorIsSentAboutAnError()
    {
        using var pair = new PathPair(Options).Add().Connect();
        var error = PathPair.Request(1200, dontFragment: true);
        error[Ipv4Header.MinSize] = (byte)Icmpv4Type.TimeExceeded;

        pair.West.SendInner(error).Should().BeFalse();

        pair.WestHosts.Received.Should().BeEmpty();
    }

    [TestCase(FragmentationOrder.BeforeProtection, false)]
    [TestCase(FragmentationOrder.AfterProtection, true)]
    public void APacketThatMayBeDividedArrives(FragmentationOrder order, bool areFragments)
    {
        using var pair = new PathPair(Options with { Fragmentation = order }).Add().Connect();

        pair.West.SendInner(PathPair.Request(2500)).Should().BeTrue();
        pair.Run();

        var wire = pair.EspOnTheWire.Where(head => head.Source == AddressNumber.From(PathPair.WestEnd.Address)).ToArray();
        wire.Length.Should().BeGreaterThan(2);
        wire.Should().OnlyContain(head => head.TotalLength <= LinkMtu && head.IsFragment == areFragments);

        // What was divided before protection the hosts behind east have to put together, what was divided afterwards east has.
        pair.EastHosts.Received.Count.Should().Be(areFragments ? 1 : wire.Length);
        pair.SeenByWest.EchoReplies.Should().Be(1);
    }

    [TestCase(DontFragmentPolicy.Copy, false, false)]
    [TestCase(DontFragmentPolicy.Copy, true, true)]
    [TestCase(DontFragmentPolicy.Set, false, true)]
    [TestCase(DontFragmentPolicy.Clear, true, false)]
    public void TheOuterDontFragmentBitFollowsThePolicy(DontFragmentPolicy policy, bool inner, bool outer)
    {
        using var pair = new PathPair(Options with { Tunnel = new() { DontFragment = policy } }).Add().Connect();

        pair.West.SendInner(PathPair.Request(100, inner)).Should().BeTrue();

        pair.EspOnTheWire.Should().ContainSingle().Which.DontFragment.Should().Be(outer);
    }

    [Test]
    public void ARoutersMessageLowersThePathUntilItIsForgotten()
    {
        using var pair = new PathPair(new() { LinkMtu = 1500 }).Add().Connect();
        pair.West.SendInner(PathPair.Request(1200, dontFragment: true)).Should().BeTrue();
        var esp = pair.Wire[^1];

        Tell(pair, esp, 900);

        pair.West.DataPlane.InboundCounters[EspOutcome.PathMtuLearned].Should().Be(1);
        pair.West.SendInner(PathPair.Request(1200, dontFragment: true)).Should().BeFalse("the path takes 900 bytes");
        pair.WestHosts.Received.Should().NotBeEmpty();
        pair.West.DataPlane.Usage.Single().PathMtu.Should().Be(900);

        pair.Run(PathMtu.Memory.TotalSeconds + 1);
        pair.West.SendInner(PathPair.Request(1200, dontFragment: true)).Should().BeTrue("a longer path may be there again (RFC 8201 section 4)");
    }

    [Test]
    public void AMessageThatAsksForTooLittleIsBelievedOnlyToTheLeast()
    {
        using var pair = new PathPair(new() { LinkMtu = 1500 }).Add().Connect();
        pair.West.SendInner(PathPair.Request(1200)).Should().BeTrue();

        Tell(pair, pair.Wire[^1], 68);

        pair.West.DataPlane.Usage.Single().PathMtu.Should().Be(PathMtu.MinIpv4);
    }

    [Test]
    public void AMessageAboutNoSaOfOursChangesNothing()
    {
        using var pair = new PathPair(new() { LinkMtu = 1500 }).Add().Connect();
        pair.West.SendInner(PathPair.Request(1200)).Should().BeTrue();
        var foreign = pair.Wire[^1].ToArray();
        foreign[Ipv4Header.MinSize] ^= 0xFF;

        Tell(pair, foreign, 900);

        pair.West.DataPlane.Usage.Single().PathMtu.Should().Be(1500);
        pair.West.DataPlane.InboundCounters[EspOutcome.PathMtuLearned].Should().Be(0);
    }

    [Test]
    public void WhoDoesNotBelieveRoutersLearnsNothing()
    {
        using var pair = new PathPair(new() { LinkMtu = 1500, BelieveIcmp = false }).Add().Connect();
        pair.West.SendInner(PathPair.Request(1200)).Should().BeTrue();

        Tell(pair, pair.Wire[^1], 900);

        pair.West.DataPlane.Usage.Single().PathMtu.Should().Be(1500);
    }

    [Test]
    public void AHostsOwnFragmentsAreProtectedAsOnePacketInTransportMode()
    {
        using var pair = new PathPair(Options);
        pair.West.Add(Transport(TunnelPolicy.West(PathPair.WestEnd, PathPair.EastEnd))).Should().BeEmpty();
        pair.East.Add(Transport(TunnelPolicy.East(PathPair.WestEnd, PathPair.EastEnd))).Should().BeEmpty();
        pair.Connect();
        var whole = EchoNetwork.Request(AddressNumber.From(PathPair.WestEnd.Address), AddressNumber.From(PathPair.EastEnd.Address), 7, 1, new byte[2500]);
        whole[6] = 0;
        IpPacketHead.WriteIpv4Checksum(whole);
        IpFragmenter.TryCreate(whole, LinkMtu, 0, out var fragments).Should().BeTrue();
        var buffer = new byte[LinkMtu];

        while (fragments.TryNext(buffer, out var length))
        {
            pair.West.SendInner(buffer.AsMemory(0, length)).Should().BeTrue();
        }

        pair.Run();
        pair.EspOnTheWire.Where(head => head.Source == AddressNumber.From(PathPair.WestEnd.Address)).Should().HaveCount(3)
            .And.OnlyContain(head => head.IsFragment && head.TotalLength <= LinkMtu, "ESP in transport mode takes whole packets, and only the result is divided");
        pair.EastHosts.Received.Should().ContainSingle().Which.Length.Should().Be(whole.Length);
        pair.SeenByWest.EchoReplies.Should().Be(1);

        static ConnectionPolicy Transport(ConnectionPolicy policy) => policy with
        {
            Children =
            [
                policy.Children[0] with
                {
                    Mode = EncapsulationMode.Transport,
                    LocalSelector = IdentificationPayload.Ipv4Address(policy.Local.Address),
                    RemoteSelector = IdentificationPayload.Ipv4Address(policy.Remote.Address),
                },
            ],
        };
    }

    private static void Tell(PathPair pair, byte[] aboutPacket, int mtu)
    {
        var message = new byte[IcmpTooBig.MaxIpv6Size];
        var length = IcmpTooBig.Write(AddressNumber.Parse("198.51.100.254"), aboutPacket, mtu, message);
        pair.West.OnPacket(message.AsMemory(0, length));
    }
}
