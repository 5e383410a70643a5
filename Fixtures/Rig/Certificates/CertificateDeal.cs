// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Ipsec.Fixtures.Rig.Policies;

namespace Ipsec.Fixtures.Rig.Certificates;

/// <summary>The certificates of one connection: what each side holds, and what it knows about the other's.</summary>
public sealed class CertificateDeal
{
    private readonly CertificateChoice? _westChoice;
    private readonly CertificateChoice? _eastChoice;
    private readonly Hand? _west;
    private readonly Hand? _east;

    /// <summary>Issues what both sides need.</summary>
    /// <param name="connection">Name of the connection.</param>
    /// <param name="west">What west has; null for nothing.</param>
    /// <param name="westIdentity">The identity that west claims.</param>
    /// <param name="east">What east has; null for nothing.</param>
    /// <param name="eastIdentity">The identity that east claims.</param>
    public CertificateDeal(string connection, CertificateChoice? west, PeerIdentity westIdentity, CertificateChoice? east, PeerIdentity eastIdentity)
    {
        (_westChoice, _eastChoice) = (west, east);
        _west = west is null ? null : Deal(connection, "west", west, westIdentity);
        _east = east is null ? null : Deal(connection, "east", east, eastIdentity);
    }

    /// <summary>What west gets; null for nothing.</summary>
    public CertificatePeerPolicy? West => Policy(_west, _westChoice, _east);

    /// <summary>What east gets; null for nothing.</summary>
    public CertificatePeerPolicy? East => Policy(_east, _eastChoice, _west);

    /// <summary>The subject of a side's certificate.</summary>
    /// <param name="connection">Name of the connection.</param>
    /// <param name="side">"west" or "east".</param>
    /// <returns>A name that no other connection has.</returns>
    public static X500DistinguishedName SubjectOf(string connection, string side) => new($"CN={side}, OU={connection}, O=Conformance");

    /// <summary>Either side may have a certificate alone: with hybrid authentication the client has none, but trusts.</summary>
    private static CertificatePeerPolicy? Policy(Hand? own, CertificateChoice? choice, Hand? other) => own is null && other is null
        ? null
        : new CertificatePeerPolicy
        {
            Own = own?.Leaf,
            Chain = own?.Chain ?? [],
            Anchors = other is null ? [] : [other.Anchor],
            RevocationLists = other?.RevocationLists ?? [],
            DemandsRevocationList = choice?.DemandsRevocationList ?? false,
            Sending = choice?.Sending ?? CertificateSending.WhenAsked,
            SendsRequests = choice?.SendsRequests ?? true,
            Remote = choice?.KnowsRemote ?? false ? other?.Leaf : null,
        };

    private static Hand Deal(string connection, string side, CertificateChoice choice, PeerIdentity identity)
    {
        var listing = choice.Flaw == CertificateFlaw.Revoked ? RevocationListing.Current : choice.Listing;
        var trusted = AuthorityLine.Trusted(choice.AuthorityKey, listing);
        var line = choice.Flaw == CertificateFlaw.UnknownAuthority ? AuthorityLine.Unknown(choice.AuthorityKey, listing) : trusted;
        List<CertificateAuthority> authorities = [.. Enumerable.Range(0, choice.Intermediates + 1).Select(line.At)];
        if (choice.Flaw == CertificateFlaw.IssuerIsNoAuthority)
        {
            authorities.Add(line.Impostor);
        }

        return new Hand(
            authorities[^1].Issue(Order(connection, side, choice, identity)),
            [.. authorities.Skip(1).Reverse().Select(authority => authority.Certificate)],
            trusted.Root.Certificate,
            line.RevocationLists(choice.Intermediates));
    }

    private static CertificateOrder Order(string connection, string side, CertificateChoice choice, PeerIdentity identity)
    {
        var isOther = choice.Flaw == CertificateFlaw.OtherIdentity;
        return new CertificateOrder
        {
            Name = side,
            Subject = SubjectOf(connection, isOther ? $"not {side}" : side),
            Identities = [isOther ? PeerIdentity.Fqdn($"not-{side}.{connection}.conformance.example") : identity],
            Key = ThrowAwayKey.Of(side, choice.Key),
            Validity = choice.Flaw switch
            {
                CertificateFlaw.Expired => Validity.Over,
                CertificateFlaw.NotYetValid => Validity.NotYet,
                _ => Validity.Always,
            },
            IsRevoked = choice.Flaw == CertificateFlaw.Revoked,
            Forger = choice.Flaw == CertificateFlaw.Forged ? ThrowAwayKey.Of("forger", choice.AuthorityKey) : null,
        };
    }

    /// <summary>What a side was dealt.</summary>
    private sealed record Hand(
        IssuedCertificate Leaf, ImmutableArray<IssuedCertificate> Chain, IssuedCertificate Anchor, ImmutableArray<RevocationList> RevocationLists);
}
