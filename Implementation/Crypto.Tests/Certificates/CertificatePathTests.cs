// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography.X509Certificates;

using CsCheck;

using FluentAssertions;

using Ipsec.Crypto.Certificates;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests.Certificates;

/// <summary>Paths, without revocation.</summary>
public sealed class CertificatePathTests
{
    [Test]
    public void A_chain_of_any_length_and_mixture_of_keys_is_valid_in_any_order([Range(0, 3)] int intermediates, [Values] bool rsaFirst)
    {
        bool rsa = rsaFirst;
        TestCa root = TestCa.Root(profile: Profile.Ca with { Rsa = rsa });
        TestCa issuer = root;
        List<Certificate> sent = [];
        for (int i = 0; i < intermediates; i++)
        {
            rsa = !rsa;
            issuer = issuer.Issue($"CN=Intermediate {i}", Profile.Ca with { Rsa = rsa });
            sent.Add(issuer.Certificate);
        }

        Certificate leaf = issuer.IssueLeaf(profile: Profile.Leaf with { Rsa = !rsa });
        var trust = new CertificateTrust { Anchors = [root.Certificate] };

        Check(trust, leaf, [.. sent]).Should().Be(CertificateStatus.Valid);
        sent.Reverse();
        Check(trust, leaf, [.. sent]).Should().Be(CertificateStatus.Valid);
        Check(trust, leaf, [leaf, .. sent, root.Certificate, .. sent]).Should().Be(CertificateStatus.Valid);
        Check(trust with { Intermediates = [.. sent] }, leaf).Should().Be(CertificateStatus.Valid);
    }

    [Test]
    public void The_platform_s_own_chain_building_agrees([Range(0, 3)] int intermediates, [Range(-1, 2)] int missing)
    {
        TestCa root = TestCa.Root();
        TestCa issuer = root;
        List<TestCa> below = [];
        for (int i = 0; i < intermediates; i++)
        {
            issuer = issuer.Issue($"CN=Intermediate {i}", Profile.Ca);
            below.Add(issuer);
        }

        TestCa leaf = issuer.Issue("CN=gateway", Profile.Leaf);
        TestCa[] sent = [.. below.Where((_, index) => index != missing)];
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root.Platform);
        chain.ChainPolicy.ExtraStore.AddRange(sent.Select(ca => ca.Platform).ToArray());
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = TestCa.Now.LocalDateTime;

        bool valid = Check(new() { Anchors = [root.Certificate] }, leaf.Certificate, [.. sent.Select(ca => ca.Certificate)])
            == CertificateStatus.Valid;

