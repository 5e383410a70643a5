// SPDX-License-Identifier: Apache-2.0

using CsCheck;
using FluentAssertions;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Esp.Tests;

public sealed class FragmentReassemblyTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Fragments_in_any_order_and_twice_make_the_packet() =>
        Gen.Select(Gen.Int[600, 5000], Gen.Int[100, 600], Gen.Int[0, 10000], Gen.Bool).Sample((size, mtu, seed, isIpv6) =>
        {
            var packet = isIpv6 ? TestAh.Ipv6Packet(size) : TestPackets.WestToEast(size, h => h with { Identification = 3 });
            var random = new Random(seed);
            var fragments = Fragments(packet, mtu);
            List<byte[]> arriving = [.. fragments, .. fragments.Take(1)];
            byte[][] shuffled = [.. arriving.OrderBy(_ => random.Next())];
            var reassembly = new FragmentReassembly(ReassemblyLimits.Default);

            var whole = shuffled.Select(fragment => Add(reassembly, fragment)).Where(result => result.Outcome == EspOutcome.Ok).ToList();

            whole.Should().ContainSingle().Which.Packet.Should().Equal(packet);
        });

    [Test]
    public void Overlaps_end_the_packet()
    {
        var reassembly = new FragmentReassembly(ReassemblyLimits.Default);
        var fragments = Fragments(TestPackets.WestToEast(1000, h => h with { Identification = 3 }), 300);
        var overlapping = TestPackets.WestToEast(64, h => h with { Identification = 3, FragmentOffset = 8, MoreFragments = true });
        Add(reassembly, fragments[0]).Outcome.Should().Be(EspOutcome.FragmentKept);

        Add(reassembly, overlapping).Outcome.Should().Be(EspOutcome.BadFragment);

        (reassembly.Incomplete, reassembly.BytesKept).Should().Be((0, 0));
        foreach (var fragment in fragments.Skip(1))
        {
            Add(reassembly, fragment).Outcome.Should().Be(EspOutcome.FragmentKept, "the first one is gone");
        }
    }

    [TestCase(12, 8, true, Description = "not a multiple of 8 in the middle")]
    [TestCase(8, 65528, true, Description = "beyond the longest packet")]
    [TestCase(0, 8, false, Description = "nothing in it")]
    public void Impossible_fragments_are_refused(int size, int offset, bool more)
    {
        var fragment = TestPackets.WestToEast(size, h => h with { FragmentOffset = offset, MoreFragments = more });
        Add(new FragmentReassembly(ReassemblyLimits.Default), fragment).Outcome.Should().Be(EspOutcome.BadFragment);
    }

    [Test]
    public void Two_ends_of_one_packet_are_refused()
    {
        var reassembly = new FragmentReassembly(ReassemblyLimits.Default);
        Add(reassembly, TestPackets.WestToEast(16, h => h with { FragmentOffset = 80 })).Outcome.Should().Be(EspOutcome.FragmentKept);
        Add(reassembly, TestPackets.WestToEast(16, h => h with { FragmentOffset = 160 })).Outcome.Should().Be(EspOutcome.BadFragment);
        Add(reassembly, TestPackets.WestToEast(16, h => h with { FragmentOffset = 80 })).Outcome.Should().Be(EspOutcome.FragmentKept);
        Add(reassembly, TestPackets.WestToEast(16, h => h with { FragmentOffset = 160, MoreFragments = true })).Outcome
            .Should().Be(EspOutcome.BadFragment, "it lies behind the end");
    }

    [Test]
    public void Limits_hold_whatever_comes()
    {
        var limits = new ReassemblyLimits(Packets: 4, Bytes: 4000, Fragments: 8, Time: TimeSpan.FromSeconds(30));
        var reassembly = new FragmentReassembly(limits);
        for (var i = 0; i < 500; i++)
        {
            var fragment = TestPackets.WestToEast(
                800, h => h with { Identification = (ushort)(i / 3), FragmentOffset = 800 * (i % 3), MoreFragments = true });
            Add(reassembly, fragment);
            reassembly.Incomplete.Should().BeLessThanOrEqualTo(4);
            reassembly.BytesKept.Should().BeInRange(0, 4000);
        }

        reassembly.Abandoned.Should().BeGreaterThan(100);
        reassembly.Expire(Start.AddSeconds(30));
        (reassembly.Incomplete, reassembly.BytesKept).Should().Be((0, 0));
    }

    [Test]
    public void No_fragments_make_it_throw_or_leak() => Gen.Select(Gen.Byte[0, 3], Gen.Int[0, 30], Gen.Bool, Gen.Int[0, 64])
        .Array[0, 60].Sample(pieces =>
        {
            var reassembly = new FragmentReassembly(new ReassemblyLimits(2, 500, 5, TimeSpan.FromSeconds(1)));
            foreach (var (id, offset, more, size) in pieces)
            {
                Add(reassembly, TestPackets.WestToEast(size, h => h with { Identification = id, FragmentOffset = offset * 8, MoreFragments = more }));
                reassembly.BytesKept.Should().BeInRange(0, 500);
            }

            reassembly.Expire(Start.AddMinutes(1));
            reassembly.BytesKept.Should().Be(0);
        });

    private static (EspOutcome Outcome, byte[] Packet) Add(FragmentReassembly reassembly, byte[] fragment)
    {
        IpPacketHead.TryRead(fragment, out var head, out _).Should().BeTrue();
        var whole = new byte[70000];
        var outcome = reassembly.TryAdd(head, fragment, Start, whole, out var written);
        return (outcome, whole[..written]);
    }

    private static List<byte[]> Fragments(byte[] packet, int mtu)
    {
        IpFragmenter.TryCreate(packet, mtu, 77, out var fragmenter).Should().BeTrue();
        var fragments = new List<byte[]>();
        var buffer = new byte[mtu];
        while (fragmenter.TryNext(buffer, out var length))
        {
            fragments.Add(buffer[..length]);
        }

        return fragments;
    }
}
