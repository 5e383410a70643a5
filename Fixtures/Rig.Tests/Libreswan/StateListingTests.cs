// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Fixtures.Rig.Libreswan;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using Cookie = Ipsec.Wire.Isakmp.Cookie;

namespace Ipsec.Fixtures.Rig.Tests.Libreswan;

/// <summary>Pluto's list of states, with its log, as a witness.</summary>
[TestFixture]
public sealed class StateListingTests
{
    private const string Printed =
        """
        000 #5: "s1-00001-ike":500 STATE_MAIN_I4 (IKE SA established); REPLACE in 27767s; newest; lastdpd=-1s(seq in:0 out:0); idle;
        000 #5: pending Phase 2 for "s1-00001-ike"
        000 #6: "s1-00001-net":4500 STATE_QUICK_I2 (IPsec SA established); REPLACE in 3240s; ISAKMP SA #5; idle;
        000 #6: "s1-00001-net" esp.9c63a1bb@198.51.100.17 esp.33c05dcd@198.51.100.3 tun.0@198.51.100.17 tun.0@198.51.100.3 Traffic: ESPin=0B ESPout=0B ESPmax=2^63B 
        000 #8: "s1-00001-net"[2] 198.51.100.17:4500 STATE_QUICK_R2 (IPsec SA established); EXPIRE in 12s; newest; eroute owner; ISAKMP SA #5; idle;
        000 #8: "s1-00001-net"[2] 198.51.100.17 ah.0a6f256b@198.51.100.17 ah.b3b1045b@198.51.100.3 Traffic: AHin=0B AHout=0B AHmax=2^63B 
        000 #9: "s1-00001-other":500 STATE_QUICK_R1 (sent Quick Mode reply, inbound IPsec SA installed, expecting confirmation); RETRANSMIT in 0s; ISAKMP SA #5; idle;
        000 #9: "s1-00001-other" esp.11111111@198.51.100.17 esp.22222222@198.51.100.3 tun.0@198.51.100.17 tun.0@198.51.100.3 Traffic: ESPin=0B
        000 #10: "s1-00001-other":500 STATE_AGGR_R1 (sent Aggressive Mode response, expecting confirmation); DISCARD in 8s; nodpd; idle;
        000 #11: "s2-00002-net":500 STATE_MAIN_R3 (IKE SA established); REPLACE in 28527s; newest; idle;

        """;

    private const string Log =
        """
        Nov 23 21:42:56.970883: | entry state hash_table_entries.ike_spis@0x552ad8b530 "s1-00001-ike" #5: 00 00 00 00  00 00 00 00  00 00 00 00  00 00 00 00 initialized
        Nov 23 21:42:56.970884: | entry state hash_table_entries.ike_spis@0x552ad8b530 "s1-00001-ike" #5: 70 c3 c6 05  08 de bb 39  00 00 00 00  00 00 00 00 added to hash table bucket 0x55
        Nov 23 21:42:56.970885: | entry state hash_table_entries.ike_spis@0x552ad8b530 "s1-00001-ike" #5: 70 c3 c6 05  08 de bb 39  a0 d3 02 ca  54 2d d4 56 added to hash table bucket 0x552ac90360
        Nov 23 21:42:57.022338: "s1-00001-ike" #5: IKE SA established {auth=PRESHARED_KEY cipher=AES_CBC_128 integ=HMAC_SHA2_256 group=DH19}
        Nov 23 21:42:57.061798: "s1-00001-net" #6: IPsec SA established tunnel mode {ESPinUDP=>0x9c63a1bb <0x33c05dcd xfrm=AES_GCM_16_128-NONE NATD=198.51.100.17:4500 DPD=passive}
        Nov 23 21:42:57.061799: "s1-00001-net"[2] 198.51.100.17 #8: IPsec SA established transport mode {AH=>0x0a6f256b <0xb3b1045b xfrm=HMAC_SHA1_96 DPD=passive}
        Nov 23 21:42:57.061800: "s1-00001-ike" #5: XAUTH: User someone: Authentication Successful
        """;

    private static readonly PlutoNotes Notes = Read();

    [Test]
    public void IkeSasOfTheScenarioAlone()
    {
        var sas = List().IkeSas;
        sas.Should().HaveCount(2);
        sas[0].Should().Match<Beds.PeerIkeSa>(sa => sa.IsInitiator && sa.IsEstablished && sa.Remote!.Port == 500 && sa.SecondsToRekey == 27767 && sa.RemoteUser == "someone");
        sas[0].InitiatorCookie.Should().Be(new Cookie(0x70c3c60508debb39));
        sas[0].ResponderCookie.Should().Be(new Cookie(0xa0d302ca542dd456));
        sas[0].Encryption.Should().Be(EncryptionAlgorithm.Named("AES-CBC-128"));
        sas[0].Hash.Should().Be(PrfAlgorithm.Named("HMAC-SHA2-256"));
        sas[0].Group.Should().Be(KeyExchangeMethod.Named("ECP-256"));
        sas[1].Should().Match<Beds.PeerIkeSa>(sa => !sa.IsInitiator && !sa.IsEstablished);
    }

