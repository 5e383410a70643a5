// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Certificates;

/// <summary>What is wrong with a side's certificate.</summary>
public enum CertificateFlaw
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It has expired.</summary>
    Expired,

    /// <summary>It is not valid yet.</summary>
    NotYetValid,

    /// <summary>Its issuer has revoked it.</summary>
    Revoked,

    /// <summary>It was issued by an authority that the other side does not trust.</summary>
    UnknownAuthority,

    /// <summary>It names a trusted authority as its issuer, but somebody else signed it.</summary>
    Forged,

    /// <summary>It was issued by somebody whose certificate does not make him an authority.</summary>
    IssuerIsNoAuthority,

    /// <summary>It does not hold the identity that its owner claims.</summary>
    OtherIdentity,
}
