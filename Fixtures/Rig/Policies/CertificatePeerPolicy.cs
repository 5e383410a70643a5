// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Fixtures.Rig.Certificates;

namespace Ipsec.Fixtures.Rig.Policies;

/// <summary>What one side proves itself with, and what it believes of the other.</summary>
public sealed record CertificatePeerPolicy
{
    /// <summary>This side's certificate with its key; null for a side that only verifies, as the client of hybrid authentication.</summary>
    public IssuedCertificate? Own { get; init; }

    /// <summary>Certificates of the authorities between <see cref="Own"/> and an anchor, which this side knows and sends.</summary>
    public ImmutableArray<IssuedCertificate> Chain { get; init; } = [];

    /// <summary>The authorities that this side trusts.</summary>
    public ImmutableArray<IssuedCertificate> Anchors { get; init; } = [];

    /// <summary>Revocation lists that this side knows.</summary>
    public ImmutableArray<RevocationList> RevocationLists { get; init; } = [];

    /// <summary>Whether a certificate without a current revocation list is refused.</summary>
    public bool DemandsRevocationList { get; init; }

    /// <summary>When this side sends its certificate.</summary>
    public CertificateSending Sending { get; init; } = CertificateSending.WhenAsked;

    /// <summary>Whether this side asks for certificates (RFC 2408 section 3.10).</summary>
    public bool SendsRequests { get; init; } = true;

    /// <summary>The other side's certificate where it is known beforehand: for encryption with public keys, or when it is not sent.</summary>
    public IssuedCertificate? Remote { get; init; }
}
