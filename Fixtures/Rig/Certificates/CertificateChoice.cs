// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Policies;

namespace Ipsec.Fixtures.Rig.Certificates;

/// <summary>What certificate a side of a scenario has, and what it demands of the other's.</summary>
public sealed record CertificateChoice
{
    /// <summary>Its key.</summary>
    public CertificateKeyType Key { get; init; } = CertificateKeyType.Rsa2048;

    /// <summary>The key of its authorities.</summary>
    public CertificateKeyType AuthorityKey { get; init; } = CertificateKeyType.Rsa2048;

    /// <summary>Number of authorities between the certificate and the one that the other side trusts.</summary>
    public int Intermediates { get; init; }

    /// <summary>What is wrong with it.</summary>
    public CertificateFlaw Flaw { get; init; }

    /// <summary>What its authorities have published, which the other side then has. A revoked certificate is always in a current list.</summary>
    public RevocationListing Listing { get; init; }

    /// <summary>Whether this side refuses a certificate of the other's without a current revocation list.</summary>
    public bool DemandsRevocationList { get; init; }

    /// <summary>When this side sends its certificate.</summary>
    public CertificateSending Sending { get; init; } = CertificateSending.WhenAsked;

    /// <summary>Whether this side asks for the other's certificate.</summary>
    public bool SendsRequests { get; init; } = true;

    /// <summary>Whether this side has the other's certificate beforehand.</summary>
    public bool KnowsRemote { get; init; }
}
