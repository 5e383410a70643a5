// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Sa;

/// <summary>IPsec protocol mode of an SA (RFC 4301 sections 3.2 and 4.4.2.1).</summary>
public enum SaMode
{
    /// <summary>The whole inner packet is protected behind an outer IP header (RFC 4303 section 3.1.2).</summary>
    Tunnel = 1,

    /// <summary>What follows the IP header is protected, the header itself stays (RFC 4303 section 3.1.1).</summary>
    Transport = 2,
}
