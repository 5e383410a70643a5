// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

using Ipsec.Crypto.Certificates;

using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Pkix;
using Org.BouncyCastle.X509;

namespace Ipsec.Crypto.Backends;

/// <summary>
/// Path validation without revocation (RFC 5280 section 6.1). Bouncy Castle's validator decides; where it says no, the reason is
/// looked for certificate by certificate, because its own words are not made to be told apart by a program.
/// </summary>
internal static class PkixPath
{
    /// <param name="path">From the leaf to an anchor, both included; the same certificate where the leaf is an anchor.</param>
    /// <param name="now">The time.</param>
    /// <param name="purpose">What the leaf's key is wanted for.</param>
    public static CertificateVerdict Validate(ImmutableArray<Certificate> path, DateTimeOffset now, CertificatePurpose purpose)
    {
        try
        {
            ImmutableArray<X509Certificate> certificates = [.. path.Select(Decode)];
            return DatesOf(path, now)
                ?? (path.Length == 1 ? null : Decide(path, certificates, now, purpose))
                ?? new CertificateVerdict(CertificateStatus.Valid, $"valid through {path[^1]}");
        }
        catch (Exception exception) when (BouncyFailure.IsMalformedInput(exception))
        {
            return new CertificateVerdict(CertificateStatus.InvalidPath, $"a certificate on the path of {path[0]} cannot be read: {exception.Message}");
        }
    }

    public static X509Certificate Decode(Certificate certificate) => new(certificate.Der.ToArray());

    // Of the anchor, name and key are what counts (RFC 5280 section 6.1.1 (d)).
    private static PkixParameters ParametersFor(X509Certificate anchor, DateTimeOffset now)
    {
        var parameters = new PkixParameters(new HashSet<TrustAnchor> { new(anchor, null) })
        {
            IsRevocationEnabled = false,
            Date = now.UtcDateTime,
        };
        parameters.AddCertPathChecker(new ExtendedKeyUsageIsKnown());
        return parameters;
    }

    private static CertificateVerdict? DatesOf(ImmutableArray<Certificate> path, DateTimeOffset now)
    {
        foreach (Certificate certificate in path.Reverse())
        {
            if (now < certificate.NotBefore)
            {
                return new(CertificateStatus.NotYetValid, $"{certificate} is valid from {certificate.NotBefore:u}, and it is {now.UtcDateTime:u}");
            }

            if (now > certificate.NotAfter.AddSeconds(1).AddTicks(-1))
            {
                return new(CertificateStatus.Expired, $"{certificate} was valid until {certificate.NotAfter:u}, and it is {now.UtcDateTime:u}");
            }
        }

        return null;
    }

    private static CertificateVerdict? Decide(
        ImmutableArray<Certificate> path, ImmutableArray<X509Certificate> certificates, DateTimeOffset now, CertificatePurpose purpose)
    {
        // A self-issued anchor is put on the path, under its own key, so that its constraints are applied (RFC 5280 section 6.2).
        Certificate anchor = path[^1];
        bool constrained = anchor.IsSelfIssued && anchor.Fields.Version == 3;
        int length = constrained ? path.Length : path.Length - 1;
        try
        {
            new PkixCertPathValidator().Validate(
                new PkixCertPath([.. certificates.Take(length)]), ParametersFor(certificates[^1], now));
        }
        catch (PkixCertPathValidatorException exception)
        {
            return Diagnosis(path, certificates, constrained)
                ?? new(CertificateStatus.InvalidPath, $"the path of {path[0]} is not valid: {exception.Message}");
        }

        return PathDiagnosis.OfLeafUsage(path[0], certificates[0], purpose);
    }

    private static CertificateVerdict? Diagnosis(
        ImmutableArray<Certificate> path, ImmutableArray<X509Certificate> certificates, bool constrained)
    {
        for (int i = path.Length - 2; i >= 0; i--)
        {
            CertificateVerdict? reason =
                PathDiagnosis.OfSignature(path[i], certificates[i], certificates[i + 1])
                ?? (constrained || i + 1 < path.Length - 1 ? PathDiagnosis.OfAuthority(path[i + 1], certificates[i + 1], BelowOf(path, i + 1)) : null)
                ?? PathDiagnosis.OfCriticalExtensions(path[i], certificates[i]);
            if (reason is not null)
            {
                return reason;
            }
        }

        return constrained ? PathDiagnosis.OfCriticalExtensions(path[^1], certificates[^1]) : null;
    }

    // Self-issued certificates do not count against a pathLenConstraint (RFC 5280 section 6.1.4 (l)), nor does the leaf.
    private static int BelowOf(ImmutableArray<Certificate> path, int index) =>
        path.Take(index).Skip(1).Count(certificate => !certificate.IsSelfIssued);

    /// <summary>Tells the validator that somebody looks at extendedKeyUsage: <see cref="PathDiagnosis.OfLeafUsage"/>.</summary>
    private sealed class ExtendedKeyUsageIsKnown : PkixCertPathChecker
    {
        public override void Init(bool forward)
        {
        }

        public override bool IsForwardCheckingSupported() => true;

        public override ISet<string> GetSupportedExtensions() => new HashSet<string> { X509Extensions.ExtendedKeyUsage.Id };

        public override void Check(X509Certificate cert, ISet<string> unresolvedCritExts) =>
            unresolvedCritExts.Remove(X509Extensions.ExtendedKeyUsage.Id);

        public override object Clone() => this;
    }
}