    [Test]
    public void IpsecSasThatAreEstablished()
    {
        var sas = List().ChildSas;
        sas.Should().HaveCount(2, "one that waits for the last message of quick mode is none yet");
        sas[0].Should().Match<Beds.PeerChildSa>(sa =>
            sa.Child == "net" && sa.InboundSpi == 0x33c05dcd && sa.OutboundSpi == 0x9c63a1bb && sa.Protocol == IpProtocol.Esp && sa.Mode == SaMode.Tunnel && sa.IsUdpEncapsulated && sa.IsReplaced);
        sas[0].Encryption.Should().Be(EncryptionAlgorithm.Named("AES-GCM-16-128"));
        sas[0].Integrity.Should().BeNull();
        sas[1].Should().Match<Beds.PeerChildSa>(sa =>
            sa.InboundSpi == 0xb3b1045b && sa.OutboundSpi == 0x0a6f256b && sa.Protocol == IpProtocol.Ah && sa.Mode == SaMode.Transport && !sa.IsReplaced && sa.SecondsToEnd == 12 && sa.SecondsToRekey == null);
        sas[1].Encryption.Should().BeNull();
        sas[1].Integrity.Should().Be(IntegrityAlgorithm.Named("HMAC-SHA1-96"));
    }

    [Test]
    public void CookiesOfVersion5AreThoseOfTheMessageThatIsAnswered()
    {
        var notes = new PlutoNotes();
        string[] lines =
        [
            "1: |    initiator SPI: 32 1e 9c b3  fc 80 a6 ad",
            "2: |    responder SPI: 00 00 00 00  00 00 00 00",
            "3: | parent state #26: UNDEFINED(ignore) => MAIN_R0(half-open IKE SA)",
            "4: |    initiator SPI: 32 1e 9c b3  fc 80 a6 ad",
            "5: |    responder SPI: 18 70 67 02  7e 26 c2 4e",
            "6: | parent state #27: MAIN_R2(open IKE SA) => MAIN_R3(established IKE SA)",
        ];
        foreach (var line in lines)
        {
            notes.Take(line);
        }

        notes.Of(26).ResponderCookie.Should().BeNull();
        notes.Of(27).InitiatorCookie.Should().Be(new Cookie(0x321e9cb3fc80a6ad));
        notes.Of(27).ResponderCookie.Should().Be(new Cookie(0x187067027e26c24e));
    }

    [TestCase("021 no connection named \"a\"\n", 0, "no connection named \"a\"")]
    [TestCase("002 \"a\": terminating SAs using this connection\n", 0, null)]
    [TestCase("104 \"a\" #1: initiating IKEv1 Main Mode connection\n", 0, null)]
    [TestCase("certutil: no such thing\n", 255, "certutil: no such thing")]
    public void WhacksCodesTellARefusal(string text, int status, string? refusal) => new PlutoReply(status, text).Refusal.Should().Be(refusal);

    [Test]
    public void TheLogOfAScenarioIsItsOwn()
    {
        string[] lines =
        [
            "1: \"s1-00001-net\": added IKEv1 connection",
            "2: | of the first",
            "3: \"s2-00002-net\": added IKEv1 connection",
            "4: | of the second",
            "5: | *received 76 bytes from 198.51.100.17:500 on eth0 198.51.100.3:500 using UDP",
            "6: | of the first again",
            "7: | *received 76 bytes from 198.51.100.170:500 on eth0 198.51.100.3:500 using UDP",
            "8: | of a third",
            "9: loading secrets from \"/etc/ipsec.d/s1-00001.secrets\"",
        ];
        PlutoLogFilter.Filter(lines, "s1-00001", Sides).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[0]).Should().Equal('1', '2', '5', '6');
    }

    private static (System.Net.IPAddress, System.Net.IPAddress) Sides => (new([198, 51, 100, 3]), new([198, 51, 100, 17]));

    private static Beds.PeerSas List() => StateListing.Read(Printed, "s1-00001", Notes, Sides);

    private static PlutoNotes Read()
    {
        var notes = new PlutoNotes();
        foreach (var line in Log.Split('\n'))
        {
            notes.Take(line);
        }

        return notes;
    }
}
