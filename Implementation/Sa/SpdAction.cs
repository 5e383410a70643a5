// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Sa;

/// <summary>The three processing choices of an SPD entry (RFC 4301 section 4.4.1).</summary>
public enum SpdAction
{
    /// <summary>The traffic must not cross the IPsec boundary.</summary>
    Discard,

    /// <summary>The traffic crosses without protection, as IKE itself must.</summary>
    Bypass,

    /// <summary>The traffic crosses under an SA only; arriving in clear, it is discarded.</summary>
    Protect,
}
