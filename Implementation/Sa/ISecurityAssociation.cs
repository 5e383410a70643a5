// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Sa;

/// <summary>An entry of the SAD: one direction of protected traffic (RFC 4301 section 4.4.2).</summary>
public interface ISecurityAssociation
{
    /// <summary>What was agreed when the SA was made.</summary>
    SaParameters Parameters { get; }

    /// <summary>What it has carried since.</summary>
    SaUsage Usage { get; }

    /// <summary>Compares the SA with the limits of its lifetime.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The worst that any limit says.</returns>
    SaLifetimeState Judge(DateTimeOffset now) => Parameters.Lifetime.Judge(now - Parameters.Established, Usage);
}
