// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Transports.Nat;

/// <summary>Which outside port a new mapping gets (RFC 4787 section 4.2.1).</summary>
public enum NatPortAssignment
{
    /// <summary>The inside port if no other mapping has it, else the next of the range.</summary>
    Preserve,

    /// <summary>The next of the range, so that no port comes twice before the range has been gone through.</summary>
    Sequential,

    /// <summary>Any of the range.</summary>
    Random,
}
