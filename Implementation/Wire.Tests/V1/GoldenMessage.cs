// SPDX-License-Identifier: Apache-2.0
using System.Net;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using Cookie = Ipsec.Wire.Isakmp.Cookie;

namespace Ipsec.Wire.Tests.V1;

/// <summary>Whole messages in clear, laid out by hand as the daemons in the field send them.</summary>
internal sealed record GoldenMessage(string Name, string Hex, IsakmpMessage Model)
{
    public static GoldenMessage MainModeFirst { get; } = new(
        "Main Mode, first message",
        """
        1f2e3d4c5b6a7988 0000000000000000 01 10 02 00 00000000 000000f0
        0d 00 0060 00000001 00000001                ; SA, a vendor id follows
        00 00 0054 01 01 00 02                      ; proposal 1, ISAKMP, two transforms
        03 00 0024 01 01 0000 8001 0007 800e 0080 8002 0004 8004 000e 8003 0001 800b 0001 800c 7080
        00 00 0028 02 01 0000 800b 0001 000c 0004 00015180 8001 0007 8002 0002 8003 0001 8004 0013 800e 0100
        0d 00 000c 09002689dfd6b712                 ; XAUTH
        0d 00 0014 afcad71368a1f1c96b8696fc77570100 ; DPD
        0d 00 0018 4048b7d56ebce88525e7de7f00d6c2d3 80000000 ; IKE fragmentation
        0d 00 0014 4a131c81070358455c5728f20e95452f ; RFC 3947
        0d 00 0014 90cb80913ebb696e086381b5ec427b1f ; draft-ietf-ipsec-nat-t-ike-02 with a line feed
        00 00 0014 882fe56d6fd20dbc2251613b2ebe5beb ; strongSwan
        """,
        new IsakmpMessage(
            Header(0, PayloadType.Sa, ExchangeType.IdentityProtection, 0, 240),
            [
                new SaPayload(
                    1, 1, [new Proposal(1, ProtocolId.Isakmp, default, [Transforms.Phase1Aes128(1), Transforms.Phase1Aes256(2)])]),
                VendorId("09002689dfd6b712"),
                VendorId("afcad71368a1f1c96b8696fc77570100"),
                VendorId("4048b7d56ebce88525e7de7f00d6c2d380000000"),
                VendorId("4a131c81070358455c5728f20e95452f"),
                VendorId("90cb80913ebb696e086381b5ec427b1f"),
                VendorId("882fe56d6fd20dbc2251613b2ebe5beb"),
            ]));

    public static GoldenMessage MainModeThird { get; } = new(
        "Main Mode, third message",
        """
        1f2e3d4c5b6a7988 8897a6b5c4d3e2f1 04 10 02 00 00000000 00000054
        0a 00 000c 0101010101010101     ; KE (shortened)
        14 00 000c 0202020202020202     ; NONCE
        14 00 0010 030303030303030303030303  ; NAT-D
        00 00 0010 040404040404040404040404  ; NAT-D
        """,
        new IsakmpMessage(
            Header(0x8897a6b5c4d3e2f1, PayloadType.KeyExchange, ExchangeType.IdentityProtection, 0, 84),
            [
                new KeyExchangePayload(Filled(8, 1)),
                new NoncePayload(Filled(8, 2)),
                new NatDiscoveryPayload(Filled(12, 3)),
                new NatDiscoveryPayload(Filled(12, 4)),
            ]));

    public static GoldenMessage QuickModeFirst { get; } = new(
        "Quick Mode, first message after decryption",
        """
        1f2e3d4c5b6a7988 8897a6b5c4d3e2f1 08 10 20 01 a1b2c3d4 000000a4
        01 00 0018 0505050505050505050505050505050505050505 ; HASH(1)
        0a 00 003c 00000001 00000001                        ; SA
        00 00 0030 01 03 04 01 c1c2c3c4
        00 00 0024 01 0c 0000 8004 0001 8005 0005 8006 0100 8001 0001 0002 0004 00015180 8003 000e
        05 00 0014 06060606060606060606060606060606         ; NONCE
        05 00 0010 04 00 0000 c6120100 ffffff00             ; IDci 198.18.1.0/24
        00 00 0010 04 00 0000 c6120200 ffffff00             ; IDcr 198.18.2.0/24
        """,
        new IsakmpMessage(
            Header(0x8897a6b5c4d3e2f1, PayloadType.Hash, ExchangeType.QuickMode, 0xa1b2c3d4, 164) with { Flags = IsakmpFlags.Encryption },
            [
                new HashPayload(Filled(20, 5)),
                new SaPayload(1, 1, [new Proposal(1, ProtocolId.Esp, Tests.Hex.Bytes("c1c2c3c4"), [Transforms.EspAesCbc256(1)])]),
                new NoncePayload(Filled(16, 6)),
                IdentificationPayload.Ipv4Subnet(IPAddress.Parse("198.18.1.0"), 24),
                IdentificationPayload.Ipv4Subnet(IPAddress.Parse("198.18.2.0"), 24),
            ]));

    public static GoldenMessage Deletion { get; } = new(
        "Informational with N and D",
        """
        1f2e3d4c5b6a7988 8897a6b5c4d3e2f1 0b 10 05 00 00000042 00000044
        0c 00 000c 00000001 01 00 6002
        00 00 001c 00000001 01 10 0001 1f2e3d4c5b6a7988 8897a6b5c4d3e2f1
        """,
        new IsakmpMessage(
            Header(0x8897a6b5c4d3e2f1, PayloadType.Notification, ExchangeType.Informational, 0x42, 68),
            [
                new NotificationPayload(1, ProtocolId.Isakmp, default, NotifyType.InitialContact, default),
                new DeletePayload(1, ProtocolId.Isakmp, 16, [Tests.Hex.Bytes("1f2e3d4c5b6a79888897a6b5c4d3e2f1")]),
            ]));

    public static GoldenMessage Empty { get; } = new(
        "a header alone",
        "1f2e3d4c5b6a7988 0000000000000000 00 10 02 00 00000000 0000001c",
        new IsakmpMessage(Header(0, PayloadType.None, ExchangeType.IdentityProtection, 0, 28), []));

    public static IReadOnlyList<GoldenMessage> All { get; } = [MainModeFirst, MainModeThird, QuickModeFirst, Deletion, Empty];

    public byte[] Bytes => Tests.Hex.Bytes(Hex);

    public override string ToString() => Name;

    private static IsakmpHeader Header(ulong responder, PayloadType next, ExchangeType exchange, uint messageId, uint length) => new(
        new Cookie(0x1f2e3d4c5b6a7988),
        new Cookie(responder),
        next,
        IsakmpHeader.Version10,
        exchange,
        IsakmpFlags.None,
        messageId,
        length);

    private static VendorIdPayload VendorId(string hex) => new(Tests.Hex.Bytes(hex));

    private static byte[] Filled(int count, byte value) => [.. Enumerable.Repeat(value, count)];
}
