// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike;

/// <summary>What an IPsec SA speaks, numbered as in a proposal (RFC 2407 section 4.4.1).</summary>
public enum IpsecProtocol : byte
{
    /// <summary>The IP Authentication Header (RFC 4302).</summary>
    Ah = 2,

    /// <summary>The IP Encapsulating Security Payload (RFC 4303).</summary>
    Esp = 3,
}
