// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.V1;

/// <summary>Identification Type, 1 octet (RFC 2407 section 4.6.2.1).</summary>
public enum IdType : byte
{
    /// <summary>Reserved.</summary>
    None = 0,

    /// <summary>ID_IPV4_ADDR: 4 octets.</summary>
    Ipv4Address = 1,

    /// <summary>ID_FQDN: a domain name without terminator.</summary>
    Fqdn = 2,

    /// <summary>ID_USER_FQDN: user@domain without terminator.</summary>
    UserFqdn = 3,

    /// <summary>ID_IPV4_ADDR_SUBNET: address and mask, 8 octets.</summary>
    Ipv4Subnet = 4,

    /// <summary>ID_IPV6_ADDR: 16 octets.</summary>
    Ipv6Address = 5,

    /// <summary>ID_IPV6_ADDR_SUBNET: address and mask, 32 octets.</summary>
    Ipv6Subnet = 6,

    /// <summary>ID_IPV4_ADDR_RANGE: first and last address, 8 octets.</summary>
    Ipv4Range = 7,

    /// <summary>ID_IPV6_ADDR_RANGE: first and last address, 32 octets.</summary>
    Ipv6Range = 8,

    /// <summary>ID_DER_ASN1_DN: an X.500 distinguished name in DER.</summary>
    DerAsn1Dn = 9,

    /// <summary>ID_DER_ASN1_GN: an X.509 GeneralName in DER.</summary>
    DerAsn1Gn = 10,

    /// <summary>ID_KEY_ID: opaque octets.</summary>
    KeyId = 11,

    /// <summary>ID_LIST: a list of identifications, for SCTP (RFC 3554 section 3).</summary>
    List = 12,
}
