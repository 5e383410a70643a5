// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

using Ipsec.Crypto.Backends;

namespace Ipsec.Crypto.Certificates;

/// <summary>
/// Whom we believe, and the validation of a peer's certificate by it (RFC 5280 section 6, RFC 4945 section 5). Pure: it looks at no
/// system store, no network and no clock.
/// </summary>
public sealed record CertificateTrust
{
    /// <summary>
    /// The trust anchors. A self-issued one of version 3 is held to its own dates and constraints, as most implementations do (RFC 5280
    /// section 6.2 allows it); any other to its dates alone. A peer's own certificate among the anchors is valid within its dates.
    /// </summary>
    public ImmutableArray<Certificate> Anchors { get; init; } = [];

    /// <summary>Certificates to build paths with beside those that the peer sends; not trusted in themselves.</summary>
    public ImmutableArray<Certificate> Intermediates { get; init; } = [];

    /// <summary>
    /// Certificate revocation lists in DER. What cannot be read, or was not signed by the issuer it names, counts for nothing. Delta
    /// lists and indirect lists are not used (RFC 4945 section 5.2 asks for neither).
    /// </summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Crls { get; init; } = [];

    /// <summary>
    /// Whether every certificate below the anchor needs a current list of its issuer. Without it a missing or outdated list is no
    /// obstacle; but what an issuer's list names is revoked in either case, an outdated list included.
    /// </summary>
    public bool RequireCrl { get; init; }

    /// <summary>Validates a peer's certificate. Bounded in the paths it tries, whatever the peer sends.</summary>
    /// <param name="leaf">The peer's certificate.</param>
    /// <param name="sent">The other certificates that the peer sent, in any order.</param>
    /// <param name="sentCrls">The lists that the peer sent, in DER.</param>
    /// <param name="now">The time for which the answer is asked.</param>
    /// <param name="purpose">What the leaf's key is wanted for.</param>
    public CertificateVerdict Check(
        Certificate leaf,
        IReadOnlyList<Certificate> sent,
        IReadOnlyList<ReadOnlyMemory<byte>> sentCrls,
        DateTimeOffset now,
        CertificatePurpose purpose = CertificatePurpose.Signature)
    {
        var revocation = new PkixRevocation([.. Crls, .. sentCrls.Take(PathSearch.MaximumSent)], RequireCrl, now);
        var search = new PathSearch(this, sent);
        CertificateVerdict? first = null;
        foreach (ImmutableArray<Certificate> path in search.PathsFrom(leaf))
        {
            CertificateVerdict verdict = PkixPath.Validate(path, now, purpose);
            verdict = verdict.IsValid ? revocation.Check(path) : verdict;
            if (verdict.IsValid)
            {
                return verdict;
            }

            // A wrong signature says only that this was not the issuer; anything else says what is wrong with the right path.
            if (first is null || first.Status == CertificateStatus.BadSignature)
            {
                first = verdict;
            }
        }

        return search.GaveUp
            ? new CertificateVerdict(CertificateStatus.TooComplex, $"too many paths from {leaf} to try them all")
            : first ?? new CertificateVerdict(CertificateStatus.UnknownIssuer, $"no path to an anchor from {leaf}: {search.DeadEnd}");
    }
}
