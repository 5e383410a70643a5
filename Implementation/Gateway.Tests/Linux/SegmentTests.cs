// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using CsCheck;
using Ipsec.Transports.Linux;
using Ipsec.Wire.Ip;

namespace Ipsec.Gateway.Tests.Linux;

/// <summary>TCP segments that pass a TUN device many at a time: joined and divided again they are what they were.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SegmentTests
{
    private const int Ipv4Tcp = Ipv4Header.MinSize;
    private const int Ipv6Tcp = Ipv6Header.Size;
    private const int Timestamps = 12;

    [TestCase(IpVersion.V4, true)]
    [TestCase(IpVersion.V4, false)]
    [TestCase(IpVersion.V6, true)]
    public void WhatIsJoinedIsDividedIntoTheSameSegments(IpVersion version, bool dontFragment) =>
        Gen.Select(Gen.Int[2, 20], Gen.Int[1, 1448], Gen.Int[1, 1448], Gen.UInt).Sample((count, size, last, sequence) =>
        {
            var packets = Stream(version, dontFragment, count, size, Math.Min(size, last), sequence);
            var joiner = new SegmentJoiner();

            packets.Should().OnlyContain(packet => joiner.TryAdd(packet));
            joiner.IsClosed.Should().BeTrue("the last one has PSH");
            var joined = joiner.Take(out var header).ToArray();
            joiner.IsEmpty.Should().BeTrue();

            Split(header, joined).Should().BeEquivalentTo(packets, options => options.WithStrictOrdering());
        }, iter: 200);

    [Test]
    public void OneAloneStaysAsItIs()
    {
        var packet = Stream(IpVersion.V4, true, 1, 100, 100, 7)[0];
        var joiner = new SegmentJoiner();
        joiner.TryAdd(packet).Should().BeTrue();

        joiner.Take(out var header).ToArray().Should().Equal(packet);

        header.Should().Be(default(OffloadHeader));
    }

    [TestCase("a gap", 24, 1)]
    [TestCase("another port", 20, 1)]
    [TestCase("another acknowledgement", 28, 1)]
    [TestCase("another window", 34, 1)]
    [TestCase("another time", 44, 1)]
    [TestCase("another source", 15, 1)]
    [TestCase("another TTL", 8, 1)]
    [TestCase("another DSCP", 1, 4)]
    public void WhatDiffersIsNotJoined(string what, int offset, byte by)
    {
        var packets = Stream(IpVersion.V4, true, 2, 500, 500, 7);
        packets[1][offset] += by;
        Repair(packets[1], Ipv4Tcp);
        var joiner = new SegmentJoiner();
        joiner.TryAdd(packets[0]).Should().BeTrue();

        joiner.TryAdd(packets[1]).Should().BeFalse(what);

        joiner.Take(out _).ToArray().Should().Equal(packets[0]);
        joiner.TryAdd(packets[1]).Should().BeTrue("it may be the first of others");
    }

    [TestCase("SYN", 33, 0x12)]
    [TestCase("FIN", 33, 0x11)]
    [TestCase("RST", 33, 0x14)]
    [TestCase("URG", 33, 0x30)]
    [TestCase("congestion", 33, 0x50)]
    [TestCase("UDP", 9, 17)]
    [TestCase("a fragment", 6, 0x20)]
    [TestCase("a shorter declared length", 3, 200)]
    public void WhatIsNoPlainDataIsNotJoined(string what, int offset, byte value)
    {
        var packet = Stream(IpVersion.V4, true, 1, 500, 500, 7)[0];
        packet[offset] = value;
        Repair(packet, Ipv4Tcp);

        new SegmentJoiner().TryAdd(packet).Should().BeFalse(what);
    }

    [TestCase(100)]
    [TestCase(10)]
    [TestCase(36)]
    public void WhatIsDamagedIsNotJoined(int offset)
    {
        var packet = Stream(IpVersion.V4, true, 1, 500, 500, 7)[0];
        packet[offset] ^= 1;

        new SegmentJoiner().TryAdd(packet).Should().BeFalse("the system would believe the checksum");
    }

    [Test]
    public void NoMoreIsJoinedThanAPacketCanHold()
    {
        var packets = Stream(IpVersion.V4, true, 60, 1400, 1400, 7);
        var joiner = new SegmentJoiner();

        var count = packets.TakeWhile(packet => joiner.TryAdd(packet)).Count();

        joiner.Take(out _).Length.Should().BeInRange(65535 - 1400, 65535);
        count.Should().Be((65535 - 52) / 1400);
    }

    [Test]
    public void OnlyTheFirstSegmentSaysThatTheWindowWasReducedAndOnlyTheLastThatAllIsSaid()
    {
        var joined = Stream(IpVersion.V4, true, 1, 300, 300, 7)[0];
        joined[33] = 0x99;

        var segments = Split(new(1, OffloadHeader.TcpOverIpv4 | 0x80, 52, 100, Ipv4Tcp, 16), joined);

        segments.Select(segment => segment[33]).Should().Equal(0x90, 0x10, 0x19);
        segments.Should().OnlyContain(segment => UpperLayerChecksum.IsRight(segment));
    }

    [Test]
    public void AChecksumThatWasLeftOutIsMade()
    {
        var packet = Stream(IpVersion.V6, true, 1, 300, 300, 7)[0];
        var right = packet.ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(Ipv6Tcp + 16), (ushort)SegmentSplitter.PseudoHeader(packet, Ipv6Tcp));

        Split(new(OffloadHeader.NeedsChecksum, 0, 0, 0, Ipv6Tcp, 16), packet).Should().ContainSingle().Which.Should().Equal(right);
    }

    [Test]
    public void AHeaderThatDoesNotFitItsPacketIsRefusedOrHarmless() =>
        Gen.Select(Gen.Byte, Gen.Byte, Gen.UShort, Gen.UShort, Gen.UShort[0, 200], Gen.Byte.Array[0, 150]).Sample((flags, kind, segment, offset, start, packet) =>
        {
            var pieces = Split(new(flags, kind, 0, segment, start, offset), packet);

            pieces.Sum(piece => piece.Length).Should().BeLessThanOrEqualTo((packet.Length + 1) * 150);
        }, iter: 5000);

    private static List<byte[]> Split(OffloadHeader header, byte[] packet)
    {
        var splitter = new SegmentSplitter();
        var pieces = new List<byte[]>();
        if (splitter.TryTake(header, packet, out var whole) && !whole.IsEmpty)
        {
            pieces.Add(whole.ToArray());
        }

        while (splitter.HasMore)
        {
            pieces.Add(splitter.Next().ToArray());
        }

        return pieces;
    }

    /// <summary>Segments of one connection, with timestamps.</summary>
    private static byte[][] Stream(IpVersion version, bool dontFragment, int count, int size, int last, uint sequence)
    {
        var tcp = version == IpVersion.V4 ? Ipv4Tcp : Ipv6Tcp;
        var packets = new byte[count][];
        for (var i = 0; i < count; i++)
        {
            var payload = i == count - 1 ? last : size;
            var packet = packets[i] = new byte[tcp + 20 + Timestamps + payload];
            if (version == IpVersion.V4)
            {
                (Ipv4Header.For(TunnelPolicy.WestHost, TunnelPolicy.EastHost, IpProtocol.Tcp, packet.Length - tcp, identification: (ushort)(65530 + i)) with
                {
                    DontFragment = dontFragment,
                }).Write(packet);
            }
            else
            {
                Ipv6Header.For(AddressNumber.Parse("2001:db8::1"), AddressNumber.Parse("2001:db8::2"), IpProtocol.Tcp, packet.Length - tcp).Write(packet);
            }

            var segment = packet.AsSpan(tcp);
            BinaryPrimitives.WriteUInt16BigEndian(segment, 40000);
            BinaryPrimitives.WriteUInt16BigEndian(segment[2..], 5201);
            BinaryPrimitives.WriteUInt32BigEndian(segment[4..], unchecked(sequence + (uint)(i * size)));
            segment[12] = (20 + Timestamps) / 4 << 4;
            segment[13] = (byte)(i == count - 1 ? 0x18 : 0x10);
            segment[20] = segment[21] = 1;
            segment[22] = 8;
            segment[23] = 10;
            for (var j = 0; j < payload; j++)
            {
                segment[20 + Timestamps + j] = (byte)((i * 7) + j);
            }

            Repair(packet, tcp);
        }

        return packets;
    }

    private static void Repair(byte[] packet, int tcp)
    {
        if (tcp == Ipv4Tcp)
        {
            IpPacketHead.WriteIpv4Checksum(packet);
        }

        var field = packet.AsSpan(tcp + 16);
        BinaryPrimitives.WriteUInt16BigEndian(field, 0);
        BinaryPrimitives.WriteUInt16BigEndian(field, InternetChecksum.Compute(packet.AsSpan(tcp), SegmentSplitter.PseudoHeader(packet, tcp)));
    }
}
