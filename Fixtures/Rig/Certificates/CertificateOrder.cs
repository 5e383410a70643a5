// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Ipsec.Fixtures.Rig.Policies;

namespace Ipsec.Fixtures.Rig.Certificates;

/// <summary>What an authority is to certify.</summary>
public sealed record CertificateOrder
{
    /// <summary>The certificate's name as a file.</summary>
    public required string Name { get; init; }

    /// <summary>Whom it is about.</summary>
    public required X500DistinguishedName Subject { get; init; }

    /// <summary>The subject's key.</summary>
    public required ThrowAwayKey Key { get; init; }

    /// <summary>Alternative names: FQDNs, e-mail and IP addresses. Other identities have no place there.</summary>
    public ImmutableArray<PeerIdentity> Identities { get; init; } = [];

    /// <summary>When it is valid.</summary>
    public Validity Validity { get; init; } = Validity.Always;

    /// <summary>Whether it is one of those that the authority's revocation list names.</summary>
    public bool IsRevoked { get; init; }

    /// <summary>Who signs it instead of the authority: a forgery; null for the authority itself.</summary>
    public ThrowAwayKey? Forger { get; init; }
}
