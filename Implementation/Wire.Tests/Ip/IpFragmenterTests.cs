// SPDX-License-Identifier: Apache-2.0
using CsCheck;
using FluentAssertions;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Wire.Tests.Ip;

public sealed class IpFragmenterTests
{
    [Test]
    public void Fragments_cover_the_packet_in_order_and_fit()
    {
        Gen.Select(Gen.Int[1, 4000], Gen.Int[68, 1500], Gen.Bool).Sample((size, mtu, isIpv6) =>
        {
            var payload = new byte[size];
            new Random(size).NextBytes(payload);
            var packet = isIpv6 ? Ipv6Tests.Packet(IpProtocol.Udp, payload) : UpperLayerTests.Ipv4(17, payload, h => h with { Identification = 7 });

            var fragments = Fragments(packet, mtu);

            var rebuilt = new List<byte>();
            foreach (var (fragment, index) in fragments.Select((fragment, index) => (fragment, index)))
            {
                fragment.Length.Should().BeLessThanOrEqualTo(mtu);
                IpPacketHead.TryRead(fragment, out var head, out _).Should().BeTrue();
                head.FragmentOffset.Should().Be(rebuilt.Count);
                head.MoreFragments.Should().Be(index < fragments.Count - 1);
                head.Identification.Should().Be(isIpv6 ? 99u : 7u);
                head.Protocol.Should().Be(IpProtocol.Udp);
                rebuilt.AddRange(fragment[head.HeaderLength..]);
            }

            rebuilt.Should().Equal(payload);
        });
    }

    [Test]
    public void Later_fragments_have_the_options_that_are_to_be_copied()
    {
        var packet = UpperLayerTests.Ipv4(17, new byte[64], h => h with { HeaderLength = 32, TotalLength = 96 });

        // Record route (7) is not copied, router alert (148) is; then the end of the list.
        Hex.Bytes("07070400000000 94040000 00").CopyTo(packet, 20);
        IpPacketHead.WriteIpv4Checksum(packet);

        var fragments = Fragments(packet, 72);

        fragments[0][..32].AsSpan(20).ToArray().Should().Equal(packet[20..32]);
        fragments[1][20..24].Should().Equal(0x94, 4, 0, 0);
        (fragments[1][0] & 0x0F).Should().Be(6);
    }

    [Test]
    public void A_fragment_is_divided_further()
    {
        var packet = UpperLayerTests.Ipv4(17, new byte[800], h => h with { FragmentOffset = 80, MoreFragments = true });

        var fragments = Fragments(packet, 420);

        IpPacketHead.TryRead(fragments[^1], out var last, out _).Should().BeTrue();
        (last.FragmentOffset, last.MoreFragments).Should().Be((480, true));
    }

    [Test]
    public void What_may_not_be_divided_is_not()
    {
        var whole = UpperLayerTests.Ipv4(17, new byte[800], h => h with { DontFragment = true });
        IpFragmenter.TryCreate(whole, 500, 1, out _).Should().BeFalse();
        var fragment = Ipv6Tests.Packet(IpProtocol.FragmentHeader, [17, 0, 0, 1, 0, 0, 0, 5, .. new byte[800]]);
        IpFragmenter.TryCreate(fragment, 500, 1, out _).Should().BeFalse();
        IpFragmenter.TryCreate(UpperLayerTests.Ipv4(17, new byte[800]), 27, 1, out _).Should().BeFalse();
        IpFragmenter.TryCreate([1, 2, 3], 1500, 1, out _).Should().BeFalse();
    }

    [TestCase("01 07 04 00 00", 5)]
    [TestCase("07 00", 0)]
    [TestCase("07 01", 0)]
    [TestCase("07", 0)]
    [TestCase("00 07 01", 3)]
    public void Ipv4_options_are_walked_up_to_the_broken_one(string area, int end)
    {
        var position = 0;
        var octets = Hex.Bytes(area);
        while (IpOption.TryNextIpv4(octets, ref position, out var option))
        {
            option.Length.Should().BePositive();
        }

        position.Should().Be(end);
    }

    internal static List<byte[]> Fragments(ReadOnlySpan<byte> packet, int mtu)
    {
        IpFragmenter.TryCreate(packet, mtu, 99, out var fragmenter).Should().BeTrue();
        var fragments = new List<byte[]>();
        var buffer = new byte[mtu];
        while (fragmenter.TryNext(buffer, out var length))
        {
            fragments.Add(buffer[..length]);
        }

        return fragments;
    }
}
