// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Rig.Target;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Rig.Tests.Target;

/// <summary>Packets of scenarios that have ended are told from this one's.</summary>
public sealed class EarlierScenariosTests
{
    private const ulong OldCookie = 0x0102030405060708;
    private const uint OldSpi = 0xc0ffee01;

    private static readonly byte[] OldIke = [1, 2, 3, 4, 5, 6, 7, 8, 0, 0];
    private static readonly byte[] NewIke = [9, 2, 3, 4, 5, 6, 7, 8, 0, 0];
    private static readonly byte[] OldEsp = [0xc0, 0xff, 0xee, 0x01, 0, 0, 0, 1];
    private static readonly byte[] NewEsp = [0xc0, 0xff, 0xee, 0x02, 0, 0, 0, 1];

    private EarlierScenarios _earlier = null!;

    [SetUp]
    public void Make()
    {
        _earlier = new EarlierScenarios();
        _earlier.Add([OldCookie], [OldSpi]);
    }

    [Test]
    public void IkeIsToldByItsCookieOnBothPorts()
    {
        _earlier.Have(Udp(500, OldIke)).Should().BeTrue();
        _earlier.Have(Udp(500, NewIke)).Should().BeFalse();
        _earlier.Have(Udp(4500, [0, 0, 0, 0, .. OldIke])).Should().BeTrue();
        _earlier.Have(Udp(4500, [0, 0, 0, 0, .. NewIke])).Should().BeFalse();
        _earlier.Have(Udp(53, OldIke)).Should().BeFalse("that is no IKE");
    }

    [Test]
    public void EspAndAhAreToldByTheirSpi()
    {
        _earlier.Have(Packet(IpProtocol.Esp, OldEsp)).Should().BeTrue();
        _earlier.Have(Packet(IpProtocol.Esp, NewEsp)).Should().BeFalse();
        _earlier.Have(Udp(4500, OldEsp)).Should().BeTrue();
        _earlier.Have(Udp(4500, NewEsp)).Should().BeFalse();
        _earlier.Have(Packet(IpProtocol.Ah, [50, 4, 0, 0, .. OldEsp])).Should().BeTrue();
        _earlier.Have(Packet(IpProtocol.Ah, [50, 4, 0, 0, .. NewEsp])).Should().BeFalse();
    }

    [Test]
    public void WhateverIsTooShortIsNobodys()
    {
        byte[][] whole = [Udp(500, OldIke), Udp(4500, OldEsp), Packet(IpProtocol.Esp, OldEsp), Packet(IpProtocol.Ah, [50, 4, 0, 0, .. OldEsp])];
        foreach (var packet in whole)
        {
            for (var length = 0; length < packet.Length; length++)
            {
                var cut = () => _earlier.Have(packet.AsSpan(0, length));
                cut.Should().NotThrow();
            }
        }
    }

    private static byte[] Udp(int port, byte[] payload)
    {
        var (from, to) = (Profiles.Device, new IPAddress([198, 51, 100, 1]));
        var body = new byte[UdpHeader.Size + payload.Length];
        payload.CopyTo(body, UdpHeader.Size);
        UdpHeader.Write(body, (ushort)port, (ushort)port, from, to);
        return Packet(IpProtocol.Udp, body);
    }

    private static byte[] Packet(IpProtocol protocol, byte[] body)
    {
        var packet = new byte[Ipv4Header.MinSize + body.Length];
        Ipv4Header.For(Profiles.Device, new IPAddress([198, 51, 100, 1]), protocol, body.Length).Write(packet);
        body.CopyTo(packet, Ipv4Header.MinSize);
        return packet;
    }
}
