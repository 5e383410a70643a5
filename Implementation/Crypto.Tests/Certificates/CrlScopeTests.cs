// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography.X509Certificates;

using FluentAssertions;

using Ipsec.Crypto.Certificates;

using NUnit.Framework;

using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

using X509Extension = System.Security.Cryptography.X509Certificates.X509Extension;

namespace Ipsec.Crypto.Tests.Certificates;

/// <summary>Lists that are not simply all of their issuer's: RFC 5280 sections 5.2.4 and 5.2.5.</summary>
public sealed class CrlScopeTests
{
    private const string Here = "http://example.com/here.crl";
    private const string There = "http://example.com/there.crl";

    private static readonly TestCa Root = TestCa.Root();
    private static readonly Certificate Plain = Root.IssueLeaf();

    [TestCase(Here, CertificateStatus.Valid)]
    [TestCase(There, CertificateStatus.CrlMissing)]
    public void A_list_for_one_distribution_point_clears_the_certificates_that_name_it(string list, CertificateStatus expected)
    {
        Certificate leaf = Root.IssueLeaf(profile: Profile.Leaf.With(
            CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([Here, "http://example.com/elsewhere.crl"])));

        Check(leaf, Crl(new IssuingDistributionPoint(Point(list), false, false, null, false, false))).Should().Be(expected);
        Check(Plain, Crl(new IssuingDistributionPoint(Point(list), false, false, null, false, false))).Should().Be(CertificateStatus.CrlMissing);
        Check(leaf, Crl(null)).Should().Be(CertificateStatus.Valid);
    }

    [Test]
    public void A_list_of_authorities_or_of_others_clears_only_them()
    {
        ReadOnlyMemory<byte> users = Crl(new IssuingDistributionPoint(null, true, false, null, false, false));
        ReadOnlyMemory<byte> authorities = Crl(new IssuingDistributionPoint(null, false, true, null, false, false));
        TestCa middle = Root.Issue("CN=Middle", Profile.Ca);
        Certificate below = middle.IssueLeaf();

        Check(Plain, users).Should().Be(CertificateStatus.Valid);
        Check(Plain, authorities).Should().Be(CertificateStatus.CrlMissing);
        Check(below, [middle], users, middle.Crl()).Should().Be(CertificateStatus.CrlMissing);
        Check(below, [middle], authorities, middle.Crl()).Should().Be(CertificateStatus.Valid);
    }

    [Test]
    public void A_list_of_some_reasons_or_of_attribute_certificates_clears_nobody()
    {
        var reasons = new ReasonFlags(ReasonFlags.KeyCompromise);

        Check(Plain, Crl(new IssuingDistributionPoint(null, false, false, reasons, false, false))).Should().Be(CertificateStatus.CrlMissing);
        Check(Plain, Crl(new IssuingDistributionPoint(null, false, false, null, false, true))).Should().Be(CertificateStatus.CrlMissing);
    }

    [Test]
    public void Whatever_list_of_its_issuer_a_certificate_is_on_it_is_revoked() =>
        Check(Plain, Crl(new IssuingDistributionPoint(Point(There), false, false, null, false, false), Plain))
            .Should().Be(CertificateStatus.Revoked);

    [Test]
    public void An_indirect_list_says_nothing() =>
        Check(Plain, Crl(new IssuingDistributionPoint(null, false, false, null, true, false), Plain)).Should().Be(CertificateStatus.CrlMissing);

    // RFC 4945 appendix A: a delta list alone must not be taken for a whole one.
    [Test]
    public void A_delta_list_neither_clears_nor_revokes_and_hides_no_other()
    {
        ReadOnlyMemory<byte> delta = Crl(null, Plain, (X509Extensions.DeltaCrlIndicator, DerInteger.ValueOf(1)));

        Check(Plain, delta).Should().Be(CertificateStatus.CrlMissing);
        Check(Plain, delta, Root.Crl()).Should().Be(CertificateStatus.Valid);
        Check(Plain, delta, Root.Crl([Plain])).Should().Be(CertificateStatus.Revoked);
    }

    [Test]
    public void A_list_with_a_critical_extension_that_nobody_knows_says_nothing() =>
        Check(Plain, Crl(null, Plain, (new DerObjectIdentifier("1.3.6.1.4.1.99999.2"), DerNull.Instance)))
            .Should().Be(CertificateStatus.CrlMissing);

    [Test]
    public void Distribution_points_that_cannot_be_read_are_an_answer_and_no_throw()
    {
        Certificate leaf = Root.IssueLeaf(profile: Profile.Leaf.With(new X509Extension("2.5.29.31", [2, 1, 7], critical: false)));
        Check(leaf, Crl(new IssuingDistributionPoint(Point(Here), false, false, null, false, false))).Should().Be(CertificateStatus.InvalidPath);
    }

    private static DistributionPointName Point(string uri) =>
        new(new GeneralNames(new GeneralName(GeneralName.UniformResourceIdentifier, uri)));

    private static ReadOnlyMemory<byte> Crl(
        IssuingDistributionPoint? scope, Certificate? revoked = null, (DerObjectIdentifier Oid, Asn1Encodable Value)? critical = null)
    {
        var generator = new X509V2CrlGenerator();
        generator.SetIssuerDN(X509Name.GetInstance(Root.Certificate.SubjectDer.ToArray()));
        generator.SetThisUpdate(TestCa.Now.UtcDateTime.AddDays(-1));
        generator.SetNextUpdate(TestCa.Now.UtcDateTime.AddDays(1));
        if (revoked is not null)
        {
            generator.AddCrlEntry(new BigInteger(revoked.Serial.ToArray()), TestCa.Now.UtcDateTime.AddDays(-2), CrlReason.KeyCompromise);
        }

        if (scope is not null)
        {
            generator.AddExtension(X509Extensions.IssuingDistributionPoint, critical: true, scope);
        }

        if (critical is var (oid, value))
        {
            generator.AddExtension(oid, critical: true, value);
        }

        return generator.Generate(new Asn1SignatureFactory("SHA256withECDSA", PrivateKeyFactory.CreateKey(Root.Pkcs8))).GetEncoded();
    }

    private static CertificateStatus Check(Certificate leaf, params ReadOnlyMemory<byte>[] lists) => Check(leaf, [], lists);

    private static CertificateStatus Check(Certificate leaf, TestCa[] sent, params ReadOnlyMemory<byte>[] lists) =>
        new CertificateTrust { Anchors = [Root.Certificate], RequireCrl = true }
            .Check(leaf, [.. sent.Select(ca => ca.Certificate)], lists, TestCa.Now).Status;
}
