// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto.Certificates;
using Ipsec.Crypto.Signatures;
using Ipsec.Fixtures.Rig.Certificates;
using Ipsec.Fixtures.Rig.Policies;

namespace Ipsec.Fixtures.Rig.Tests.Certificates;

/// <summary>Throw-away certificates, seen by our own reader and path search: the right ones are believed, each wrong one is not, and why.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class CertificateDealTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly PeerIdentity West = PeerIdentity.Fqdn("west.example");
    private static readonly PeerIdentity East = PeerIdentity.Email("someone@east.example");

    [Test]
    public void TheRightOnesAreBelieved(
        [Values(CertificateKeyType.Rsa2048, CertificateKeyType.EcdsaP256, CertificateKeyType.EcdsaP384, CertificateKeyType.EcdsaP521)] CertificateKeyType key,
        [Values(0, 2)] int intermediates,
        [Values(RevocationListing.None, RevocationListing.Current)] RevocationListing listing)
    {
        var choice = new CertificateChoice { Key = key, AuthorityKey = key, Intermediates = intermediates, Listing = listing };
        Check(choice, new() { DemandsRevocationList = listing == RevocationListing.Current }).Status.Should().Be(CertificateStatus.Valid);
    }

    [TestCase(CertificateFlaw.Expired, CertificateStatus.Expired)]
    [TestCase(CertificateFlaw.NotYetValid, CertificateStatus.NotYetValid)]
    [TestCase(CertificateFlaw.Revoked, CertificateStatus.Revoked)]
    [TestCase(CertificateFlaw.UnknownAuthority, CertificateStatus.UnknownIssuer)]
    [TestCase(CertificateFlaw.Forged, CertificateStatus.BadSignature)]
    [TestCase(CertificateFlaw.IssuerIsNoAuthority, CertificateStatus.NotACa)]
    [TestCase(CertificateFlaw.OtherIdentity, CertificateStatus.Valid)]
    public void EachFlawIsNoticed(CertificateFlaw flaw, CertificateStatus status) => Check(new() { Flaw = flaw }, new()).Status.Should().Be(status);

    [TestCase(RevocationListing.None, CertificateStatus.CrlMissing)]
    [TestCase(RevocationListing.Outdated, CertificateStatus.CrlExpired)]
    public void AListThatIsDemandedMustBeThere(RevocationListing listing, CertificateStatus status) =>
        Check(new() { Listing = listing }, new() { DemandsRevocationList = true }).Status.Should().Be(status);

    [Test]
    public void TheCertificateHoldsTheIdentity()
    {
        Read(new CertificateDeal("c1", new(), West, new(), East).East!.Own!).AltNames.Should().ContainSingle().Which.Kind.Should().Be(SubjectAltNameKind.Email);
        var other = Read(new CertificateDeal("c1", new() { Flaw = CertificateFlaw.OtherIdentity }, West, null, East).West!.Own!);
        other.Subject.Should().Contain("not west");
        other.AltNames.Should().ContainSingle().Which.Kind.Should().Be(SubjectAltNameKind.Dns);
    }

    [Test]
    public void ADistinguishedNameIsTheSubject()
    {
        var name = PeerIdentity.DistinguishedName(CertificateDeal.SubjectOf("c1", "west"));
        var certificate = Read(new CertificateDeal("c1", new(), name, null, East).West!.Own!);
        certificate.SubjectDer.ToArray().Should().Equal(name.Payload!.Data.ToArray());
        certificate.AltNames.Should().BeEmpty();
    }

    [Test]
    public void TheKeyBelongsToTheCertificate([Values(CertificateKeyType.Rsa2048, CertificateKeyType.EcdsaP384)] CertificateKeyType type)
    {
        var own = new CertificateDeal("c1", new() { Key = type }, West, null, East).West!.Own!;
        SigningKey.TryRead(own.Key.Pem, out var key, out var problem).Should().BeTrue(problem);
        using (key)
        {
            Read(own).PublicKey.SubjectPublicKeyInfo.ToArray().Should().Equal(key!.Public.SubjectPublicKeyInfo.ToArray());
        }
    }

    [Test]
    public void OneWithoutACertificateStillTrusts()
    {
        var deal = new CertificateDeal("c1", null, West, new(), East);
        deal.West!.Own.Should().BeNull();
        deal.West.Anchors.Should().ContainSingle();
        deal.East!.Anchors.Should().BeEmpty();
        new CertificateDeal("c1", null, West, null, East).West.Should().BeNull();
    }

    [Test]
    public void ScenariosShareAuthoritiesButNotCertificates()
    {
        var (first, second) = (new CertificateDeal("c1", new(), West, null, East), new CertificateDeal("c2", new(), West, null, East));
        first.East!.Anchors[0].Should().BeSameAs(second.East!.Anchors[0]);
        first.West!.Own!.Der.ToArray().Should().NotEqual(second.West!.Own!.Der.ToArray());
    }

    private static CertificateVerdict Check(CertificateChoice west, CertificateChoice east)
    {
        var deal = new CertificateDeal("c1", west, West, east, East);
        var (own, eye) = (deal.West!, deal.East!);
        var trust = new CertificateTrust
        {
            Anchors = [.. eye.Anchors.Select(Read)],
            Crls = [.. eye.RevocationLists.Select(list => list.Der)],
            RequireCrl = eye.DemandsRevocationList,
        };
        return trust.Check(Read(own.Own!), [.. own.Chain.Select(Read)], [], Now);
    }

    private static Certificate Read(IssuedCertificate issued)
    {
        Certificate.TryRead(issued.Der, out var certificate, out var problem).Should().BeTrue(problem);
        return certificate!;
    }
}
