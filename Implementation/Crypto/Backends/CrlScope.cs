// SPDX-License-Identifier: Apache-2.0

using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.X509;

namespace Ipsec.Crypto.Backends;

/// <summary>For which certificates of its issuer a list speaks (RFC 5280 sections 5.2.5 and 6.3.3 (b)(2)).</summary>
internal static class CrlScope
{
    /// <summary>The issuingDistributionPoint extension; null when the list has none, and so is of all certificates of its issuer.</summary>
    public static IssuingDistributionPoint? Of(X509Crl crl) =>
        crl.GetExtensionParsedValue(X509Extensions.IssuingDistributionPoint) is { } value ? IssuingDistributionPoint.GetInstance(value) : null;

    /// <summary>Whether a certificate that is not on the list is cleared by it for every reason.</summary>
    public static bool Covers(X509Crl crl, X509Certificate certificate)
    {
        if (Of(crl) is not { } scope)
        {
            return true;
        }

        bool isAuthority = certificate.GetBasicConstraints() >= 0;
        return scope.OnlySomeReasons is null
            && !scope.OnlyContainsAttributeCerts
            && !(scope.OnlyContainsUserCerts && isAuthority)
            && !(scope.OnlyContainsCACerts && !isAuthority)
            && (scope.DistributionPoint is not { } point || IsNamedBy(certificate, point));
    }

    // RFC 4945 section 5.1.3.13: otherwise a list for other certificates of the issuer could be put in the place of the right one.
    private static bool IsNamedBy(X509Certificate certificate, DistributionPointName point)
    {
        if (certificate.GetExtensionParsedValue(X509Extensions.CrlDistributionPoints) is not { } value)
        {
            return false;
        }

        HashSet<Asn1Object> names = [.. NamesOf(point)];
        return CrlDistPoint.GetInstance(value).GetDistributionPoints()
            .Any(candidate => candidate.DistributionPointName is { } name && NamesOf(name).Any(names.Contains));
    }

    private static IEnumerable<Asn1Object> NamesOf(DistributionPointName point) =>
        point.Type == DistributionPointName.FullName
            ? GeneralNames.GetInstance(point.Name).GetNames().Select(name => name.ToAsn1Object())
            : [point.ToAsn1Object()];
}
