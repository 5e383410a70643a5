// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Faults.Received;

/// <summary>How strongly a receiver is bound (RFC 2119).</summary>
public enum RequirementLevel
{
    /// <summary>MUST and MUST NOT.</summary>
    Must,

    /// <summary>SHOULD and SHOULD NOT.</summary>
    Should,
}
