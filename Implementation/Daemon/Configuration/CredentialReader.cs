// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Security.Cryptography;
using Ipsec.Crypto.Certificates;
using Ipsec.Crypto.Signatures;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Daemon.Configuration;

/// <summary>What a connection proves itself with.</summary>
/// <param name="Method">How.</param>
/// <param name="PreSharedKey">The key; empty with signatures.</param>
/// <param name="Certificates">Key, certificates and trust; null with a pre-shared key.</param>
internal sealed record Credentials(AuthenticationMethod Method, ReadOnlyMemory<byte> PreSharedKey, CertificateCredentials? Certificates);

/// <summary>Reads the credentials of a connection: a pre-shared key, or files of a certificate, its key and the authorities.</summary>
internal static class CredentialReader
{
    private const string Psk = "psk";
    private const string CertificateField = "certificate";
    private const string KeyField = "key";
    private const string Authorities = "ca";
    private const string RevocationLists = "crl";

    public static Credentials Read(YamlFields fields)
    {
        var hasPsk = fields.Has(Psk);
        var hasCertificate = fields.Has(CertificateField) | fields.Has(KeyField) | fields.Has(Authorities) | fields.Has(RevocationLists);
        if (hasPsk && hasCertificate)
        {
            fields.Fail(Psk, "stands beside a certificate; a connection has one or the other");
        }

        if (hasCertificate)
        {
            return Signature(fields);
        }

        if (!hasPsk)
        {
            fields.Fail(Psk, "is missing, and so are certificate, key and ca");
        }

        return new(AuthenticationMethod.PreSharedKey, fields.Value<ReadOnlyMemory<byte>>(Psk, default, Texts.Key), null);
    }

    private static Credentials Signature(YamlFields fields)
    {
        var chain = Certificates(fields, CertificateField, fields.Required(CertificateField));
        var key = Key(fields);
        var anchors = fields.Values<string>(Authorities, Texts.Plain).SelectMany((file, _) => Certificates(fields, Authorities, file)).ToImmutableArray();
        if (!fields.Has(Authorities))
        {
            fields.Fail(Authorities, "is missing");
        }

        var crls = fields.Values<string>(RevocationLists, Texts.Plain).SelectMany(file => RevocationList(fields, file)).ToImmutableArray();
        return new(
            key?.Kind switch
            {
                KeyKind.EcdsaP256 => AuthenticationMethod.EcdsaSha256,
                KeyKind.EcdsaP384 => AuthenticationMethod.EcdsaSha384,
                KeyKind.EcdsaP521 => AuthenticationMethod.EcdsaSha512,
                _ => AuthenticationMethod.RsaSignatures,
            },
            default,
            new()
            {
                Chain = chain,
                Key = key,
                Trust = new() { Anchors = anchors, Crls = crls, RequireCrl = fields.Flag("require-crl", false) },
                SendCertificate = fields.Choice("send-certificate", SendCertificate.Always, ("always", SendCertificate.Always), ("when-asked", SendCertificate.WhenAsked), ("never", SendCertificate.Never)),
            });
    }

    private static ImmutableArray<Certificate> Certificates(YamlFields fields, string field, string file)
    {
        if (file.Length == 0 || fields.FileContent(field, file) is not { } pem)
        {
            return [];
        }

        if (!Certificate.TryReadAllPem(pem, out var certificates, out var problem) || certificates.IsEmpty)
        {
            fields.Fail(field, $"{file}: {(problem.Length > 0 ? problem : "holds no certificate")}");
            return [];
        }

        return certificates;
    }

    private static SigningKey? Key(YamlFields fields)
    {
        var file = fields.Required(KeyField);
        if (file.Length == 0 || fields.FileContent(KeyField, file) is not { } pem)
        {
            return null;
        }

        if (!SigningKey.TryRead(pem, out var key, out var problem))
        {
            fields.Fail(KeyField, $"{file}: {problem}");
        }

        return key;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> RevocationList(YamlFields fields, string file)
    {
        if (fields.FileContent(RevocationLists, file) is not { } pem)
        {
            return [];
        }

        if (!PemEncoding.TryFind(pem, out var found) || !pem[found.Label].Equals("X509 CRL", StringComparison.Ordinal))
        {
            fields.Fail(RevocationLists, $"{file}: holds no \"X509 CRL\" in PEM");
            return [];
        }

        return [Convert.FromBase64String(pem[found.Base64Data])];
    }
}
