// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto;

public sealed partial class EncryptionAlgorithm
{
    private static readonly AlgorithmTable<EncryptionAlgorithm> Table = new(
        "encryption algorithm",
        row => row.Name,
        AesCbc(keyBits: 128),
        AesCbc(keyBits: 192),
        AesCbc(keyBits: 256),
        AesGcm16(keyBits: 128),
        AesGcm16(keyBits: 192),
        AesGcm16(keyBits: 256));

    private static EncryptionAlgorithm AesCbc(int keyBits) => new()
    {
        Name = $"AES-CBC-{keyBits}",
        Rfc = "RFC 3602",
        IkeV1Phase1Id = 7,
        IkeV1EspId = 12,
        IkeV2Id = 12,
        HasKeyLengthAttribute = true,
        KeySize = keyBits / 8,
        BlockSize = 16,
        IvSize = 16,
        SaltSize = 0,
        IcvSize = 0,
        IsAead = false,
        WiresharkEspName = "AES-CBC [RFC3602]",
        WiresharkIkeV2Name = $"AES-CBC-{keyBits} [RFC3602]",
    };

    // Phase 1 of IKEv1 has no combined-mode ciphers: RFC 5282 defines them for IKEv2 only.
    private static EncryptionAlgorithm AesGcm16(int keyBits) => new()
    {
        Name = $"AES-GCM-16-{keyBits}",
        Rfc = "RFC 4106",
        IkeV1Phase1Id = null,
        IkeV1EspId = 20,
        IkeV2Id = 20,
        HasKeyLengthAttribute = true,
        KeySize = keyBits / 8,
        BlockSize = 16,
        IvSize = 8,
        SaltSize = 4,
        IcvSize = 16,
        IsAead = true,
        WiresharkEspName = "AES-GCM with 16 octet ICV [RFC4106]",
        WiresharkIkeV2Name = $"AES-GCM-{keyBits} with 16 octet ICV [RFC5282]",
    };
}
