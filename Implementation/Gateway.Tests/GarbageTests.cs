// SPDX-License-Identifier: Apache-2.0

using System.Net;
using CsCheck;
using Ipsec.Wire.Ip;

namespace Ipsec.Gateway.Tests;

/// <summary>Whatever strangers send to either port, and as whatever protocol: nothing throws, and the tunnel stays.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class GarbageTests
{
    private static readonly IPEndPoint West = new(IPAddress.Parse("198.51.100.10"), 500);
    private static readonly IPEndPoint East = new(IPAddress.Parse("198.51.100.2"), 500);

    private static readonly Gen<byte[]> Datagrams = Gen.OneOf(
        Gen.Byte.Array[0, 200],
        Gen.Byte.Array[0, 100].Select(bytes => (byte[])[0, 0, 0, 0, .. bytes]),
        Gen.Select(Gen.Byte.Array[16, 16], Gen.Byte, Gen.Byte, Gen.Byte.Array[0, 100]).Select(
            (cookies, exchange, flags, rest) => (byte[])[.. cookies, 1, 0x10, exchange, flags, 0, 0, 0, 0, 0, 0, 0, (byte)(28 + rest.Length), .. rest]));

    private static readonly Gen<(int Port, byte[] Data, bool IsFromPeer)> Strangers =
        Gen.Select(Gen.OneOf<int>(500, 4500), Datagrams, Gen.Bool);

    private static readonly Gen<byte[]> Packets = Gen.OneOf(
        Gen.Byte.Array[0, 120],
        Gen.Select(Gen.Byte, Gen.Byte.Array[0, 120]).Select((protocol, bytes) => Packet((IpProtocol)protocol, bytes)),
        Gen.Select(Gen.OneOf<IpProtocol>(IpProtocol.Esp, IpProtocol.Ah, IpProtocol.Udp), Gen.Byte.Array[0, 120]).Select(Packet));

    [Test]
    public void DatagramsAndPackets()
    {
        Gen.Select(Strangers.Array[1, 20], Packets.Array[1, 20]).Sample(
            (datagrams, packets) =>
            {
                using var pair = Pair.OnOneNetwork(West, East);
                pair.Add(TunnelPolicy.West(West, East) with { NatTraversal = new() }, TunnelPolicy.East(West, East) with { NatTraversal = new() });
                pair.Connect();
                foreach (var (port, data, isFromPeer) in datagrams)
                {
                    pair.East.OnUdp(new(East.Address, port), isFromPeer ? West : new(IPAddress.Parse("198.51.100.66"), 500), data);
                }

                foreach (var packet in packets)
                {
                    pair.East.OnPacket(packet);
                }

                pair.Ping(TunnelPolicy.WestHost, TunnelPolicy.EastHost).Should().BeTrue();
                pair.SeenByEast.Delivered.Should().ContainSingle("nothing of it was let in");
            },
            iter: 200);
    }

    private static byte[] Packet(IpProtocol protocol, byte[] payload)
    {
        var packet = new byte[Ipv4Header.MinSize + payload.Length];
        Ipv4Header.For(West.Address, East.Address, protocol, payload.Length).Write(packet);
        payload.CopyTo(packet.AsSpan(Ipv4Header.MinSize));
        return packet;
    }
}
