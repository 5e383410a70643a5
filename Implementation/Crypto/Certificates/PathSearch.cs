// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

using Ipsec.Crypto.Backends;

namespace Ipsec.Crypto.Certificates;

/// <summary>
/// Finds chains of names from a peer's certificate up to an anchor (RFC 4158 calls it forward building). It checks nothing but that
/// issuer and subject are the same name; a signature is looked at when a chain is complete.
/// </summary>
internal sealed class PathSearch
{
    /// <summary>How many certificates and lists of a peer are looked at.</summary>
    public const int MaximumSent = 32;

    private const int MaximumLength = 10;
    private const int MaximumPaths = 16;
    private const int MaximumSteps = 1000;

    private readonly CertificateTrust _trust;
    private readonly ImmutableArray<Certificate> _candidates;
    private int _steps;

    public PathSearch(CertificateTrust trust, IReadOnlyList<Certificate> sent)
    {
        _trust = trust;
        _candidates = [.. trust.Anchors.Concat(trust.Intermediates).Concat(sent.Take(MaximumSent)).Distinct()];
    }

    /// <summary>Whether there may be paths that were not tried.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>Where the first search ended that found no issuer.</summary>
    public string DeadEnd { get; private set; } = "there is no anchor";

    /// <summary>The paths, most likely first: the leaf at the beginning, an anchor at the end. A leaf that is an anchor is a path.</summary>
    public IEnumerable<ImmutableArray<Certificate>> PathsFrom(Certificate leaf)
    {
        int paths = 0;
        foreach (ImmutableArray<Certificate> path in Extend([leaf]))
        {
            if (paths++ == MaximumPaths)
            {
                GaveUp = true;
                yield break;
            }

            yield return path;
        }
    }

    private IEnumerable<ImmutableArray<Certificate>> Extend(ImmutableArray<Certificate> path)
    {
        Certificate last = path[^1];
        if (_trust.Anchors.Contains(last))
        {
            yield return path;
            yield break;
        }

        Certificate[] issuers = [.. IssuersOf(last).Where(issuer => !path.Contains(issuer))];
        if (issuers.Length == 0 && _steps == path.Length - 1)
        {
            DeadEnd = $"nobody is known by the name of its issuer {DistinguishedName.Format(last.IssuerDer)}";
        }

        foreach (Certificate issuer in issuers)
        {
            if (path.Length == MaximumLength || _steps++ >= MaximumSteps)
            {
                GaveUp = true;
                yield break;
            }

            foreach (ImmutableArray<Certificate> longer in Extend(path.Add(issuer)))
            {
                yield return longer;
            }
        }
    }

    // The key identifiers are a hint only (RFC 4945 section 5.1.3.1): they decide which is tried first.
    private IEnumerable<Certificate> IssuersOf(Certificate certificate) =>
        _candidates
            .Where(candidate => DistinguishedName.AreEqual(candidate.SubjectDer, certificate.IssuerDer))
            .OrderBy(candidate => _trust.Anchors.Contains(candidate) ? 0 : 1)
            .OrderBy(candidate => Mismatch(certificate.Fields.AuthorityKeyIdentifier.Span, candidate.Fields.SubjectKeyIdentifier.Span));

    private static int Mismatch(ReadOnlySpan<byte> authority, ReadOnlySpan<byte> subject) =>
        authority.IsEmpty || subject.IsEmpty ? 1 : authority.SequenceEqual(subject) ? 0 : 2;
}
