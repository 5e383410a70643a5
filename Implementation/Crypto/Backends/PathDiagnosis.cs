// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto.Certificates;

using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Ipsec.Crypto.Backends;

/// <summary>What can be wrong with one certificate of a path; null where nothing is.</summary>
internal static class PathDiagnosis
{
    // RFC 5280 section 4.2.1.3.
    private const int DigitalSignature = 0;
    private const int NonRepudiation = 1;
    private const int KeyEncipherment = 2;
    private const int DataEncipherment = 3;
    private const int KeyCertSign = 5;

    private const string AnyExtendedKeyUsage = "2.5.29.37.0";
    private const string IpsecIke = "1.3.6.1.5.5.7.3.17";

    // What Bouncy Castle's validator processes, and extendedKeyUsage, which we do.
    private static readonly HashSet<string> KnownExtensions =
    [
        X509Extensions.BasicConstraints.Id,
        X509Extensions.KeyUsage.Id,
        X509Extensions.ExtendedKeyUsage.Id,
        X509Extensions.SubjectAlternativeName.Id,
        X509Extensions.NameConstraints.Id,
        X509Extensions.CertificatePolicies.Id,
        X509Extensions.PolicyMappings.Id,
        X509Extensions.PolicyConstraints.Id,
        X509Extensions.InhibitAnyPolicy.Id,
    ];

    public static CertificateVerdict? OfSignature(Certificate subject, X509Certificate certificate, X509Certificate issuer)
    {
        try
        {
            certificate.Verify(issuer.GetPublicKey());
            return null;
        }
        catch (GeneralSecurityException)
        {
            return new(CertificateStatus.BadSignature, $"the signature of {subject} was not made with the key of {issuer.SubjectDN}");
        }
    }

    /// <summary>Whether the certificate may stand above another (RFC 5280 section 6.1.4 (k) to (n)).</summary>
    /// <param name="authority">It.</param>
    /// <param name="certificate">The same, decoded.</param>
    /// <param name="intermediates">The certificates between it and the leaf that count.</param>
    public static CertificateVerdict? OfAuthority(Certificate authority, X509Certificate certificate, int intermediates)
    {
        // -1: not a certification authority; the largest integer: one without a limit.
        int pathLength = certificate.GetBasicConstraints();
        return pathLength < 0
            ? new(CertificateStatus.NotACa, $"{authority} is not the certificate of a certification authority (RFC 5280 section 6.1.4 (k))")
            : !Allows(certificate.GetKeyUsage(), KeyCertSign)
            ? new(CertificateStatus.WrongKeyUsage, $"the keyUsage of {authority} does not allow to sign certificates (RFC 5280 section 6.1.4 (n))")
            : pathLength < intermediates
            ? new(CertificateStatus.PathTooLong, $"{authority} allows {pathLength} certificates between itself and the last, and there are {intermediates}")
            : null;
    }

    public static CertificateVerdict? OfCriticalExtensions(Certificate subject, X509Certificate certificate)
    {
        string? unknown = certificate.GetCriticalExtensionOids()?.FirstOrDefault(oid => !KnownExtensions.Contains(oid));
        return unknown is null
            ? null
            : new(CertificateStatus.UnknownCriticalExtension, $"{subject} has the critical extension {unknown}, which is not known");
    }

    /// <summary>Whether the leaf's key may do what it is wanted for (RFC 4945 sections 5.1.3.2 and 5.1.3.12).</summary>
    public static CertificateVerdict? OfLeafUsage(Certificate leaf, X509Certificate certificate, CertificatePurpose purpose)
    {
        bool[]? usage = certificate.GetKeyUsage();
        bool allowed = purpose == CertificatePurpose.Signature
            ? Allows(usage, DigitalSignature) || Allows(usage, NonRepudiation)
            : Allows(usage, KeyEncipherment) || Allows(usage, DataEncipherment);
        if (!allowed)
        {
            return new(CertificateStatus.WrongKeyUsage, $"the keyUsage of {leaf} does not allow {purpose} (RFC 4945 section 5.1.3.2)");
        }

        IList<DerObjectIdentifier>? extended = certificate.GetExtendedKeyUsage();
        return extended is null || extended.Any(oid => oid.Id is AnyExtendedKeyUsage or IpsecIke)
            ? null
            : new(CertificateStatus.WrongKeyUsage, $"the extendedKeyUsage of {leaf} names other purposes than IKE (RFC 4945 section 5.1.3.12)");
    }

    /// <summary>Without the extension every use is allowed.</summary>
    public static bool Allows(bool[]? usage, int bit) => usage is null || (bit < usage.Length && usage[bit]);
}
