// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Policy;

/// <summary>Whether one of a child's selectors is the address that mode config gives (draft-dukes-ike-mode-cfg-02 section 5.1).</summary>
public enum AssignedSelector
{
    /// <summary>Neither: both are as the policy says.</summary>
    None,

    /// <summary>The local one: this endpoint is given the address.</summary>
    Local,

    /// <summary>The remote one: this endpoint gives the peer the address, and protects no other with it.</summary>
    Remote,
}
