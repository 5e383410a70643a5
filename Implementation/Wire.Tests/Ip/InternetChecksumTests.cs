// SPDX-License-Identifier: Apache-2.0
using CsCheck;
using FluentAssertions;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Wire.Tests.Ip;

public sealed class InternetChecksumTests
{
    [Test]
    public void The_example_of_RFC_1071_section_3_sums_to_ddf2()
    {
        var octets = Hex.Bytes("0001 f203 f4f5 f6f7");

        InternetChecksum.Sum(octets).Should().Be(0xddf2);
        InternetChecksum.Compute(octets).Should().Be(0x220d);
    }

    [Test]
    public void Published_packets_sum_to_zero()
    {
        foreach (var packet in new[] { IpPackets.Rfc3602Ping, IpPackets.Rfc3602Esp, IpPackets.Rfc7634Ping, IpPackets.McGrewDnsQuery })
        {
            InternetChecksum.Compute(packet.AsSpan(0, 20)).Should().Be(0);
        }

        InternetChecksum.Compute(IpPackets.Rfc3602Ping.AsSpan(20)).Should().Be(0);
        InternetChecksum.Compute(IpPackets.Rfc7634Ping.AsSpan(20)).Should().Be(0);
    }

    [Test]
    public void An_odd_octet_counts_as_the_high_half_of_a_word()
    {
        InternetChecksum.Sum([0x12]).Should().Be(0x1200);
        InternetChecksum.Sum([0x12, 0x34, 0x56]).Should().Be(0x1234 + 0x5600);
        InternetChecksum.Sum([]).Should().Be(0);
    }

    [Test]
    public void Agrees_with_the_definition_word_by_word()
    {
        Gen.Select(Gen.Byte.Array[0, 200], Gen.UInt).Sample(
            (octets, initial) => InternetChecksum.Sum(octets, initial).Should().Be(ByDefinition(octets, initial)), iter: 5000);
    }

    [Test]
    public void Carries_of_a_large_packet_are_not_lost()
    {
        var octets = Enumerable.Repeat((byte)0xff, 65_535).ToArray();

        InternetChecksum.Sum(octets).Should().Be(ByDefinition(octets, 0));
    }

    [Test]
    public void Parts_of_even_length_sum_to_the_whole()
    {
        var octets = IpPackets.Rfc7634Ping;

        InternetChecksum.Sum(octets.AsSpan(34), InternetChecksum.Sum(octets.AsSpan(0, 34))).Should().Be(InternetChecksum.Sum(octets));
    }

    private static uint ByDefinition(byte[] octets, uint initial)
    {
        var sum = (initial >> 16) + (initial & 0xffff);
        for (var i = 0; i < octets.Length; i++)
        {
            sum += (uint)(i % 2 == 0 ? octets[i] << 8 : octets[i]);
            sum = (sum & 0xffff) + (sum >> 16);
        }

        return (sum & 0xffff) + (sum >> 16);
    }
}
