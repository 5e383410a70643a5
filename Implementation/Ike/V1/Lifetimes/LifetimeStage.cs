// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Lifetimes;

/// <summary>How far an SA has come in its life.</summary>
internal enum LifetimeStage
{
    /// <summary>Before its soft lifetime.</summary>
    Young,

    /// <summary>Past the soft lifetime: to be replaced.</summary>
    Soft,

    /// <summary>Past the hard lifetime: to be removed.</summary>
    Hard,
}
