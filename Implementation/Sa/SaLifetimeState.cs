// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Sa;

/// <summary>Where an SA stands in its lifetime (RFC 4301 section 4.4.2.1 (b)).</summary>
public enum SaLifetimeState
{
    /// <summary>No limit is reached.</summary>
    Alive,

    /// <summary>A soft limit is reached: a replacement SA is to be set up.</summary>
    ReplacementDue,

    /// <summary>A hard limit is reached: the SA must not be used any more.</summary>
    Ended,
}
