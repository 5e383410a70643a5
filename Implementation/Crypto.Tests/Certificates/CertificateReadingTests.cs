// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using CsCheck;

using FluentAssertions;

using Ipsec.Crypto.Certificates;
using Ipsec.Crypto.Signatures;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests.Certificates;

public sealed class CertificateReadingTests
{
    private static readonly TestCa Root = TestCa.Root("CN=Root");

    [Test]
    public void Fields_are_what_the_platform_reads()
    {
        TestCa ca = Root.Issue("CN=gateway,O=Example,C=DE", Profile.Leaf);
        X509Certificate2 platform = ca.Platform;
        Certificate certificate = ca.Certificate;

        certificate.Der.ToArray().Should().Equal(platform.RawData);
        certificate.SubjectDer.ToArray().Should().Equal(platform.SubjectName.RawData);
        certificate.IssuerDer.ToArray().Should().Equal(platform.IssuerName.RawData);
        certificate.Subject.Should().Be("CN=gateway,O=Example,C=DE");
        certificate.NotBefore.Should().Be(platform.NotBefore.ToUniversalTime());
        certificate.NotAfter.Should().Be(platform.NotAfter.ToUniversalTime());
        certificate.Serial.ToArray().Should().Equal(platform.SerialNumberBytes.ToArray());
        certificate.PublicKey.SubjectPublicKeyInfo.ToArray().Should().Equal(platform.PublicKey.ExportSubjectPublicKeyInfo());
        certificate.PublicKey.Kind.Should().Be(KeyKind.EcdsaP256);
        certificate.AltNames.Should().BeEmpty();
        certificate.ToString().Should().Be($"CN=gateway,O=Example,C=DE [{platform.SerialNumber.ToLowerInvariant()}]");
    }

    // RFC 4514 section 2.4.
    [TestCase("O=\"Example, Inc.\",CN=x", "O=Example\\, Inc.,CN=x")]
    [TestCase("CN=\"a+b\"", "CN=a\\+b")]
    public void The_subject_is_written_as_RFC_4514_says(string platform, string expected) =>
        Root.IssueLeaf(platform).Subject.Should().Be(expected);

