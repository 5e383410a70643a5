// SPDX-License-Identifier: Apache-2.0

using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using FluentAssertions;

using Ipsec.Crypto.Certificates;

namespace Ipsec.Crypto.Tests.Certificates;

/// <summary>A certification authority made for one test with the platform's classes. All dates are relative to <see cref="Now"/>.</summary>
internal sealed class TestCa
{
    public static readonly DateTimeOffset Now = new(2030, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static int _serials;

    private TestCa(X509Certificate2 platform, AsymmetricAlgorithm key)
    {
        Platform = platform;
        Key = key;
        Certificate = Read(platform.RawDataMemory);
    }

    public X509Certificate2 Platform { get; }

    public Certificate Certificate { get; }

    public byte[] Pkcs8 => Key.ExportPkcs8PrivateKey();

    private AsymmetricAlgorithm Key { get; }

    private X509SignatureGenerator Generator => GeneratorFor(Key);

    public static TestCa Root(string name = "CN=Root", Profile? profile = null)
    {
        profile ??= Profile.Ca;
        AsymmetricAlgorithm key = profile.NewKey();
        CertificateRequest request = profile.Request(name, key);
        return new TestCa(
            request.Create(request.SubjectName, GeneratorFor(key), Now + profile.NotBefore, Now + profile.NotAfter, NextSerial()), key);
    }

    /// <summary>A certificate below this one; a certification authority's or not, as the profile says.</summary>
    public TestCa Issue(string name, Profile profile)
    {
        AsymmetricAlgorithm key = profile.NewKey();
        CertificateRequest request = profile.Request(name, key);
        X509Certificate2 issued = request.Create(
            profile.IssuerName is string other ? new X500DistinguishedName(other) : Platform.SubjectName,
            Generator,
            Now + profile.NotBefore,
            Now + profile.NotAfter,
            NextSerial());
        return new TestCa(issued, key);
    }

    /// <summary>A certificate for a request of whatever content.</summary>
    public Certificate Sign(CertificateRequest request) =>
        Read(request.Create(Platform.SubjectName, Generator, Now.AddDays(-30), Now.AddDays(30), NextSerial()).RawDataMemory);

    public Certificate IssueLeaf(string name = "CN=gateway", Profile? profile = null) => Issue(name, profile ?? Profile.Leaf).Certificate;

    /// <summary>The same subject and another key.</summary>
    public TestCa Twin() => Root(Platform.Subject);

    /// <summary>A revocation list of this authority, signed with the key of <paramref name="signer"/> if there is one.</summary>
    public ReadOnlyMemory<byte> Crl(Certificate[]? revoked = null, TimeSpan? thisUpdate = null, TimeSpan? nextUpdate = null, TestCa? signer = null)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (Certificate certificate in revoked ?? [])
        {
            builder.AddEntry(certificate.Serial.Span, Now.AddDays(-1), X509RevocationReason.KeyCompromise);
        }

        return builder.Build(
            Platform.SubjectName,
            (signer ?? this).Generator,
            BigInteger.One,
            Now + (nextUpdate ?? TimeSpan.FromDays(7)),
            HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier([1, 2, 3]),
            Now + (thisUpdate ?? TimeSpan.FromDays(-7)));
    }

    public static Certificate Read(ReadOnlyMemory<byte> der)
    {
        Certificate.TryRead(der, out Certificate? certificate, out string problem).Should().BeTrue(problem);
        return certificate!;
    }

    private static byte[] NextSerial()
    {
        int serial = Interlocked.Increment(ref _serials);
        return [0x12, (byte)(serial >> 16), (byte)(serial >> 8), (byte)serial];
    }

    private static X509SignatureGenerator GeneratorFor(AsymmetricAlgorithm key) => key is RSA rsa
        ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1)
        : X509SignatureGenerator.CreateForECDsa((ECDsa)key);
}
