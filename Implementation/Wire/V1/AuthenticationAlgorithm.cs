// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.V1;

/// <summary>Values of the phase 2 Authentication Algorithm attribute (RFC 2407 section 4.5 and IANA's additions).</summary>
public enum AuthenticationAlgorithm : ushort
{
    /// <summary>Reserved: no separate authentication.</summary>
    None = 0,

    /// <summary>HMAC-MD5.</summary>
    HmacMd5 = 1,

    /// <summary>HMAC-SHA-1.</summary>
    HmacSha1 = 2,

    /// <summary>DES-MAC.</summary>
    DesMac = 3,

    /// <summary>KPDK.</summary>
    Kpdk = 4,

    /// <summary>HMAC-SHA2-256 (RFC 4868).</summary>
    HmacSha256 = 5,

    /// <summary>HMAC-SHA2-384 (RFC 4868).</summary>
    HmacSha384 = 6,

    /// <summary>HMAC-SHA2-512 (RFC 4868).</summary>
    HmacSha512 = 7,

    /// <summary>HMAC-RIPEMD (RFC 2857).</summary>
    HmacRipemd = 8,

    /// <summary>AES-XCBC-MAC (RFC 3566).</summary>
    AesXcbcMac = 9,

    /// <summary>RSA signatures (RFC 4359).</summary>
    SigRsa = 10,

    /// <summary>AES-128-GMAC (RFC 4543).</summary>
    Aes128Gmac = 11,

    /// <summary>AES-192-GMAC (RFC 4543).</summary>
    Aes192Gmac = 12,

    /// <summary>AES-256-GMAC (RFC 4543).</summary>
    Aes256Gmac = 13,
}
