// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography.X509Certificates;

using CsCheck;

using FluentAssertions;

using Ipsec.Crypto.Certificates;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests.Certificates;

public sealed class CertificateRevocationTests
{
    private readonly TestCa _root = TestCa.Root();
    private readonly TestCa _middle;
    private readonly Certificate _leaf;
    private readonly Certificate _other;

    public CertificateRevocationTests()
    {
        _middle = _root.Issue("CN=Middle", Profile.Ca);
        _leaf = _middle.IssueLeaf();
        _other = _middle.IssueLeaf("CN=other");
    }

    [Test]
    public void Lists_that_do_not_name_a_certificate_clear_it([Values] bool required) =>
        Check(required, _root.Crl(), _middle.Crl([_other])).Should().Be(CertificateStatus.Valid);

    [Test]
    public void The_lists_of_policy_count_as_those_that_were_sent()
    {
        var trust = new CertificateTrust { Anchors = [_root.Certificate], RequireCrl = true, Crls = [_root.Crl(), _middle.Crl([_leaf])] };

        trust.Check(_leaf, [_middle.Certificate], [], TestCa.Now).Status.Should().Be(CertificateStatus.Revoked);
        trust.Check(_other, [_middle.Certificate], [], TestCa.Now).Status.Should().Be(CertificateStatus.Valid);
    }

    [Test]
    public void A_leaf_on_its_issuer_s_list_is_revoked([Values] bool required)
    {
        Check(required, _root.Crl(), _middle.Crl([_other, _leaf])).Should().Be(CertificateStatus.Revoked);
        Check(required, _middle.Crl(), _root.Crl(), _middle.Crl([_leaf])).Should().Be(CertificateStatus.Revoked, "any list counts");
    }

    [Test]
    public void An_intermediate_on_the_root_s_list_is_revoked([Values] bool required) =>
        Check(required, _root.Crl([_middle.Certificate]), _middle.Crl()).Should().Be(CertificateStatus.Revoked);

    [Test]
    public void A_serial_number_is_its_issuer_s()
    {
        // The root's list names a number that the leaf has under another issuer.
        Check(true, _root.Crl([_leaf]), _middle.Crl()).Should().Be(CertificateStatus.Valid);
    }

    [Test]
    public void A_list_is_missing_only_where_it_is_required()
    {
        Check(true).Should().Be(CertificateStatus.CrlMissing);
        Check(true, _root.Crl()).Should().Be(CertificateStatus.CrlMissing);
        Check(true, _middle.Crl()).Should().Be(CertificateStatus.CrlMissing);
        Check(false).Should().Be(CertificateStatus.Valid);
        Check(false, _root.Crl()).Should().Be(CertificateStatus.Valid);
    }

    [Test]
    public void A_list_past_its_time_does_not_clear()
    {
        ReadOnlyMemory<byte> old = _middle.Crl(thisUpdate: TimeSpan.FromDays(-9), nextUpdate: TimeSpan.FromSeconds(-1));
        ReadOnlyMemory<byte> coming = _middle.Crl(thisUpdate: TimeSpan.FromSeconds(1));

        Check(true, _root.Crl(), old).Should().Be(CertificateStatus.CrlExpired);
        Check(true, _root.Crl(), coming).Should().Be(CertificateStatus.CrlExpired);
        Check(true, _root.Crl(), old, coming, _middle.Crl()).Should().Be(CertificateStatus.Valid);
        Check(false, _root.Crl(), old).Should().Be(CertificateStatus.Valid);
    }

    [Test]
    public void What_stands_on_an_old_list_stays_revoked([Values] bool required) =>
        Check(required, _root.Crl(), _middle.Crl([_leaf], TimeSpan.FromDays(-9), TimeSpan.FromDays(-8))).Should().Be(CertificateStatus.Revoked);

