// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Effects;

/// <summary>What a lifetime counts (RFC 2407 section 4.5).</summary>
public enum LifetimeUnit
{
    /// <summary>Time.</summary>
    Seconds,

    /// <summary>Bytes protected, in units of 1024.</summary>
    Kilobytes,
}
