// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto.Backends;

namespace Ipsec.Crypto;

public sealed partial class EncryptionAlgorithm
{
    private static readonly AlgorithmTable<EncryptionAlgorithm> Table = new(
        "encryption algorithm",
        row => row.Name,
        [
            AesCbc(keyBits: 128),
            AesCbc(keyBits: 192),
            AesCbc(keyBits: 256),
            TripleDesCbc(),
            CamelliaCbc(keyBits: 128),
            CamelliaCbc(keyBits: 192),
            CamelliaCbc(keyBits: 256),
            AesCounter(keyBits: 128),
            AesCounter(keyBits: 192),
            AesCounter(keyBits: 256),
            Null(),
            .. AllKeySizes(keyBits => AesGcm(keyBits, icvSize: 16, ikeV1EspId: 20, implicitIvId: 30)),
            .. AllKeySizes(keyBits => AesGcm(keyBits, icvSize: 12, ikeV1EspId: 19, implicitIvId: null)),
            .. AllKeySizes(keyBits => AesGcm(keyBits, icvSize: 8, ikeV1EspId: 18, implicitIvId: null)),
            .. AllKeySizes(keyBits => AesCcm(keyBits, icvSize: 16, ikeV1EspId: 16, implicitIvId: null)),
            .. AllKeySizes(keyBits => AesCcm(keyBits, icvSize: 12, ikeV1EspId: 15, implicitIvId: null)),
            .. AllKeySizes(keyBits => AesCcm(keyBits, icvSize: 8, ikeV1EspId: 14, implicitIvId: 29)),
            .. AllKeySizes(AesGmac),
            ChaCha20(),
        ]);

    private static IEnumerable<EncryptionAlgorithm> AllKeySizes(Func<int, EncryptionAlgorithm> row) => [row(128), row(192), row(256)];

    private static EncryptionAlgorithm AesCbc(int keyBits) => new()
    {
        Name = $"AES-CBC-{keyBits}",
        Rfc = "RFC 3602",
        IkeV1Phase1Id = 7,
        IkeV1EspId = 12,
        IkeV2Id = 12,
        Mode = EncryptionMode.Cbc,
        HasKeyLengthAttribute = true,
        KeySize = keyBits / 8,
        BlockSize = 16,
        IvSize = 16,
        SaltSize = 0,
        IcvSize = 0,
        WiresharkEspName = "AES-CBC [RFC3602]",
        WiresharkIkeV2Name = $"AES-CBC-{keyBits} [RFC3602]",
        _cbc = key => PlatformCbcCipher.Aes(key),
    };

    // One key size, of which 168 bits count (RFC 2451 section 2.2): no attribute.
    private static EncryptionAlgorithm TripleDesCbc() => new()
    {
        Name = "3DES-CBC",
        Rfc = "RFC 2451",
        IkeV1Phase1Id = 5,
        IkeV1EspId = 3,
        IkeV2Id = 3,
        Mode = EncryptionMode.Cbc,
        HasKeyLengthAttribute = false,
        KeySize = 24,
        BlockSize = 8,
        IvSize = 8,
        SaltSize = 0,
        IcvSize = 0,
        WiresharkEspName = "TripleDES-CBC [RFC2451]",
        WiresharkIkeV2Name = "3DES [RFC2451]",
        _cbc = key => PlatformCbcCipher.TripleDes(key),
    };

    private static EncryptionAlgorithm CamelliaCbc(int keyBits) => new()
    {
        Name = $"CAMELLIA-CBC-{keyBits}",
        Rfc = "RFC 4312",
        IkeV1Phase1Id = 8,
        IkeV1EspId = 22,
        IkeV2Id = 23,
        Mode = EncryptionMode.Cbc,
        HasKeyLengthAttribute = true,
        KeySize = keyBits / 8,
        BlockSize = 16,
        IvSize = 16,
        SaltSize = 0,
        IcvSize = 0,
        WiresharkEspName = null,
        WiresharkIkeV2Name = null,
        _cbc = key => new CamelliaCbcCipher(key),
    };

    // RFC 3686 section 5.1 takes the nonce from the key material behind the key.
    private static EncryptionAlgorithm AesCounter(int keyBits) => new()
    {
        Name = $"AES-CTR-{keyBits}",
        Rfc = "RFC 3686",
        IkeV1Phase1Id = null,
        IkeV1EspId = 13,
        IkeV2Id = 13,
        Mode = EncryptionMode.Counter,
        HasKeyLengthAttribute = true,
        KeySize = keyBits / 8,
        BlockSize = 16,
        IvSize = 8,
        SaltSize = 4,
        IcvSize = 0,
        WiresharkEspName = "AES-CTR [RFC3686]",
        WiresharkIkeV2Name = $"AES-CTR-{keyBits} [RFC5930]",
    };

