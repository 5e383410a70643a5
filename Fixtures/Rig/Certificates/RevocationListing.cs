// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Certificates;

/// <summary>What lists of revoked certificates an authority has published.</summary>
public enum RevocationListing
{
    /// <summary>None.</summary>
    None,

    /// <summary>A current one.</summary>
    Current,

    /// <summary>One whose successor should have come long ago.</summary>
    Outdated,
}
