// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Rig.Tests.Containers;

/// <summary>The kernel's SA database as a witness.</summary>
[TestFixture]
public sealed class XfrmStatesTests
{
    private const string Printed =
        """
        src 198.51.100.17 dst 198.51.100.2
        	proto esp spi 0xc5a53b37(3315940151) reqid 1(0x00000001) mode tunnel
        	replay-window 32 seq 0x00000000 flag af-unspec (0x00100000)
        	aead rfc4106(gcm(aes)) 0x000102030405060708090a0b0c0d0e0fa0a1a2a3 (160 bits) 128
        	encap type espinudp sport 4500 dport 61000 addr 0.0.0.0
        	anti-replay context: seq 0x1, oseq 0x0, bitmap 0x00000001
        	lifetime config:
        	  limit: soft (INF)(bytes), hard (INF)(bytes)
        src 198.51.100.2 dst 198.51.100.17
        	proto esp spi 0x0000abcd(43981) reqid 1(0x00000001) mode transport
        	replay-window 0 seq 0x00000000 flag esn align4 (0x00000080)
        	auth-trunc hmac(sha256) 0x0011 (16 bits) 128
        	enc cbc(aes) 0x2233 (16 bits)
        	sel src 198.51.100.2/32 dst 198.51.100.17/32
        src 198.51.100.17 dst 198.51.100.2
        	proto ah spi 0x00001000(4096) reqid 2(0x00000002) mode tunnel
        	replay-window 32 seq 0x00000000 flag af-unspec (0x00100000)
        	auth-trunc hmac(sha1) 0x445566 (24 bits) 96
        src 198.51.100.17 dst 198.51.100.2
        	proto esp spi 0x00002000(8192) reqid 2(0x00000002) mode tunnel
        	replay-window 32 seq 0x00000000 flag af-unspec (0x00100000)
        	auth-trunc hmac(md5) 0x77 (8 bits) 96
        	enc ecb(cipher_null)
        src 198.51.100.17 dst 198.51.100.2
        	proto esp spi 0x00003000(12288) reqid 0(0x00000000) mode transport
        	replay-window 0 seq 0x00000000
        	sel src 0.0.0.0/0 dst 0.0.0.0/0
        src 198.51.100.18 dst 198.51.100.2
        	proto esp spi 0x00004000(16384) reqid 3(0x00000003) mode tunnel
        	replay-window 32 seq 0x00000000 flag af-unspec (0x00100000)
        	aead rfc4106(gcm(aes)) 0x00 (8 bits) 128

        """;

    private static readonly IPAddress East = new([198, 51, 100, 2]);
    private static readonly IPAddress West = new([198, 51, 100, 17]);

    [Test]
    public void EveryKindOfSaIsRead() => XfrmStates.Read(Printed, West).Should().BeEquivalentTo(
        [
            new PeerSaKeys
            {
                Source = West,
                Destination = East,
                Protocol = IpProtocol.Esp,
                Spi = 0xc5a53b37,
                Mode = SaMode.Tunnel,
                EncryptionKey = Convert.FromHexString("000102030405060708090a0b0c0d0e0fa0a1a2a3"),
                IcvBits = 128,
                Udp = (4500, 61000),
            },
            new PeerSaKeys
            {
                Source = East,
                Destination = West,
                Protocol = IpProtocol.Esp,
                Spi = 0xabcd,
                Mode = SaMode.Transport,
                EncryptionKey = [0x22, 0x33],
                IntegrityKey = [0x00, 0x11],
                IcvBits = 128,
                HasExtendedSequenceNumbers = true,
            },
            new PeerSaKeys { Source = West, Destination = East, Protocol = IpProtocol.Ah, Spi = 0x1000, Mode = SaMode.Tunnel, IntegrityKey = [0x44, 0x55, 0x66], IcvBits = 96 },
            new PeerSaKeys { Source = West, Destination = East, Protocol = IpProtocol.Esp, Spi = 0x2000, Mode = SaMode.Tunnel, IntegrityKey = [0x77], IcvBits = 96 },
        ],
        options => options.WithStrictOrdering());

    [Test]
    public void NothingIsNothing() => XfrmStates.Read("", West).Should().BeEmpty();
}
