// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using FluentAssertions;

using Ipsec.Crypto.Certificates;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests.Certificates;

/// <summary>What the extensions of the certificates on a path allow (RFC 5280 sections 4.2 and 6.1, RFC 4945 section 5.1.3).</summary>
public sealed class CertificateExtensionTests
{
    [Test]
    public void Only_certification_authorities_stand_above_others()
    {
        TestCa root = TestCa.Root();
        var trust = new CertificateTrust { Anchors = [root.Certificate] };
        foreach (Profile profile in (Profile[])
            [
                Profile.Leaf,
                Profile.Leaf with { KeyUsage = null },
                Profile.Ca with { BasicConstraints = (false, null) },
                Profile.Ca with { BasicConstraints = null },
            ])
        {
            TestCa middle = root.Issue("CN=Middle", profile);
            Check(trust, middle.IssueLeaf(), middle.Certificate).Should().Be(CertificateStatus.NotACa);
        }
    }

    [Test]
    public void A_root_that_says_it_is_no_authority_is_none()
    {
        TestCa root = TestCa.Root(profile: Profile.Leaf);

        Check(new() { Anchors = [root.Certificate] }, root.IssueLeaf()).Should().Be(CertificateStatus.NotACa);
    }

    [Test]
    public void An_authority_s_key_usage_has_to_allow_to_sign_certificates()
    {
        TestCa root = TestCa.Root();
        TestCa middle = root.Issue("CN=Middle", Profile.Ca with { KeyUsage = X509KeyUsageFlags.CrlSign | X509KeyUsageFlags.DigitalSignature });
        TestCa silent = root.Issue("CN=Silent", Profile.Ca with { KeyUsage = null });
        var trust = new CertificateTrust { Anchors = [root.Certificate] };

        Check(trust, middle.IssueLeaf(), middle.Certificate).Should().Be(CertificateStatus.WrongKeyUsage);
        Check(trust, silent.IssueLeaf(), silent.Certificate).Should().Be(CertificateStatus.Valid);
    }

    [Test]
    public void A_path_length_constraint_holds_wherever_it_stands([Range(0, 2)] int limit, [Range(0, 3)] int intermediates, [Values] bool atRoot)
    {
        TestCa root = TestCa.Root(profile: atRoot ? Profile.Ca with { BasicConstraints = (true, limit) } : Profile.Ca);
        TestCa issuer = atRoot ? root : root.Issue("CN=Limited", Profile.Ca with { BasicConstraints = (true, limit) });
        List<Certificate> sent = atRoot ? [] : [issuer.Certificate];
        for (int i = 0; i < intermediates; i++)
        {
            issuer = issuer.Issue($"CN=Intermediate {i}", Profile.Ca);
            sent.Add(issuer.Certificate);
        }

        Check(new() { Anchors = [root.Certificate] }, issuer.IssueLeaf(), [.. sent])
            .Should().Be(intermediates <= limit ? CertificateStatus.Valid : CertificateStatus.PathTooLong);
    }

    [Test]
    public void An_unknown_extension_matters_only_when_it_is_critical([Values("root", "middle", "leaf")] string which, [Values] bool critical)
    {
        Profile With(Profile profile, string place) =>
            place == which ? profile.With(new X509Extension("1.3.6.1.4.1.99999.1", [5, 0], critical)) : profile;
        TestCa root = TestCa.Root(profile: With(Profile.Ca, "root"));
        TestCa middle = root.Issue("CN=Middle", With(Profile.Ca, "middle"));
        Certificate leaf = middle.IssueLeaf(profile: With(Profile.Leaf, "leaf"));

        Check(new() { Anchors = [root.Certificate] }, leaf, middle.Certificate)
            .Should().Be(critical ? CertificateStatus.UnknownCriticalExtension : CertificateStatus.Valid);
    }

    [TestCase(X509KeyUsageFlags.DigitalSignature, true, false)]
    [TestCase(X509KeyUsageFlags.NonRepudiation, true, false)]
    [TestCase(X509KeyUsageFlags.KeyEncipherment, false, true)]
    [TestCase(X509KeyUsageFlags.DataEncipherment | X509KeyUsageFlags.CrlSign, false, true)]
    [TestCase(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true, true)]
    [TestCase(X509KeyUsageFlags.KeyAgreement, false, false)]
    [TestCase(X509KeyUsageFlags.DecipherOnly, false, false)]
    [TestCase(null, true, true)]
    public void The_leaf_s_key_usage_has_to_allow_what_it_is_wanted_for(X509KeyUsageFlags? usage, bool signature, bool encryption)
    {
        TestCa root = TestCa.Root();
        Certificate leaf = root.IssueLeaf(profile: Profile.Leaf with { KeyUsage = usage });
        var trust = new CertificateTrust { Anchors = [root.Certificate] };

        trust.Check(leaf, [], [], TestCa.Now).Status.Should().Be(signature ? CertificateStatus.Valid : CertificateStatus.WrongKeyUsage);
        trust.Check(leaf, [], [], TestCa.Now, CertificatePurpose.Encryption).Status
            .Should().Be(encryption ? CertificateStatus.Valid : CertificateStatus.WrongKeyUsage);
    }

    // RFC 4945 section 5.1.3.12.
    [TestCase("1.3.6.1.5.5.7.3.17", CertificateStatus.Valid)]
    [TestCase("2.5.29.37.0", CertificateStatus.Valid)]
    [TestCase("1.3.6.1.5.5.7.3.1 1.3.6.1.5.5.7.3.17", CertificateStatus.Valid)]
    [TestCase("1.3.6.1.5.5.7.3.1", CertificateStatus.WrongKeyUsage)]
    [TestCase("1.3.6.1.5.5.7.3.5", CertificateStatus.WrongKeyUsage)]
    public void The_leaf_s_extended_key_usage_has_to_name_ike(string oids, CertificateStatus expected)
    {
        TestCa root = TestCa.Root();
        OidCollection usages = [.. oids.Split(' ').Select(oid => new Oid(oid))];
        foreach (bool critical in (bool[])[false, true])
        {
            Certificate leaf = root.IssueLeaf(profile: Profile.Leaf.With(new X509EnhancedKeyUsageExtension(usages, critical)));
            Check(new() { Anchors = [root.Certificate] }, leaf).Should().Be(expected);
        }
    }

    // RFC 5280 section 4.2.1.10: permitted subtree dNSName example.com.
    [TestCase("gateway.example.com", CertificateStatus.Valid)]
    [TestCase("gateway.example.net", CertificateStatus.InvalidPath)]
    public void Name_constraints_are_applied(string name, CertificateStatus expected)
    {
        byte[] permittedExampleCom = Convert.FromHexString("3011" + "a00f" + "300d" + "820b" + Convert.ToHexString("example.com"u8));
        TestCa root = TestCa.Root(profile: Profile.Ca.With(new X509Extension("2.5.29.30", permittedExampleCom, critical: true)));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);

        Check(new() { Anchors = [root.Certificate] }, root.IssueLeaf(profile: Profile.Leaf.With(names.Build()))).Should().Be(expected);
    }

    private static CertificateStatus Check(CertificateTrust trust, Certificate leaf, params Certificate[] sent) =>
        trust.Check(leaf, sent, [], TestCa.Now).Status;
}
