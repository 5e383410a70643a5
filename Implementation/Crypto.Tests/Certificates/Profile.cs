// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ipsec.Crypto.Tests.Certificates;

/// <summary>What a certificate of <see cref="TestCa"/> says beside names and key.</summary>
internal sealed record Profile
{
    // Making RSA keys is what takes the time of these tests.
    private static readonly Lazy<string[]> RsaKeys = new(() =>
        [.. Enumerable.Range(0, 6).Select(_ =>
        {
            using var rsa = RSA.Create(2048);
            return rsa.ExportPkcs8PrivateKeyPem();
        })]);

    private static int _rsaKeys;

    public static Profile Ca { get; } = new()
    {
        BasicConstraints = (true, null),
        KeyUsage = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
    };

    public static Profile Leaf { get; } = new() { KeyUsage = X509KeyUsageFlags.DigitalSignature };

    public bool Rsa { get; init; }

    /// <summary>cA and pathLenConstraint; null for no extension.</summary>
    public (bool Authority, int? PathLength)? BasicConstraints { get; init; }

    /// <summary>Null for no extension.</summary>
    public X509KeyUsageFlags? KeyUsage { get; init; }

    public ImmutableArray<X509Extension> Extensions { get; init; } = [];

    public TimeSpan NotBefore { get; init; } = TimeSpan.FromDays(-30);

    public TimeSpan NotAfter { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Another issuer than the one that signs.</summary>
    public string? IssuerName { get; init; }

    public Profile With(params X509Extension[] extensions) => this with { Extensions = [.. Extensions, .. extensions] };

    public AsymmetricAlgorithm NewKey()
    {
        if (!Rsa)
        {
            return ECDsa.Create(ECCurve.NamedCurves.nistP256);
        }

        var rsa = RSA.Create();
        rsa.ImportFromPem(RsaKeys.Value[Interlocked.Increment(ref _rsaKeys) % RsaKeys.Value.Length]);
        return rsa;
    }

    public CertificateRequest Request(string name, AsymmetricAlgorithm key)
    {
        var subject = new X500DistinguishedName(name);
        CertificateRequest request = key is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        if (BasicConstraints is var (authority, pathLength))
        {
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, pathLength is not null, pathLength ?? 0, critical: true));
        }

        if (KeyUsage is X509KeyUsageFlags usage)
        {
            request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        }

        foreach (X509Extension extension in Extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        return request;
    }
}
