// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Parties;

/// <summary>Where packets are captured, from west to east.</summary>
public enum PartyPlace
{
    /// <summary>The link of host A.</summary>
    HostA,

    /// <summary>West's entry into IPsec: its TUN device.</summary>
    WestEntry,

    /// <summary>The network between west and east.</summary>
    Middle,

    /// <summary>East's entry into IPsec: its TUN device.</summary>
    EastEntry,

    /// <summary>The link of host B.</summary>
    HostB,
}
