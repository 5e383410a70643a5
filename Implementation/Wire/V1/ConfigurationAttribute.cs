// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.V1;

/// <summary>
/// Attribute types of Mode Config (draft-dukes-ike-mode-cfg-02 section 3.4), XAUTH (draft-beaulieu-ike-xauth-02 section 6) and the
/// Cisco Unity client (private use).
/// </summary>
public enum ConfigurationAttribute : ushort
{
    /// <summary>INTERNAL_IP4_ADDRESS: 0 or 4 octets.</summary>
    InternalIp4Address = 1,

    /// <summary>INTERNAL_IP4_NETMASK: 0 or 4 octets.</summary>
    InternalIp4Netmask = 2,

    /// <summary>INTERNAL_IP4_DNS: 0 or 4 octets.</summary>
    InternalIp4Dns = 3,

    /// <summary>INTERNAL_IP4_NBNS: 0 or 4 octets.</summary>
    InternalIp4Nbns = 4,

    /// <summary>INTERNAL_ADDRESS_EXPIRY: 0 or 4 octets, seconds.</summary>
    InternalAddressExpiry = 5,

    /// <summary>INTERNAL_IP4_DHCP: 0 or 4 octets.</summary>
    InternalIp4Dhcp = 6,

    /// <summary>APPLICATION_VERSION: text.</summary>
    ApplicationVersion = 7,

    /// <summary>INTERNAL_IP6_ADDRESS: 0 or 16 octets.</summary>
    InternalIp6Address = 8,

    /// <summary>INTERNAL_IP6_NETMASK: 0 or 16 octets.</summary>
    InternalIp6Netmask = 9,

    /// <summary>INTERNAL_IP6_DNS: 0 or 16 octets.</summary>
    InternalIp6Dns = 10,

    /// <summary>INTERNAL_IP6_NBNS: 0 or 16 octets.</summary>
    InternalIp6Nbns = 11,

    /// <summary>INTERNAL_IP6_DHCP: 0 or 16 octets.</summary>
    InternalIp6Dhcp = 12,

    /// <summary>INTERNAL_IP4_SUBNET: 0 or 8 octets.</summary>
    InternalIp4Subnet = 13,

    /// <summary>SUPPORTED_ATTRIBUTES: a multiple of 2 octets.</summary>
    SupportedAttributes = 14,

    /// <summary>INTERNAL_IP6_SUBNET: 0 or 17 octets.</summary>
    InternalIp6Subnet = 15,

    /// <summary>XAUTH-TYPE, basic: 0 generic.</summary>
    XauthType = 16520,

    /// <summary>XAUTH-USER-NAME.</summary>
    XauthUserName = 16521,

    /// <summary>XAUTH-USER-PASSWORD.</summary>
    XauthUserPassword = 16522,

    /// <summary>XAUTH-PASSCODE.</summary>
    XauthPasscode = 16523,

    /// <summary>XAUTH-MESSAGE.</summary>
    XauthMessage = 16524,

    /// <summary>XAUTH-CHALLENGE.</summary>
    XauthChallenge = 16525,

    /// <summary>XAUTH-DOMAIN.</summary>
    XauthDomain = 16526,

    /// <summary>XAUTH-STATUS, basic: 1 accepted, 0 refused.</summary>
    XauthStatus = 16527,

    /// <summary>XAUTH-NEXT-PIN.</summary>
    XauthNextPin = 16528,

    /// <summary>XAUTH-ANSWER.</summary>
    XauthAnswer = 16529,

    /// <summary>Text to show to the user.</summary>
    UnityBanner = 28672,

    /// <summary>Whether the client may keep the password.</summary>
    UnitySavePassword = 28673,

    /// <summary>Default domain name.</summary>
    UnityDefaultDomain = 28674,

    /// <summary>Domains to resolve through the tunnel.</summary>
    UnitySplitDns = 28675,

    /// <summary>Networks to reach through the tunnel.</summary>
    UnitySplitInclude = 28676,

    /// <summary>UDP port for encapsulation.</summary>
    UnityNattPort = 28677,

    /// <summary>Networks to reach outside the tunnel.</summary>
    UnityLocalLan = 28678,

    /// <summary>Whether perfect forward secrecy is used.</summary>
    UnityPfs = 28679,

    /// <summary>Firewall the client must run.</summary>
    UnityFirewallType = 28680,

    /// <summary>Further gateways.</summary>
    UnityBackupServers = 28681,

    /// <summary>Host name for dynamic DNS.</summary>
    UnityDdnsHostname = 28682,
}
