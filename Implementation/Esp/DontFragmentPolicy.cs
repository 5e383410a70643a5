// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>What becomes of the DF bit in the outer header (RFC 4301 sections 5.1.2.1 note 4 and 8.1).</summary>
public enum DontFragmentPolicy
{
    /// <summary>As in the inner header.</summary>
    Copy,

    /// <summary>0: routers on the way may fragment the ESP packet.</summary>
    Clear,

    /// <summary>1.</summary>
    Set,
}
