// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Policies;

namespace Ipsec.Fixtures.Rig.Certificates;

/// <summary>Certificates, keys and revocation lists of a side as files: what a configuration refers to and the evidence holds.</summary>
internal static class CertificateFiles
{
    /// <summary>The file of a certificate.</summary>
    public static string NameOf(IssuedCertificate certificate) => $"{certificate.Name}.pem";

    /// <summary>Everything that a side has and knows. The private key is throw-away.</summary>
    /// <returns>Names and contents; none for a side without certificates.</returns>
    public static IEnumerable<(string Name, string Text)> Of(CertificatePeerPolicy? certificates)
    {
        if (certificates is null)
        {
            yield break;
        }

        IEnumerable<IssuedCertificate?> all = [certificates.Own, certificates.Remote, .. certificates.Chain, .. certificates.Anchors];
        foreach (var certificate in all.OfType<IssuedCertificate>().Distinct())
        {
            yield return (NameOf(certificate), certificate.Pem);
        }

        foreach (var list in certificates.RevocationLists)
        {
            yield return ($"{list.Name}-crl.pem", list.Pem);
        }

        if (certificates.Own is { } own)
        {
            yield return ($"{own.Name}-key.pem", own.Key.Pem + "\n");
        }
    }
}