    [Test]
    public void A_list_with_another_signature_says_nothing()
    {
        ReadOnlyMemory<byte> forged = _middle.Crl(signer: TestCa.Root("CN=Other"));
        ReadOnlyMemory<byte> forgedAgainstLeaf = _middle.Crl([_leaf], signer: TestCa.Root("CN=Other"));

        Check(true, _root.Crl(), forged).Should().Be(CertificateStatus.CrlBadSignature);
        Check(false, _root.Crl(), forgedAgainstLeaf).Should().Be(CertificateStatus.Valid);
        Check(true, _root.Crl(), forgedAgainstLeaf, _middle.Crl()).Should().Be(CertificateStatus.Valid);
    }

    // RFC 5280 section 6.3.3 (f).
    [Test]
    public void A_list_of_an_authority_whose_key_may_not_sign_lists_says_nothing()
    {
        TestCa mute = _root.Issue("CN=Mute", Profile.Ca with { KeyUsage = X509KeyUsageFlags.KeyCertSign });
        Certificate leaf = mute.IssueLeaf();
        var trust = new CertificateTrust { Anchors = [_root.Certificate], RequireCrl = true, Crls = [_root.Crl(), mute.Crl()] };

        trust.Check(leaf, [mute.Certificate], [], TestCa.Now).Status.Should().Be(CertificateStatus.CrlBadSignature);
    }

    [Test]
    public void A_revocation_does_not_depend_on_the_kind_of_key()
    {
        TestCa rsa = TestCa.Root("CN=Rsa root", Profile.Ca with { Rsa = true });
        Certificate leaf = rsa.IssueLeaf();
        var trust = new CertificateTrust { Anchors = [rsa.Certificate], RequireCrl = true };

        trust.Check(leaf, [], [rsa.Crl()], TestCa.Now).Status.Should().Be(CertificateStatus.Valid);
        trust.Check(leaf, [], [rsa.Crl([leaf])], TestCa.Now).Status.Should().Be(CertificateStatus.Revoked);
    }

    [Test]
    public void A_chain_around_a_revoked_intermediate_is_taken()
    {
        TestCa otherRoot = TestCa.Root("CN=Other root");
        Certificate crossSigned = Cross(otherRoot, _middle);
        var trust = new CertificateTrust { Anchors = [_root.Certificate, otherRoot.Certificate] };

        trust.Check(_leaf, [_middle.Certificate, crossSigned], [_root.Crl([_middle.Certificate])], TestCa.Now).Status
            .Should().Be(CertificateStatus.Valid);
    }

    [Test]
    public void Octets_that_are_no_list_are_as_none()
    {
        Check(true, _root.Crl(), new byte[] { 1, 2, 3 }).Should().Be(CertificateStatus.CrlMissing);
        Check(true, new byte[] { 1, 2, 3 }, ReadOnlyMemory<byte>.Empty, _root.Crl(), _middle.Crl()).Should().Be(CertificateStatus.Valid);
    }

    [Test]
    public void A_changed_list_neither_throws_nor_clears()
    {
        byte[] list = _middle.Crl([_other]).ToArray();
        ReadOnlyMemory<byte> rootList = _root.Crl();
        Gen.Select(Gen.Int[0, list.Length - 1], Gen.Byte, Gen.Int[0, 3]).Sample(
            (at, value, operation) =>
            {
                byte[] changed = Mutation.Of(list, at, value, operation);
                CertificateStatus status = Check(true, rootList, changed);

                // The signature covers everything but the algorithm's name behind it, and the encoding around both.
                (status == CertificateStatus.Valid).Should().Be(changed.AsSpan().SequenceEqual(list));
            },
            iter: 700);
    }

    private static Certificate Cross(TestCa issuer, TestCa subject)
    {
        var request = new CertificateRequest(
            subject.Platform.SubjectName, subject.Platform.PublicKey, System.Security.Cryptography.HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return issuer.Sign(request);
    }

    private CertificateStatus Check(bool required, params ReadOnlyMemory<byte>[] lists) =>
        new CertificateTrust { Anchors = [_root.Certificate], RequireCrl = required }
            .Check(_leaf, [_middle.Certificate], lists, TestCa.Now).Status;
}
