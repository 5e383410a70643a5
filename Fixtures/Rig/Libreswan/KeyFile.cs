// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ipsec.Fixtures.Rig.Certificates;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>
/// A private key as NSS takes it: in PKCS#12, with a certificate that nobody asks for. NSS finds the key again for every other certificate
/// with the same public key.
/// </summary>
internal static class KeyFile
{
    /// <summary>Protects a throw-away key on its way through a network of the suite's own: it keeps nothing secret.</summary>
    public const string Password = "throw-away";

    /// <summary>One round is enough for what is no secret, and quick where a processor is slow.</summary>
    private static readonly PbeParameters Protection = new(PbeEncryptionAlgorithm.TripleDes3KeyPkcs12, HashAlgorithmName.SHA1, 1);

    /// <summary>The file.</summary>
    /// <param name="key">The key.</param>
    /// <param name="name">A name that no other key has.</param>
    public static byte[] Of(ThrowAwayKey key, string name)
    {
        var subject = new X500DistinguishedName($"CN={name}");
        if (key.Type is CertificateKeyType.Rsa2048 or CertificateKeyType.Rsa3072 or CertificateKeyType.Rsa4096)
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(key.Pem);
            return Export(new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }

        using var ecdsa = ECDsa.Create();
        ecdsa.ImportFromPem(key.Pem);
        return Export(new CertificateRequest(subject, ecdsa, HashAlgorithmName.SHA256));
    }

    private static byte[] Export(CertificateRequest request)
    {
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        return certificate.ExportPkcs12(Protection, Password);
    }
}
