// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.V1;

/// <summary>Certificate Encoding, 1 octet of CERT and CR payloads (RFC 2408 section 3.9).</summary>
public enum CertificateEncoding : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>PKCS #7 wrapped X.509 certificate.</summary>
    Pkcs7WrappedX509 = 1,

    /// <summary>PGP certificate.</summary>
    Pgp = 2,

    /// <summary>DNS signed key.</summary>
    DnsSignedKey = 3,

    /// <summary>X.509 certificate for signatures.</summary>
    X509Signature = 4,

    /// <summary>X.509 certificate for key exchange.</summary>
    X509KeyExchange = 5,

    /// <summary>Kerberos tokens.</summary>
    Kerberos = 6,

    /// <summary>Certificate revocation list.</summary>
    Crl = 7,

    /// <summary>Authority revocation list.</summary>
    Arl = 8,

    /// <summary>SPKI certificate.</summary>
    Spki = 9,

    /// <summary>X.509 attribute certificate.</summary>
    X509Attribute = 10,

    /// <summary>Raw RSA key.</summary>
    RawRsaKey = 11,

    /// <summary>Hash and URL of an X.509 certificate.</summary>
    HashAndUrlOfCertificate = 12,

    /// <summary>Hash and URL of an X.509 bundle.</summary>
    HashAndUrlOfBundle = 13,

    /// <summary>OCSP content (RFC 4806).</summary>
    OcspContent = 14,
}
