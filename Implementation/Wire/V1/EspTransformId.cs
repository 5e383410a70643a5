// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.V1;

/// <summary>ESP transform identifiers (RFC 2407 section 4.4.4 and IANA's additions). 249 to 255 are private use.</summary>
public enum EspTransformId : byte
{
    /// <summary>Reserved.</summary>
    None = 0,

    /// <summary>DES-CBC with a 64-bit IV (RFC 1829).</summary>
    DesIv64 = 1,

    /// <summary>DES-CBC.</summary>
    Des = 2,

    /// <summary>3DES-CBC.</summary>
    TripleDes = 3,

    /// <summary>RC5.</summary>
    Rc5 = 4,

    /// <summary>IDEA.</summary>
    Idea = 5,

    /// <summary>CAST.</summary>
    Cast = 6,

    /// <summary>Blowfish.</summary>
    Blowfish = 7,

    /// <summary>Reserved for triple IDEA.</summary>
    TripleIdea = 8,

    /// <summary>DES-CBC with a 32-bit IV (RFC 1829).</summary>
    DesIv32 = 9,

    /// <summary>Reserved for RC4.</summary>
    Rc4 = 10,

    /// <summary>NULL encryption (RFC 2410).</summary>
    Null = 11,

    /// <summary>AES-CBC (RFC 3602).</summary>
    AesCbc = 12,

    /// <summary>AES-CTR (RFC 3686).</summary>
    AesCtr = 13,

    /// <summary>AES-CCM with an 8-octet ICV (RFC 4309).</summary>
    AesCcm8 = 14,

    /// <summary>AES-CCM with a 12-octet ICV (RFC 4309).</summary>
    AesCcm12 = 15,

    /// <summary>AES-CCM with a 16-octet ICV (RFC 4309).</summary>
    AesCcm16 = 16,

    /// <summary>AES-GCM with an 8-octet ICV (RFC 4106).</summary>
    AesGcm8 = 18,

    /// <summary>AES-GCM with a 12-octet ICV (RFC 4106).</summary>
    AesGcm12 = 19,

    /// <summary>AES-GCM with a 16-octet ICV (RFC 4106).</summary>
    AesGcm16 = 20,

    /// <summary>SEED-CBC (RFC 4196).</summary>
    SeedCbc = 21,

    /// <summary>Camellia (RFC 4312).</summary>
    Camellia = 22,

    /// <summary>AES-GMAC without encryption (RFC 4543).</summary>
    NullAuthAesGmac = 23,
}