    [Test]
    public void Alternative_names_are_the_octets_of_an_identification_payload()
    {
        var directoryName = new X500DistinguishedName("CN=gateway");
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, "gw.example.com", new Asn1Tag(TagClass.ContextSpecific, 2));
            writer.WriteCharacterString(UniversalTagNumber.IA5String, "gw@example.com", new Asn1Tag(TagClass.ContextSpecific, 1));
            writer.WriteOctetString([198, 51, 100, 7], new Asn1Tag(TagClass.ContextSpecific, 7));
            writer.WriteOctetString(IPAddress.Parse("2001:db8::7").GetAddressBytes(), new Asn1Tag(TagClass.ContextSpecific, 7));
            writer.WriteCharacterString(UniversalTagNumber.IA5String, "http://example.com/", new Asn1Tag(TagClass.ContextSpecific, 6));
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4)))
            {
                writer.WriteEncodedValue(directoryName.RawData);
            }
        }

        Certificate certificate = Root.IssueLeaf("", Profile.Leaf.With(new X509Extension("2.5.29.17", writer.Encode(), critical: true)));

        certificate.Subject.Should().BeEmpty();
        certificate.AltNames.Should().Equal(
            new SubjectAltName(SubjectAltNameKind.Dns, "gw.example.com"u8.ToArray()),
            new SubjectAltName(SubjectAltNameKind.Email, "gw@example.com"u8.ToArray()),
            new SubjectAltName(SubjectAltNameKind.IpAddress, new byte[] { 198, 51, 100, 7 }),
            new SubjectAltName(SubjectAltNameKind.IpAddress, IPAddress.Parse("2001:db8::7").GetAddressBytes()),
            new SubjectAltName(SubjectAltNameKind.DirectoryName, directoryName.RawData));
        certificate.AltNames.Select(name => name.ToString()).Should().Equal(
            "gw.example.com", "gw@example.com", "198.51.100.7", "2001:db8::7", Convert.ToHexStringLower(directoryName.RawData));
        new CertificateTrust { Anchors = [Root.Certificate] }.Check(certificate, [], [], TestCa.Now).Status
            .Should().Be(CertificateStatus.Valid, "RFC 4945 section 5.1.2.1: an empty subject is accepted");
    }

    [Test]
    public void A_key_that_no_method_uses_is_no_reason_to_refuse_the_certificate_of_an_authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        var request = new CertificateRequest("CN=Brainpool", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 issuer = request.CreateSelfSigned(TestCa.Now.AddDays(-1), TestCa.Now.AddDays(1));
        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 leaf = new CertificateRequest("CN=gateway", leafKey, HashAlgorithmName.SHA256)
            .Create(issuer, TestCa.Now.AddDays(-1), TestCa.Now.AddDays(1), [1, 2, 3, 4]);
        Certificate root = TestCa.Read(issuer.RawDataMemory);

        root.PublicKey.Kind.Should().Be(KeyKind.Other);
        root.PublicKey.VerifyEcdsa([1], new byte[64]).Should().BeFalse();
        new CertificateTrust { Anchors = [root] }.Check(TestCa.Read(leaf.RawDataMemory), [], [], TestCa.Now).Status
            .Should().Be(CertificateStatus.Valid);
    }

    [Test]
    public void Certificates_are_read_from_pem()
    {
        Certificate leaf = Root.IssueLeaf();
        string pem = $"{Pem(leaf)}\nin between\n{TestPem("PUBLIC KEY", leaf.PublicKey.SubjectPublicKeyInfo)}\n{Pem(Root.Certificate)}\n";

        Certificate.TryReadPem(pem, out Certificate? first, out _).Should().BeTrue();
        Certificate.TryReadAllPem(pem, out ImmutableArray<Certificate> all, out _).Should().BeTrue();

        first.Should().Be(leaf);
        all.Should().Equal(leaf, Root.Certificate);
    }

    [Test]
    public void A_text_without_a_certificate_or_with_a_broken_one_is_refused()
    {
        Certificate.TryReadPem("", out _, out string none).Should().BeFalse();
        none.Should().Contain("CERTIFICATE");
        Certificate.TryReadAllPem(Pem(Root.Certificate) + "\n" + TestPem("CERTIFICATE", new byte[] { 1, 2, 3 }), out _, out string broken)
            .Should().BeFalse();
        broken.Should().StartWith("not a certificate");
    }

    [Test]
    public void Octets_after_a_certificate_are_refused()
    {
        Certificate.TryRead((byte[])[.. Root.Certificate.Der.Span, 0], out _, out string problem).Should().BeFalse();

        problem.Should().StartWith("not a certificate");
    }

    [Test]
    public void An_extension_that_occurs_twice_is_refused()
    {
        var extension = new X509Extension("2.5.29.14", [4, 1, 7], critical: false);
        TestCa ca = Root.Issue("CN=gateway", Profile.Leaf.With(extension, new X509Extension("2.5.29.99", [4, 1, 7], critical: false)));
        byte[] der = ca.Certificate.Der.ToArray();
        int at = der.AsSpan().IndexOf((byte[])[0x06, 0x03, 0x55, 0x1d, 99]);
        der[at + 4] = 14;

        Certificate.TryRead(der, out _, out string problem).Should().BeFalse();
        problem.Should().Contain("2.5.29.14 occurs twice");
    }

    [Test]
    public void Equality_is_of_octets()
    {
        Certificate leaf = Root.IssueLeaf();

        TestCa.Read(leaf.Der.ToArray()).Should().Be(leaf);
        TestCa.Read(leaf.Der.ToArray()).GetHashCode().Should().Be(leaf.GetHashCode());
        Root.IssueLeaf().Should().NotBe(leaf);
        leaf.Equals("CN=gateway").Should().BeFalse();
    }

    [Test]
    public void A_read_certificate_does_not_change_with_the_octets_it_was_read_from()
    {
        byte[] der = Root.Certificate.Der.ToArray();
        Certificate certificate = TestCa.Read(der);
        Array.Clear(der);

        certificate.Should().Be(Root.Certificate);
    }

    [Test]
    public void No_octets_throw() =>
        Gen.OneOf(Gen.Byte.Array[0, 200], Gen.Byte.Array[0, 200].Select(octets => (byte[])[0x30, (byte)octets.Length, .. octets]))
            .Sample(octets => Certificate.TryRead(octets, out _, out string problem).Should().Be(problem.Length == 0));

    [Test]
    public void No_change_of_a_certificate_throws_in_reading_or_in_validation()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("gw.example.com");
        names.AddEmailAddress("gw@example.com");
        TestCa middle = Root.Issue("CN=Middle", Profile.Ca with { BasicConstraints = (true, 1) });
        Certificate leaf = middle.IssueLeaf(profile: Profile.Leaf.With(
            names.Build(),
            new X509EnhancedKeyUsageExtension([new Oid("2.5.29.37.0")], critical: false),
            new X509SubjectKeyIdentifierExtension(new byte[] { 1, 2, 3 }, critical: false),
            X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier([4, 5, 6])));
        var trust = new CertificateTrust { Anchors = [Root.Certificate], RequireCrl = true, Crls = [Root.Crl(), middle.Crl()] };
        trust.Check(leaf, [middle.Certificate], [], TestCa.Now).Status.Should().Be(CertificateStatus.Valid);

        Gen.Select(Gen.Bool, Gen.Int[0, 2000], Gen.Byte, Gen.Int[0, 3]).Sample(
            (changeLeaf, at, value, operation) =>
            {
                Certificate original = changeLeaf ? leaf : middle.Certificate;
                byte[] changed = Mutation.Of(original.Der.ToArray(), at, value, operation);
                if (!Certificate.TryRead(changed, out Certificate? certificate, out string problem))
                {
                    problem.Should().NotBeEmpty();
                    return;
                }

                CertificateVerdict verdict = changeLeaf
                    ? trust.Check(certificate, [middle.Certificate], [], TestCa.Now)
                    : trust.Check(leaf, [certificate], [], TestCa.Now);
                verdict.IsValid.Should().Be(certificate.Equals(original), verdict.Text);
            },
            iter: 1500);
    }

    private static string Pem(Certificate certificate) => TestPem("CERTIFICATE", certificate.Der);

    private static string TestPem(string label, ReadOnlyMemory<byte> der) => PemEncoding.WriteString(label, der.Span);
}
