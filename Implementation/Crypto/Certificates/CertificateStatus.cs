// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Certificates;

/// <summary>What came of validating a certificate.</summary>
public enum CertificateStatus
{
    /// <summary>There is a path from an anchor, and nothing speaks against it.</summary>
    Valid,

    /// <summary>No path leads to an anchor: the root is not trusted, or an intermediate certificate is missing.</summary>
    UnknownIssuer,

    /// <summary>A signature on the path was not made with the key of the certificate above (RFC 5280 section 6.1.3 (a)(1)).</summary>
    BadSignature,

    /// <summary>A validity period on the path has not begun (RFC 5280 section 6.1.3 (a)(2)).</summary>
    NotYetValid,

    /// <summary>A validity period on the path is over (RFC 5280 section 6.1.3 (a)(2)).</summary>
    Expired,

    /// <summary>A certificate on the path is on the list of its issuer (RFC 5280 section 6.1.3 (a)(3)).</summary>
    Revoked,

    /// <summary>A list is required, and there is none that covers a certificate on the path.</summary>
    CrlMissing,

    /// <summary>A list is required, and what there is is past its nextUpdate or before its thisUpdate.</summary>
    CrlExpired,

    /// <summary>A list is required, and what there is was not signed by the issuer.</summary>
    CrlBadSignature,

    /// <summary>A certificate above another is not a certification authority's (RFC 5280 section 6.1.4 (k)).</summary>
    NotACa,

    /// <summary>
    /// A key is used for what its keyUsage or extendedKeyUsage does not allow: to sign certificates (RFC 5280 section 6.1.4 (n)), or
    /// to authenticate IKE (RFC 4945 sections 5.1.3.2 and 5.1.3.12).
    /// </summary>
    WrongKeyUsage,

    /// <summary>More intermediate certificates than a pathLenConstraint allows (RFC 5280 section 6.1.4 (l)).</summary>
    PathTooLong,

    /// <summary>A critical extension that we do not know (RFC 5280 sections 4.2, 6.1.4 (o), 6.1.5 (f)).</summary>
    UnknownCriticalExtension,

    /// <summary>Something else of RFC 5280 section 6.1 fails: name constraints, policy constraints, names that do not chain.</summary>
    InvalidPath,

    /// <summary>So many candidates that the search was given up.</summary>
    TooComplex,
}
