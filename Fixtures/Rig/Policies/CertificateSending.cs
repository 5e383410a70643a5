// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Policies;

/// <summary>When a side sends its certificate.</summary>
public enum CertificateSending
{
    /// <summary>When the other side's certificate request asks for it.</summary>
    WhenAsked,

    /// <summary>Always.</summary>
    Always,

    /// <summary>Never: the other side must have it.</summary>
    Never,
}
