// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp.Tests;

/// <summary>
/// Whole packets protected with AES-CBC and without integrity, from RFC 3602 section 4. The plaintext ends with padding, pad length
/// and next header; the packet begins with the outer IP header.
/// </summary>
public sealed record CbcEspVector(
    string Name, bool IsTunnel, string Key, uint Spi, uint SequenceNumber, string Iv, string Original, string Plaintext, string Packet)
{
    public static readonly CbcEspVector[] All =
    [
        new(
            "RFC 3602 case 5 (transport mode ESP packet)",
            false,
            "90d382b410eeba7ad938c46cec1a82bf",
            0x00004321,
            0x00000001,
            "e96e8c08ab465763fd098d45dd3ff893",
            "4500005408f200004001f9fec0a87b03c0a87b6408000ebda70a00008e9c083db95b070008090a0b0c0d0e0f101112131415"
            + "161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334353637",
            "08000ebda70a00008e9c083db95b070008090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223242526272829"
            + "2a2b2c2d2e2f30313233343536370102030405060708090a0b0c0d0e0e01",
            "4500007c08f200004032f9a5c0a87b03c0a87b640000432100000001e96e8c08ab465763fd098d45dd3ff893f663c25d325c"
            + "18c6a9453e194e120849a4870b66cc6b9965330013b4898dc856a4699e523a55db080b59ec3a8e4b7e52775b07d1db34ed9c"
            + "538ab50c551b874aa269add047ad2d5913ac19b7cfbad4a6"),
        new(
            "RFC 3602 case 6 (transport mode ESP packet)",
            false,
            "90d382b410eeba7ad938c46cec1a82bf",
            0x00004321,
            0x00000008,
            "69d08df7d203329db093fc4924e5bd80",
            "4500003008fe00004001fa16c0a87b03c0a87b640800b5e8a80a0500a69c083d0b660e00777777777777777777777777",
            "0800b5e8a80a0500a69c083d0b660e0077777777777777777777777701020201",
            "4500004c08fe00004032f9c9c0a87b03c0a87b64000043210000000869d08df7d203329db093fc4924e5bd80f51995881ec4"
            + "e0c4488987ce742e8109689bb379d2d750c0d915dca346a89f75"),
        new(
            "RFC 3602 case 7 (tunnel mode ESP packet)",
            true,
            "0123456789abcdef0123456789abcdef",
            0x00008765,
            0x00000002,
            "f4e765244f6407adf13dc1380f673f37",
            "45000054090400004001f988c0a87b03c0a87bc808009f76a90a0100b49c083d02a2040008090a0b0c0d0e0f101112131415"
            + "161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334353637",
            "45000054090400004001f988c0a87b03c0a87bc808009f76a90a0100b49c083d02a2040008090a0b0c0d0e0f101112131415"
            + "161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f30313233343536370102030405060708090a0a04",
            "4500008c090500004032f91ec0a87b03c0a87bc80000876500000002f4e765244f6407adf13dc1380f673f37773b5241a4c4"
            + "49225e4f3ce5ed611b0c237ca96cf74a93013c1b0ea1a0cf70f8e4ecaec78ac53aad7a0f022b859243c647752e94a859352b"
            + "8a4d4d2decd136e5c177f132ad3fbfb2201ac9904c74ee0a109e0ca1e4dfe9d5a100b842f1c22f0d"),
        new(
            "RFC 3602 case 8 (tunnel mode ESP packet)",
            true,
            "0123456789abcdef0123456789abcdef",
            0x00008765,
            0x00000005,
            "85d47224b5f3dd5d2101d4ea8dffab22",
            "45000044090c00004001f990c0a87b03c0a87bc80800d63caa0a0200c69c083da3de0300ffffffffffffffffffffffffffff"
            + "ffffffffffffffffffffffffffffffffffff",
            "45000044090c00004001f990c0a87b03c0a87bc80800d63caa0a0200c69c083da3de0300ffffffffffffffffffffffffffff"
            + "ffffffffffffffffffffffffffffffffffff0102030405060708090a0a04",
            "4500007c090d00004032f926c0a87b03c0a87bc8000087650000000585d47224b5f3dd5d2101d4ea8dffab2215b926838195"
            + "96a8047232cc00f7048fe45318e11f8a0f62ede3c3fc61203bb50f980a08c9843fd3a1b06d5c07ff9639b7eb7dfb3512e5de"
            + "435e7207ed971ef3d2726d9b5ef6affc6d17a0decbb13892"),
    ];

    public override string ToString() => Name;
}
