// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.V1;

/// <summary>AH transform identifiers (RFC 2407 section 4.4.3 and IANA's additions).</summary>
public enum AhTransformId : byte
{
    /// <summary>Reserved.</summary>
    None = 0,

    /// <summary>MD5.</summary>
    Md5 = 2,

    /// <summary>SHA-1.</summary>
    Sha1 = 3,

    /// <summary>DES-MAC.</summary>
    Des = 4,

    /// <summary>SHA2-256.</summary>
    Sha256 = 5,

    /// <summary>SHA2-384.</summary>
    Sha384 = 6,

    /// <summary>SHA2-512.</summary>
    Sha512 = 7,

    /// <summary>RIPEMD.</summary>
    Ripemd = 8,

    /// <summary>AES-XCBC-MAC.</summary>
    AesXcbcMac = 9,

    /// <summary>RSA signatures (RFC 4359).</summary>
    Rsa = 10,

    /// <summary>AES-128-GMAC.</summary>
    Aes128Gmac = 11,

    /// <summary>AES-192-GMAC.</summary>
    Aes192Gmac = 12,

    /// <summary>AES-256-GMAC.</summary>
    Aes256Gmac = 13,
}
