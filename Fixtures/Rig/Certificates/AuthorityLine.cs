// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;

namespace Ipsec.Fixtures.Rig.Certificates;

/// <summary>
/// A root authority and those below it. There is one line of a kind in the process, because a peer asks for certificates of every
/// authority it has ever been told of (RFC 2408 section 3.10): one for each scenario would make its requests grow without end.
/// Scenarios are kept apart by the identities in their certificates.
/// </summary>
public sealed class AuthorityLine
{
    private static readonly ConcurrentDictionary<(string, CertificateKeyType, RevocationListing), AuthorityLine> Made = new();

    private readonly Lock _gate = new();
    private readonly List<CertificateAuthority> _authorities = [];
    private readonly List<RevocationList> _lists = [];
    private readonly string _name;
    private readonly CertificateKeyType _key;
    private readonly RevocationListing _listing;
    private readonly Lazy<CertificateAuthority> _impostor;

    private AuthorityLine(string name, CertificateKeyType key, RevocationListing listing)
    {
        (_name, _key, _listing) = ($"{name}-{key}-lists-{listing}".ToLowerInvariant(), key, listing);
        _impostor = new(() => At(0).Impostor($"{_name}-impostor", SubjectOf("impostor"), KeyOf("impostor")));
    }

    /// <summary>The authority at the top.</summary>
    public CertificateAuthority Root => At(0);

    /// <summary>The authorities that any peer may be told to trust, whatever their keys are and whatever they have published.</summary>
    public static IEnumerable<IssuedCertificate> TrustedRoots =>
        from key in Enum.GetValues<CertificateKeyType>()
        from listing in Enum.GetValues<RevocationListing>()
        select Trusted(key, listing).Root.Certificate;

    /// <summary>Somebody with a certificate of the root's who issues certificates without being allowed to.</summary>
    public CertificateAuthority Impostor => _impostor.Value;

    /// <summary>The line that peers are told to trust.</summary>
    /// <param name="key">The keys of its authorities.</param>
    /// <param name="listing">What they have published.</param>
    /// <returns>The same line every time.</returns>
    public static AuthorityLine Trusted(CertificateKeyType key, RevocationListing listing) => Of("trusted", key, listing);

    /// <summary>A line that nobody is told to trust.</summary>
    /// <param name="key">The keys of its authorities.</param>
    /// <param name="listing">What they have published.</param>
    /// <returns>The same line every time.</returns>
    public static AuthorityLine Unknown(CertificateKeyType key, RevocationListing listing) => Of("unknown", key, listing);

    /// <summary>An authority of the line.</summary>
    /// <param name="level">0 for the root, and one more for each authority below it.</param>
    /// <returns>The authority.</returns>
    public CertificateAuthority At(int level)
    {
        lock (_gate)
        {
            while (_authorities.Count <= level)
            {
                var depth = FormattableString.Invariant($"{_authorities.Count}");
                var name = $"{_name}-{depth}";
                _authorities.Add(_authorities.Count == 0
                    ? CertificateAuthority.Root(name, SubjectOf(depth), KeyOf(depth))
                    : _authorities[^1].Intermediate(name, SubjectOf(depth), KeyOf(depth)));
            }

            return _authorities[level];
        }
    }

    /// <summary>The lists that the authorities from the root down to a level have published.</summary>
    /// <param name="level">The lowest.</param>
    /// <returns>None, or one of each.</returns>
    public ImmutableArray<RevocationList> RevocationLists(int level)
    {
        if (_listing == RevocationListing.None)
        {
            return [];
        }

        lock (_gate)
        {
            while (_lists.Count <= level)
            {
                _lists.Add(At(_lists.Count).ListRevoked(_listing == RevocationListing.Current ? Validity.Always : Validity.Over));
            }

            return [.. _lists.Take(level + 1)];
        }
    }

    private static AuthorityLine Of(string name, CertificateKeyType key, RevocationListing listing) =>
        Made.GetOrAdd((name, key, listing), static kind => new AuthorityLine(kind.Item1, kind.Item2, kind.Item3));

    private X500DistinguishedName SubjectOf(string what) => new($"CN={what}, OU={_name}, O=Conformance");

    private ThrowAwayKey KeyOf(string what) => ThrowAwayKey.Of($"authority {what}", _key);
}