        valid.Should().Be(chain.Build(leaf.Platform));
        valid.Should().Be(missing < 0 || missing >= intermediates);
    }

    [Test]
    public void Without_the_root_or_an_intermediate_nobody_knows_the_issuer()
    {
        TestCa root = TestCa.Root();
        TestCa middle = root.Issue("CN=Middle,O=Example", Profile.Ca);
        TestCa low = middle.Issue("CN=Low", Profile.Ca);
        Certificate leaf = low.IssueLeaf();
        var trust = new CertificateTrust { Anchors = [root.Certificate] };

        Check(trust, leaf, low.Certificate, middle.Certificate).Should().Be(CertificateStatus.Valid);
        Check(trust, leaf, low.Certificate).Should().Be(CertificateStatus.UnknownIssuer);
        Check(trust, leaf, middle.Certificate).Should().Be(CertificateStatus.UnknownIssuer);
        Check(new CertificateTrust(), leaf, low.Certificate, middle.Certificate, root.Certificate).Should().Be(CertificateStatus.UnknownIssuer);
        Check(trust with { Anchors = [TestCa.Root("CN=Other").Certificate] }, leaf, low.Certificate, middle.Certificate, root.Certificate)
            .Should().Be(CertificateStatus.UnknownIssuer);
        Verdict(trust, leaf, low.Certificate).Text.Should().Contain("CN=Middle,O=Example");
    }

    [Test]
    public void An_intermediate_can_be_the_anchor()
    {
        TestCa middle = TestCa.Root().Issue("CN=Middle", Profile.Ca);

        Check(new() { Anchors = [middle.Certificate] }, middle.IssueLeaf()).Should().Be(CertificateStatus.Valid);
    }

    [Test]
    public void A_peer_s_own_certificate_can_be_the_anchor_and_has_to_be_of_this_time()
    {
        Certificate own = TestCa.Root("CN=peer", Profile.Leaf).Certificate;
        Certificate old = TestCa.Root("CN=peer", Profile.Leaf with { NotAfter = TimeSpan.FromDays(-1) }).Certificate;

        Check(new() { Anchors = [own] }, own).Should().Be(CertificateStatus.Valid);
        Check(new(), own).Should().Be(CertificateStatus.UnknownIssuer);
        Check(new() { Anchors = [old] }, old).Should().Be(CertificateStatus.Expired);
    }

    [Test]
    public void A_root_of_the_same_name_and_another_key_did_not_sign()
    {
        TestCa root = TestCa.Root();
        TestCa twin = root.Twin();
        Certificate leaf = root.IssueLeaf();

        Check(new() { Anchors = [twin.Certificate] }, leaf).Should().Be(CertificateStatus.BadSignature);
        Check(new() { Anchors = [twin.Certificate, root.Certificate] }, leaf).Should().Be(CertificateStatus.Valid);
        Check(new() { Anchors = [root.Certificate, twin.Certificate] }, leaf).Should().Be(CertificateStatus.Valid);
    }

    [Test]
    public void A_flipped_bit_anywhere_in_a_certificate_makes_it_invalid()
    {
        TestCa root = TestCa.Root();
        Certificate leaf = root.IssueLeaf();
        var trust = new CertificateTrust { Anchors = [root.Certificate] };
        Gen.Int[0, (leaf.Der.Length * 8) - 1].Sample(
            bit =>
            {
                byte[] der = leaf.Der.ToArray();
                der[bit / 8] ^= (byte)(1 << (bit % 8));
                if (Certificate.TryRead(der, out Certificate? certificate, out _))
                {
                    Check(trust, certificate).Should().NotBe(CertificateStatus.Valid);
                }
            },
            iter: 300);
    }

    [Test]
    public void The_dates_of_every_certificate_count([Values("root", "middle", "leaf")] string which)
    {
        foreach ((Func<Profile, Profile> change, CertificateStatus expected) in ((Func<Profile, Profile>, CertificateStatus)[])
            [
                (profile => profile with { NotAfter = TimeSpan.FromSeconds(-1) }, CertificateStatus.Expired),
                (profile => profile with { NotBefore = TimeSpan.FromSeconds(1) }, CertificateStatus.NotYetValid),
                (profile => profile with { NotAfter = TimeSpan.Zero }, CertificateStatus.Valid),
                (profile => profile with { NotBefore = TimeSpan.Zero }, CertificateStatus.Valid),
            ])
        {
            TestCa root = TestCa.Root(profile: which == "root" ? change(Profile.Ca) : Profile.Ca);
            TestCa middle = root.Issue("CN=Middle", which == "middle" ? change(Profile.Ca) : Profile.Ca);
            Certificate leaf = middle.IssueLeaf(profile: which == "leaf" ? change(Profile.Leaf) : Profile.Leaf);

            Check(new() { Anchors = [root.Certificate] }, leaf, middle.Certificate).Should().Be(expected);
        }
    }

    [Test]
    public void A_renewed_intermediate_is_found_beside_the_expired_one()
    {
        TestCa root = TestCa.Root();
        TestCa middle = root.Issue("CN=Middle", Profile.Ca);
        Certificate expired = root.Issue("CN=Middle", Profile.Ca with { NotAfter = TimeSpan.FromDays(-1) }).Certificate;

        Check(new() { Anchors = [root.Certificate] }, middle.IssueLeaf(), expired, middle.Certificate).Should().Be(CertificateStatus.Valid);
    }

    [Test]
    public void Names_chain_whatever_the_case_of_their_letters()
    {
        TestCa root = TestCa.Root("CN=Example Root,O=Example");
        Certificate leaf = root.IssueLeaf(profile: Profile.Leaf with { IssuerName = "CN=EXAMPLE root,O=example" });

        Check(new() { Anchors = [root.Certificate] }, leaf).Should().Be(CertificateStatus.Valid);
    }

    [Test]
    public void Certificates_that_issue_each_other_lead_nowhere()
    {
        TestCa a = TestCa.Root("CN=A");
        TestCa b = a.Issue("CN=B", Profile.Ca);
        Certificate backwards = b.Issue("CN=A", Profile.Ca).Certificate;

        Check(new() { Anchors = [TestCa.Root("CN=Other").Certificate] }, b.IssueLeaf(), b.Certificate, backwards)
            .Should().Be(CertificateStatus.UnknownIssuer);
    }

    [Test]
    public void A_flood_of_certificates_of_one_name_is_given_up()
    {
        TestCa root = TestCa.Root("CN=Same");
        Certificate[] flood = [.. Enumerable.Range(0, 30).Select(_ => root.Issue("CN=Same", Profile.Ca).Certificate)];
        Certificate leaf = root.IssueLeaf(profile: Profile.Leaf with { IssuerName = "CN=Same" });

        Check(new() { Anchors = [TestCa.Root("CN=Other").Certificate] }, leaf, flood).Should().Be(CertificateStatus.TooComplex);
        Check(new() { Anchors = [root.Twin().Certificate] }, leaf, flood).Should().Be(CertificateStatus.TooComplex);
        Check(new() { Anchors = [root.Certificate] }, leaf, flood).Should().Be(CertificateStatus.Valid);
    }

    [Test]
    public void A_path_of_more_than_ten_certificates_is_given_up()
    {
        TestCa root = TestCa.Root();
        TestCa issuer = root;
        List<Certificate> sent = [];
        for (int i = 0; i < 9; i++)
        {
            issuer = issuer.Issue($"CN=Intermediate {i}", Profile.Ca);
            sent.Add(issuer.Certificate);
        }

        var trust = new CertificateTrust { Anchors = [root.Certificate] };
        Check(trust, issuer.IssueLeaf(), [.. sent]).Should().Be(CertificateStatus.TooComplex);
        Check(trust, sent[^1], [.. sent[..^1]]).Should().Be(CertificateStatus.WrongKeyUsage, "the path is found, to a key that is not for IKE");
    }

    private static CertificateStatus Check(CertificateTrust trust, Certificate leaf, params Certificate[] sent) =>
        Verdict(trust, leaf, sent).Status;

    private static CertificateVerdict Verdict(CertificateTrust trust, Certificate leaf, params Certificate[] sent)
    {
        CertificateVerdict verdict = trust.Check(leaf, sent, [], TestCa.Now);
        verdict.IsValid.Should().Be(verdict.Status == CertificateStatus.Valid);
        verdict.Text.Should().NotBeEmpty();
        return verdict;
    }
}