    private static EncryptionAlgorithm Null() => new()
    {
        Name = "NULL",
        Rfc = "RFC 2410",
        IkeV1Phase1Id = null,
        IkeV1EspId = 11,
        IkeV2Id = 11,
        Mode = EncryptionMode.Null,
        IsConfidential = false,
        HasKeyLengthAttribute = false,
        KeySize = 0,
        BlockSize = 1,
        IvSize = 0,
        SaltSize = 0,
        IcvSize = 0,
        WiresharkEspName = "NULL",
        WiresharkIkeV2Name = "NULL [RFC2410]",
    };

    // Phase 1 of IKEv1 has no combined-mode ciphers: RFC 5282 defines them for IKEv2 only.
    private static EncryptionAlgorithm AesGcm(int keyBits, int icvSize, byte ikeV1EspId, ushort? implicitIvId) => new()
    {
        Name = $"AES-GCM-{icvSize}-{keyBits}",
        Rfc = "RFC 4106",
        IkeV1Phase1Id = null,
        IkeV1EspId = ikeV1EspId,
        IkeV2Id = ikeV1EspId,
        IkeV2ImplicitIvId = implicitIvId,
        Mode = EncryptionMode.Aead,
        HasKeyLengthAttribute = true,
        KeySize = keyBits / 8,
        BlockSize = 16,
        IvSize = 8,
        SaltSize = 4,
        IcvSize = icvSize,
        WiresharkEspName = $"AES-GCM with {icvSize} octet ICV [RFC4106]",
        WiresharkIkeV2Name = $"AES-GCM-{keyBits} with {icvSize} octet ICV [RFC5282]",
        _aead = key => icvSize < AesGcmCipher.SmallestTag ? new AesGcmShortTagCipher(key, icvSize) : new AesGcmCipher(key, icvSize),
    };

    // The salt has three octets, so that the nonce leaves four to the counter (RFC 4309 sections 4 and 7.1).
    private static EncryptionAlgorithm AesCcm(int keyBits, int icvSize, byte ikeV1EspId, ushort? implicitIvId) => new()
    {
        Name = $"AES-CCM-{icvSize}-{keyBits}",
        Rfc = "RFC 4309",
        IkeV1Phase1Id = null,
        IkeV1EspId = ikeV1EspId,
        IkeV2Id = ikeV1EspId,
        IkeV2ImplicitIvId = implicitIvId,
        Mode = EncryptionMode.Aead,
        HasKeyLengthAttribute = true,
        KeySize = keyBits / 8,
        BlockSize = 16,
        IvSize = 8,
        SaltSize = 3,
        IcvSize = icvSize,
        WiresharkEspName = null,
        WiresharkIkeV2Name = $"AES-CCM-{keyBits} with {icvSize} octet ICV [RFC5282]",
        _aead = key => new AesCcmCipher(key, icvSize),
    };

    // ENCR_NULL_AUTH_AES_GMAC: negotiated and laid out like an AEAD, but the payload stays readable (RFC 4543 section 3).
    private static EncryptionAlgorithm AesGmac(int keyBits) => new()
    {
        Name = $"AES-GMAC-{keyBits}",
        Rfc = "RFC 4543",
        IkeV1Phase1Id = null,
        IkeV1EspId = 23,
        IkeV2Id = 21,
        Mode = EncryptionMode.Aead,
        IsConfidential = false,
        HasKeyLengthAttribute = true,
        KeySize = keyBits / 8,
        BlockSize = 16,
        IvSize = 8,
        SaltSize = 4,
        IcvSize = 16,
        WiresharkEspName = null,
        WiresharkIkeV2Name = null,
        _aead = key => new AesGmacCipher(key),
    };

    // RFC 7634 registers it for IKEv2 alone: the IPsec DOI has no transform of that number.
    private static EncryptionAlgorithm ChaCha20() => new()
    {
        Name = "CHACHA20-POLY1305",
        Rfc = "RFC 7634",
        IkeV1Phase1Id = null,
        IkeV1EspId = null,
        IkeV2Id = 28,
        IkeV2ImplicitIvId = 31,
        Mode = EncryptionMode.Aead,
        HasKeyLengthAttribute = false,
        KeySize = 32,
        BlockSize = 64,
        IvSize = 8,
        SaltSize = 4,
        IcvSize = 16,
        WiresharkEspName = null,
        WiresharkIkeV2Name = null,
        _aead = key => new ChaCha20Poly1305Cipher(key),
    };
}
