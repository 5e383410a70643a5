// SPDX-License-Identifier: Apache-2.0
using System.Net;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Wire.Tests.V1;

/// <summary>One payload, its octets laid out by hand from the RFC, and the model that says the same.</summary>
internal sealed record GoldenPayload(string Name, string Hex, Payload Model)
{
    public static IReadOnlyList<GoldenPayload> All { get; } =
    [
        new(
            "SA of phase 1",
            """
            00 00 0038              ; 56 octets
            00000001 00000001       ; IPsec DOI, identity only
            00 00 002c 01 01 00 01  ; proposal 1, ISAKMP, no SPI, one transform
            00 00 0024 01 01 0000   ; transform 1, KEY_IKE
            8001 0007               ; AES-CBC
            800e 0080               ; 128 bits
            8002 0004               ; SHA2-256
            8004 000e               ; group 14
            8003 0001               ; pre-shared key
            800b 0001               ; seconds
            800c 7080               ; 28800
            """,
            new SaPayload(1, 1, [new Proposal(1, ProtocolId.Isakmp, default, [Transforms.Phase1Aes128(1)])])),
        new(
            "SA of Quick Mode with two proposals",
            """
            00 00 0080              ; 128 octets
            00000001 00000001
            02 00 0050 01 03 04 02  ; proposal 1, ESP, 4-octet SPI, two transforms, another follows
            c1c2c3c4
            03 00 0024 01 0c 0000   ; transform 1, AES-CBC
            8004 0001               ; tunnel
            8005 0005               ; HMAC-SHA2-256
            8006 0100               ; 256 bits
            8001 0001               ; seconds
            0002 0004 00015180      ; 86400 as TLV
            8003 000e               ; group 14
            00 00 0020 02 14 0000   ; transform 2, AES-GCM-16
            8004 0001 8006 0080 8001 0001 0002 0004 00015180 800b 0001
            00 00 0024 02 02 04 01  ; proposal 2, AH
            d1d2d3d4
            00 00 0018 01 05 0000   ; SHA2-256
            8004 0001 8005 0005 8001 0001 8002 0e10
            """,
            new SaPayload(
                1,
                1,
                [
                    new Proposal(
                        1, ProtocolId.Esp, Tests.Hex.Bytes("c1c2c3c4"), [Transforms.EspAesCbc256(1), Transforms.EspAesGcm128(2)]),
                    new Proposal(2, ProtocolId.Ah, Tests.Hex.Bytes("d1d2d3d4"), [Transforms.AhSha256(1)]),
                ])),
        new(
            "SA with reserved fields set",
            """
            00 a1 0030
            00000001 00000001
            00 a2 0024 07 03 00 02
            03 a3 0010 01 0c a4a5
            0006 0004 aabbccdd      ; key length as TLV: illegal, but representable
            00 a6 000c 01 0c 0000
            c001 ffff               ; type 0x4001 with the AF bit
            """,
            new SaPayload(
                1,
                1,
                [
                    new Proposal(
                        7,
                        ProtocolId.Esp,
                        default,
                        [
                            new Transform(1, 12, [DataAttribute.Variable(6, 0xaabbccddu)]) { Reserved = 0xa3, Reserved2 = 0xa4a5 },
                            new Transform(1, 12, [DataAttribute.Basic(0x4001, 0xffff)]) { Reserved = 0xa6 },
                        ])
                    {
                        Reserved = 0xa2,
                    },
                ])
            {
                Reserved = 0xa1,
            }),
        new(
            "SA of another DOI",
            "00 00 0011 00000002 00000001 0102030405",
            new SaPayload(2, 1, []) { Opaque = Tests.Hex.Bytes("0102030405") }),
        new(
            "SA with security labels",
            "00 00 0014 00000001 00000003 00000000 00000000",
            new SaPayload(1, 3, []) { Opaque = new byte[8] }),
        new("SA without proposals", "00 00 000c 00000001 00000001", new SaPayload(1, 1, [])),
        new("KE", "00 00 000c 1122334455667788", new KeyExchangePayload(Tests.Hex.Bytes("1122334455667788"))),
        new("KE without value", "00 00 0004", new KeyExchangePayload(default)),
        new(
            "ID of an IPv4 address",
            "00 00 000c 01 11 01f4 c6336401",
            IdentificationPayload.Ipv4Address(IPAddress.Parse("198.51.100.1"), protocolId: 17, port: 500)),
        new(
            "ID of an IPv4 subnet",
            "00 00 0010 04 00 0000 c6120100 ffffff00",
            IdentificationPayload.Ipv4Subnet(IPAddress.Parse("198.18.1.0"), 24)),
        new("ID of a name", "00 00 0014 02 00 0000 776573742e6578616d706c65", IdentificationPayload.Fqdn("west.example")),
        new(
            "ID with data that do not fit its type",
            "00 00 0009 05 06 0016 aa",
            new IdentificationPayload(IdType.Ipv6Address, 6, 22, Tests.Hex.Bytes("aa"))),
        new("CERT", "00 00 0009 04 30020500", new CertificatePayload((byte)CertificateEncoding.X509Signature, Tests.Hex.Bytes("30020500"))),
        new("CR for any authority", "00 00 0005 04", new CertificateRequestPayload(4, default)),
        new("CR", "00 00 0007 04 3000", new CertificateRequestPayload(4, Tests.Hex.Bytes("3000"))),
        new("HASH", "00 00 0008 a0a1a2a3", new HashPayload(Tests.Hex.Bytes("a0a1a2a3"))),
        new("SIG", "00 00 0008 b0b1b2b3", new SignaturePayload(Tests.Hex.Bytes("b0b1b2b3"))),
        new("NONCE", "00 ff 000c c0c1c2c3c4c5c6c7", new NoncePayload(Tests.Hex.Bytes("c0c1c2c3c4c5c6c7")) { Reserved = 0xff }),
        new(
            "N of a refused proposal",
            "00 00 0010 00000001 03 04 000e c1c2c3c4",
            new NotificationPayload(1, ProtocolId.Esp, Tests.Hex.Bytes("c1c2c3c4"), NotifyType.NoProposalChosen, default)),
        new(
            "N R-U-THERE",
            "00 00 0020 00000001 01 10 8d28 0123456789abcdef fedcba9876543210 00000007",
            new NotificationPayload(
                1,
                ProtocolId.Isakmp,
                Tests.Hex.Bytes("0123456789abcdeffedcba9876543210"),
                NotifyType.RUThere,
                Tests.Hex.Bytes("00000007"))),
        new(
            "D of two ESP SAs",
            "00 00 0014 00000001 03 04 0002 c1c2c3c4 d1d2d3d4",
            new DeletePayload(1, ProtocolId.Esp, 4, [Tests.Hex.Bytes("c1c2c3c4"), Tests.Hex.Bytes("d1d2d3d4")])),
        new("D of nothing", "00 00 000c 00000001 03 00 0000", new DeletePayload(1, ProtocolId.Esp, 0, [])),
        new(
            "VID of RFC 3947",
            "00 00 0014 4a131c81070358455c5728f20e95452f",
            new VendorIdPayload(Tests.Hex.Bytes("4a131c81070358455c5728f20e95452f"))),
        new(
            "ATTR asking for name and password",
            "00 00 0014 01 5a 0203 c088 0000 4089 0000 408a 0000",
            new AttributesPayload(
                1,
                0x0203,
                [
                    DataAttribute.Basic((ushort)ConfigurationAttribute.XauthType, 0),
                    DataAttribute.Variable((ushort)ConfigurationAttribute.XauthUserName, default(ReadOnlyMemory<byte>)),
                    DataAttribute.Variable((ushort)ConfigurationAttribute.XauthUserPassword, default(ReadOnlyMemory<byte>)),
                ])
            {
                Reserved2 = 0x5a,
            }),
        new("NAT-D", "00 00 0008 e0e1e2e3", new NatDiscoveryPayload(Tests.Hex.Bytes("e0e1e2e3"))),
        new("NAT-D of the drafts", "00 00 0008 e0e1e2e3", new NatDiscoveryPayload(Tests.Hex.Bytes("e0e1e2e3")) { IsDraft = true }),
        new("NAT-OA", "00 00 000c 01 000000 c6336401", NatOriginalAddressPayload.For(IPAddress.Parse("198.51.100.1"))),
        new(
            "NAT-OA of the drafts, IPv6, reserved octets set",
            "00 00 0018 05 a1a2a3 20010db8000000000000000000000001",
            NatOriginalAddressPayload.For(IPAddress.Parse("2001:db8::1")) with { IsDraft = true, Reserved2 = 0xa1a2a3 }),
        new("FRAG", "00 00 000b 0007 02 00 f0f1f2", new FragmentPayload(7, 2, 0, Tests.Hex.Bytes("f0f1f2"))),
        new("FRAG, the last, unknown flags set", "00 00 0009 0007 03 81 f0", new FragmentPayload(7, 3, 0x81, Tests.Hex.Bytes("f0"))),
        new("FRAG without data", "00 00 0008 ffff ff 01", new FragmentPayload(0xffff, 0xff, 1, default)),
        new("a payload of GDOI", "00 00 0006 0102", new UnknownPayload(PayloadType.KeyDownload, Tests.Hex.Bytes("0102"))),
        new(
            "a payload of private use",
            "00 33 0006 0102",
            new UnknownPayload((PayloadType)200, Tests.Hex.Bytes("0102")) { Reserved = 0x33 }),
        new(
            "a Proposal where it has no place",
            "00 00 0008 01010000",
            new UnknownPayload(PayloadType.Proposal, Tests.Hex.Bytes("01010000"))),
    ];

    public byte[] Bytes => Tests.Hex.Bytes(Hex);

    public override string ToString() => Name;
}
