// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Sa;

/// <summary>An entry of the SAD: one direction of protected traffic (RFC 4301 section 4.4.2).</summary>
public interface ISecurityAssociation
{
    /// <summary>What was agreed when the SA was made.</summary>
    EspSaParameters Parameters { get; }

    /// <summary>What it has carried since.</summary>
    SaUsage Usage { get; }
}
