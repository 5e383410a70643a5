// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.V1;

/// <summary>
/// Values of the phase 1 Authentication Method attribute (RFC 2409 appendix A; RFC 4754; XAUTH and hybrid numbers are private use).
/// </summary>
public enum AuthenticationMethod : ushort
{
    /// <summary>Pre-shared key.</summary>
    PreSharedKey = 1,

    /// <summary>DSS signatures.</summary>
    DssSignatures = 2,

    /// <summary>RSA signatures.</summary>
    RsaSignatures = 3,

    /// <summary>Encryption with RSA.</summary>
    RsaEncryption = 4,

    /// <summary>Revised encryption with RSA.</summary>
    RevisedRsaEncryption = 5,

    /// <summary>ECDSA with SHA-256 on P-256 (RFC 4754).</summary>
    EcdsaSha256 = 9,

    /// <summary>ECDSA with SHA-384 on P-384 (RFC 4754).</summary>
    EcdsaSha384 = 10,

    /// <summary>ECDSA with SHA-512 on P-521 (RFC 4754).</summary>
    EcdsaSha512 = 11,

    /// <summary>Hybrid: responder signs with RSA, initiator follows with XAUTH; initiator began.</summary>
    HybridInitRsa = 64221,

    /// <summary>Hybrid with RSA, the XAUTH client responds.</summary>
    HybridRespRsa = 64222,

    /// <summary>Hybrid with DSS, the XAUTH client initiates.</summary>
    HybridInitDss = 64223,

    /// <summary>Hybrid with DSS, the XAUTH client responds.</summary>
    HybridRespDss = 64224,

    /// <summary>Pre-shared key, then XAUTH of the initiator.</summary>
    XauthInitPreShared = 65001,

    /// <summary>Pre-shared key, then XAUTH of the responder.</summary>
    XauthRespPreShared = 65002,

    /// <summary>DSS signatures, then XAUTH of the initiator.</summary>
    XauthInitDss = 65003,

    /// <summary>DSS signatures, then XAUTH of the responder.</summary>
    XauthRespDss = 65004,

    /// <summary>RSA signatures, then XAUTH of the initiator.</summary>
    XauthInitRsa = 65005,

    /// <summary>RSA signatures, then XAUTH of the responder.</summary>
    XauthRespRsa = 65006,

    /// <summary>RSA encryption, then XAUTH of the initiator.</summary>
    XauthInitRsaEncryption = 65007,

    /// <summary>RSA encryption, then XAUTH of the responder.</summary>
    XauthRespRsaEncryption = 65008,

    /// <summary>Revised RSA encryption, then XAUTH of the initiator.</summary>
    XauthInitRsaRevisedEncryption = 65009,

    /// <summary>Revised RSA encryption, then XAUTH of the responder.</summary>
    XauthRespRsaRevisedEncryption = 65010,
}
