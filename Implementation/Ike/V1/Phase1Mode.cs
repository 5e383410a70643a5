// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1;

/// <summary>The two ways to complete phase 1 (RFC 2409 section 5).</summary>
public enum Phase1Mode
{
    /// <summary>Main mode: six messages, identities encrypted.</summary>
    Main,

    /// <summary>Aggressive mode: three messages, identities in clear unless a public key conceals them.</summary>
    Aggressive,
}
