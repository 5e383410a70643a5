// SPDX-License-Identifier: Apache-2.0

using CsCheck;
using FluentAssertions;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Esp.Tests.Sa;

public sealed class PacketSelectorsTests
{
    [TestCase(6)]
    [TestCase(17)]
    [TestCase(33)]
    [TestCase(132)]
    [TestCase(136)]
    public void Protocols_with_ports_show_them(byte protocol)
    {
        var selectors = TestPackets.Selectors(TestPackets.WithPorts("198.18.1.1", "198.18.2.2", protocol, 4000, 53));

        selectors.Should().Be(new PacketSelectors(0xC6120101, 0xC6120202, protocol, 4000, 53));
        selectors.ToString().Should().Be($"198.18.1.1:4000 -> 198.18.2.2:53 protocol {protocol}");
    }

    [TestCase(2)]
    [TestCase(47)]
    [TestCase(50)]
    [TestCase(255)]
    public void Other_protocols_show_none(byte protocol)
    {
        var selectors = TestPackets.Selectors(TestPackets.WithPorts("198.18.1.1", "198.18.2.2", protocol, 4000, 53));

        selectors.Should().Be(new PacketSelectors(0xC6120101, 0xC6120202, protocol, null, null));
        selectors.ToString().Should().Be($"198.18.1.1 -> 198.18.2.2 protocol {protocol}");
    }

    [Test]
    public void Icmp_shows_type_and_code_on_both_sides()
    {
        var packet = TestPackets.Build(TestPackets.Header("198.18.1.1", "198.18.2.2", 1, 8), [3, 4, 0, 0, 0, 0, 0, 0]);

        var selectors = TestPackets.Selectors(packet);

        selectors.SourcePort.Should().Be(0x0304);
        selectors.DestinationPort.Should().Be(0x0304);
    }

    [Test]
    public void A_fragment_has_ports_only_if_it_is_the_first()
    {
        var header = TestPackets.Header("198.18.1.1", "198.18.2.2", 17, 8);
        byte[] payload = [1, 2, 3, 4, 5, 6, 7, 8];

        TestPackets.Selectors(TestPackets.Build(header with { MoreFragments = true }, payload)).SourcePort.Should().Be(0x0102);
        TestPackets.Selectors(TestPackets.Build(header with { FragmentOffset = 8 }, payload)).SourcePort.Should().BeNull();
    }

    [TestCase(6, 3)]
    [TestCase(17, 0)]
    [TestCase(1, 1)]
    public void Ports_that_are_cut_off_are_none(byte protocol, int payload)
    {
        var packet = TestPackets.Build(TestPackets.Header("198.18.1.1", "198.18.2.2", protocol, payload), new byte[payload]);

        // Bytes behind the total length are a link's padding, not ports.
        TestPackets.Selectors([.. packet, 1, 2, 3, 4, 5, 6]).SourcePort.Should().BeNull();
    }

    [Test]
    public void Ports_follow_the_options()
    {
        var header = TestPackets.Header("198.18.1.1", "198.18.2.2", 17, 8) with { HeaderLength = 40, TotalLength = 48 };

        TestPackets.Selectors(TestPackets.Build(header, [1, 2, 3, 4, 5, 6, 7, 8])).DestinationPort.Should().Be(0x0304);
    }

    [Test]
    public void No_bytes_make_it_throw() => Gen.Byte.Array[0, 80].Sample(bytes =>
    {
        var isHeader = IpPacketHead.TryRead(bytes, out _, out _);
        PacketSelectors.TryRead(bytes, out _).Should().Be(isHeader);
    });
}
