// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Scenes;

/// <summary>How the addresses of protected traffic are written (RFC 2407 section 4.6.2.1).</summary>
public enum SelectorShape
{
    /// <summary>Networks with their prefixes.</summary>
    Subnet,

    /// <summary>From a first to a last address, which are no network's.</summary>
    Range,

    /// <summary>One host on either side.</summary>
    Host,

    /// <summary>Networks that no other choice has: a side that wants them is alone with it.</summary>
    Elsewhere,

    /// <summary>The outer addresses themselves, as transport mode has it, or what mode config assigns.</summary>
    Outer,
}
