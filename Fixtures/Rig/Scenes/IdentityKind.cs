// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Scenes;

/// <summary>The type of identity that a side claims (RFC 2407 section 4.6.2.1).</summary>
public enum IdentityKind
{
    /// <summary>ID_FQDN.</summary>
    Fqdn,

    /// <summary>ID_USER_FQDN, an e-mail address.</summary>
    Email,

    /// <summary>ID_IPV4_ADDR: the side's outer address.</summary>
    Ipv4Address,

    /// <summary>ID_IPV6_ADDR: an address that the side does not have on this network.</summary>
    Ipv6Address,

    /// <summary>ID_DER_ASN1_DN: the subject of the side's certificate.</summary>
    DistinguishedName,

    /// <summary>ID_KEY_ID.</summary>
    KeyId,
}
