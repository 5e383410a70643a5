// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

using Ipsec.Crypto.Certificates;

using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Ipsec.Crypto.Backends;

/// <summary>
/// Revocation by lists (RFC 5280 section 6.3). Bouncy Castle decodes the lists and verifies their signatures; its path validator is not
/// asked, because with revocation it reads the clock of the system. That a list names a certificate counts even when the list is
/// out of date or out of scope: a serial number is its issuer's, whatever part of the list it stands on.
/// </summary>
internal sealed class PkixRevocation
{
    private const int CrlSign = 6;

    private readonly List<X509Crl> _crls = [];
    private readonly bool _required;
    private readonly DateTimeOffset _now;

    public PkixRevocation(ImmutableArray<ReadOnlyMemory<byte>> crls, bool required, DateTimeOffset now)
    {
        _required = required;
        _now = now;
        foreach (ReadOnlyMemory<byte> der in crls)
        {
            if (TryDecode(der) is X509Crl crl)
            {
                _crls.Add(crl);
            }
        }
    }

    /// <summary>Looks at each certificate below the anchor, from the top. The path is valid but for revocation.</summary>
    public CertificateVerdict Check(ImmutableArray<Certificate> path)
    {
        for (int i = path.Length - 2; i >= 0; i--)
        {
            try
            {
                if (Check(path[i], path[i + 1]) is { } problem)
                {
                    return problem;
                }
            }
            catch (Exception exception) when (BouncyFailure.IsMalformedInput(exception))
            {
                return new(CertificateStatus.InvalidPath, $"revocation of {path[i]} cannot be decided: {exception.Message}");
            }
        }

        return new(CertificateStatus.Valid, $"valid through {path[^1]}");
    }

    private CertificateVerdict? Check(Certificate subject, Certificate issuer)
    {
        X509Certificate certificate = PkixPath.Decode(subject);
        X509Certificate authority = PkixPath.Decode(issuer);
        List<X509Crl> named = [.. _crls.Where(crl => crl.IssuerDN.Equivalent(authority.SubjectDN))];
        List<X509Crl> authentic = [.. named.Where(crl => IsSignedBy(crl, authority))];
        if (authentic.Any(crl => IsUnderstood(crl) && crl.GetRevokedCertificate(certificate.SerialNumber) is not null))
        {
            return new(CertificateStatus.Revoked, $"{subject} is on the revocation list of its issuer");
        }

        if (!_required || authentic.Any(crl => IsUnderstood(crl) && IsCurrent(crl) && CrlScope.Covers(crl, certificate)))
        {
            return null;
        }

        return named.Count == 0 ? new(CertificateStatus.CrlMissing, $"there is no revocation list of the issuer of {subject}")
            : authentic.Count == 0 ? new(CertificateStatus.CrlBadSignature, $"the revocation list for {subject} was not signed by its issuer")
            : !authentic.Any(IsCurrent) ? new(CertificateStatus.CrlExpired, $"the revocation list for {subject} is not of this time")
            : new(CertificateStatus.CrlMissing, $"no revocation list of its issuer covers {subject}");
    }

    private static X509Crl? TryDecode(ReadOnlyMemory<byte> der)
    {
        try
        {
            return new X509Crl(der.ToArray());
        }
        catch (Exception exception) when (BouncyFailure.IsMalformedInput(exception))
        {
            return null;
        }
    }

    // RFC 5280 section 6.3.3 (f) and (g).
    private static bool IsSignedBy(X509Crl crl, X509Certificate authority)
    {
        if (!PathDiagnosis.Allows(authority.GetKeyUsage(), CrlSign))
        {
            return false;
        }

        try
        {
            crl.Verify(authority.GetPublicKey());
            return true;
        }
        catch (GeneralSecurityException)
        {
            return false;
        }
    }

    // RFC 5280 section 5.2: a list with a critical extension that we do not process must not decide anything.
    private static bool IsUnderstood(X509Crl crl) =>
        (crl.GetCriticalExtensionOids() ?? new HashSet<string>()).All(oid => oid == X509Extensions.IssuingDistributionPoint.Id)
        && CrlScope.Of(crl)?.IsIndirectCrl != true;

    private bool IsCurrent(X509Crl crl) =>
        crl.ThisUpdate <= _now.UtcDateTime && (crl.NextUpdate is not DateTime next || _now.UtcDateTime <= next);
}
