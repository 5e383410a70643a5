// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>ECN field of an outer header at the entrance of a tunnel (RFC 6040 section 4.1).</summary>
public enum EcnMode
{
    /// <summary>As in the inner header.</summary>
    Normal,

    /// <summary>Not-ECT: for the far ends that do not carry congestion over.</summary>
    Compatibility,
}
