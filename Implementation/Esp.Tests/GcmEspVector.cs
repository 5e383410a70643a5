// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp.Tests;

/// <summary>
/// ESP packets protected with AES-GCM, from draft-mcgrew-gcm-test-01. AAD of 8 octets is SPI and sequence number, of 12 octets SPI and
/// extended sequence number. The plaintext ends with padding, pad length and next header.
/// </summary>
public sealed record GcmEspVector(string Name, string Key, string Salt, string Iv, string Aad, string Plaintext, string Packet)
{
    public static readonly GcmEspVector[] All =
    [
        new(
            "AES-128-GCM ESP vector 1 (ESN)",
            "4c80cdefbb5d10da906ac73c3613a634",
            "2e443b68",
            "4956ed7e3b244cfe",
            "000043218765432100000000",
            "45000048699a000080114db7c0a80102c0a801010a9bf15638d301000001000000000000045f736970045f75647003736970"
            + "0963796265726369747902646b000021000101020201",
            "00004321000000004956ed7e3b244cfefecf537e729d5b07dc30df528dd22b768d1b98736696a6fd348509fa13ceac34cfa2"
            + "436f14a3f3cf65925bf1f4a13c5d15b21e1884f5ff6247aeabb786b93bce61bc17d768fd9732459018148f6cbe722fd04796"
            + "562dfdb4"),
        new(
            "AES-128-GCM ESP vector 2",
            "feffe9928665731c6d6a8f9467308308",
            "cafebabe",
            "facedbaddecaf888",
            "0000a5f80000000a",
            "4500003e698f000080114dccc0a80102c0a801010a980035002a2343b2d00100000100000000000003736970096379626572"
            + "6369747902646b00000100010001",
            "0000a5f80000000afacedbaddecaf888deb22cd9b07c72c16e3a65beeb8df304a5a5897d33ae530f1ba76d5d114d2a5c3de8"
            + "1827c10e9a4f51330d0eec416642cfbb85a5b47e48a4ec3b9ba95d918bd183b70d3aa8bc6ee4c309e9d85a41ad4a"),
        new(
            "AES-256-GCM ESP vector 3",
            "abbccddef00112233445566778899aababbccddef00112233445566778899aab",
            "11223344",
            "0102030405060708",
            "4a2cbfe300000002",
            "4500003069a6400080062690c0a801029389155e0a9e008b2dc57ee0000000007002400020bf0000020405b4010104020102"
            + "0201",
            "4a2cbfe3000000020102030405060708ff425c9b724599df7a3bcd510194e00d6a78107f1b0b1cbf06efae9d65a5d763748a"
            + "637985771d347f0545659f14e99def842d8eb335f4eecfdbf831824b4c4915956c96"),
        new(
            "AES-128-GCM ESP vector 4",
            "00000000000000000000000000000000",
            "00000000",
            "0000000000000000",
            "0000000000000001",
            "4500003c99c500008001cb7a40679318010101010800075c020044006162636465666768696a6b6c6d6e6f70717273747576"
            + "7761626364656667686901020201",
            "000000000000000100000000000000004688daf2f973a392732909c331d56d60f694abaa414b5e7ff5fdcdfff5e9a2844564"
            + "76492719ffb64de7d9dca1e1d894bc3bd57873ed4d181d19d4d5c8c18af3f821d496eeb096e98ad2b69e4799c71d"),
        new(
            "AES-128-GCM ESP vector 5 (ESN)",
            "3de09874b388e6491988d0c3607eae1f",
            "57690e43",
            "4e280000a2fca1a3",
            "42f67e3f1010101010101010",
            "4500003c99c300008001cb7c40679318010101010800085c020043006162636465666768696a6b6c6d6e6f70717273747576"
            + "7761626364656667686901020201",
            "42f67e3f101010104e280000a2fca1a3fba2caa4853cf9f0f22cb10d86dd83b0fec75691cf1a04b00d1138ec9c35791765ac"
            + "bd8701ad79845bf9fe3fba487bc91755e6662b4c8d0d1f5e22739530320ae0d731cc978ecafaeae88f00e80d6e48"),
        new(
            "AES-128-GCM ESP vector 6 (ESN)",
            "3de09874b388e6491988d0c3607eae1f",
            "57690e43",
            "4e280000a2fca1a3",
            "42f67e3f1010101010101010",
            "4500001c42a200008001441f406793b6e00000020a00f5ff01020201",
            "42f67e3f101010104e280000a2fca1a3fba2ca845e5df9f0f22c3e6e86dd831e1fc65792cd1af9130e1379ed369f071f35e0"
            + "34be95f112e4e7d05d35"),
        new(
            "AES-192-GCM ESP vector 7",
            "feffe9928665731c6d6a8f9467308308feffe9928665731c",
            "cafebabe",
            "facedbaddecaf888",
            "0000a5f80000000a",
            "45000028a4ad4000400678800a01038f0a010612802306b8cb712602dd6bb03e501016d075680001",
            "0000a5f80000000afacedbaddecaf888a5b1f8066029aea40e598b8122de02420938b3ab33f828e687b8858b5bfbdbd0315b"
            + "27452144cc7795457b9652037f5318027b5b4cd7a636"),
        new(
            "AES-128-GCM ESP vector 8 (ESN)",
            "abbccddef00112233445566778899aab",
            "decaf888",
            "cafedebaceface74",
            "000001000000000000000001",
            "4500004933ba00007f119106c3fb1d10c2b1d326c02831ce0035dd7b800302d500004e20001e8c18d75b81dc91baa0476b91"
            + "b924b280389d92c963bac046ec959b6266c04722b14923010101",
            "0000010000000001cafedebaceface7418a6fd42f72cbf4ab2a2ea901f73d814e3e7f243d95412e1c349c1d2fbec168f9190"
            + "feebaf2cb01984e65863965d7472b79da345e0e780191f0d2f0e0f496c226f2127b27db35724e7845d68651f57e65f354f75"
            + "ff17015769623436"),
        new(
            "AES-256-GCM ESP vector 9 (ESN)",
            "abbccddef00112233445566778899aababbccddef00112233445566778899aab",
            "73616c74",
            "616e640169766563",
            "17405e67156f3126dd0db99b",
            "45080028732c00004006e9f90a0106120a01038f06b88023dd6bafbecb71260250101f646d540001",
            "17405e67dd0db99b616e640169766563f2d69ecdbd5a0d5b8d5ef38bad4da58d1f278fde98ef67549d524a3018d9a57ff4d3"
            + "a31ce673119e451626c2415771e3b7eebca614c89b35"),
        new(
            "AES-128-GCM ESP vector 10 (ESN)",
            "3de09874b388e6491988d0c3607eae1f",
            "57690e43",
            "4e280000a2fca1a3",
            "42f67e3f1010101010101010",
            "45000049333e00007f119182c3fb1d10c2b1d326c02831ce0035cb458003025b000001e0001e8c18d65759d52284a0352c71"
            + "475c8880391c764d6e5ee0496b325ae270c03899493915010101",
            "42f67e3f101010104e280000a2fca1a3fba2cad12fc1f9f00d3cebf305410db83d7784b607323d220f24b0a97d54182800ca"
            + "db0f68d99ef0e0c0c89ae9bea8884e52d65bc1afd0740f742444747b5b39ab533163aad4550ee5160975cdb608c576918960"
            + "9763b8e18caa81e2"),
        new(
            "AES-256-GCM ESP vector 11 (ESN)",
            "abbccddef00112233445566778899aababbccddef00112233445566778899aab",
            "73616c74",
            "616e640169766563",
            "17405e67156f3126dd0db99b",
            "636973636f0172756c657301746865016e6574776501646566696e6501746865746563686e6f6c6f67696573017468617477"
            + "696c6c01646566696e65746f6d6f72726f7701020201",
            "17405e67dd0db99b616e640169766563d4b7ed86a1777f2ea13d6973d324c69e7b43f826fb56831226508bebd2dceb18d0a6"
            + "df10e5487df074113e14c641024e3e6773d91a62ee429b043a10e3efe6b012a49363412364f8c0cac587f249e56b11e24f30"
            + "e44ccc76"),
        new(
            "AES-128-GCM ESP vector 12",
            "7d773d00c144c525ac619d18c84a3f47",
            "d9664267",
            "43457e9182443bc6",
            "335467aeffffffff",
            "01020201",
            "335467aeffffffff43457e9182443bc6437f866bcb3f699fe9b0822bac961c4504bef270"),
        new(
            "AES-128-GCM ESP vector 13 (ESN)",
            "abbccddef00112233445566778899aab",
            "decaf888",
            "cafedebaceface74",
            "000001000000000000000001",
            "746f016265016f72016e6f7401746f0162650001",
            "0000010000000001cafedebaceface7429c9fc69a197d038ccdd14e2ddfcaa0543332164412503524303ed3c6c5f283843af"
            + "8c3e"),
        new(
            "AES-256-GCM ESP vector 14 (ESN)",
            "6c6567616c697a656d6172696a75616e61616e64646f69746265666f72656961",
            "7475726e",
            "333021696765746d",
            "796b6963ffffffffffffffff",
            "45000030da3a00008001df3bc0a80005c0a800010800c6cd020007006162636465666768696a6b6c6d6e6f70717273740102"
            + "0201",
            "796b6963ffffffff333021696765746df97ab2aa356d8edce17644ac8c78e25dd24dedbb29ebf1b64a274b39b49c3a864cd3"
            + "d78ca4ae68a32b42458fb57dbe821dcc63b9d0937ba2945f669368661a329fb4c053"),
    ];

    public bool IsExtended => Aad.Length == 24;

    public override string ToString() => Name;
}
