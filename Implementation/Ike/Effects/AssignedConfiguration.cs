// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;

namespace Ipsec.Ike.Effects;

/// <summary>What mode config has handed over (draft-dukes-ike-mode-cfg-02 section 3.4).</summary>
public sealed record AssignedConfiguration
{
    /// <summary>INTERNAL_IP4_ADDRESS and INTERNAL_IP6_ADDRESS.</summary>
    public ImmutableArray<IPAddress> Addresses { get; init; } = [];

    /// <summary>INTERNAL_IP4_NETMASK; null without one.</summary>
    public IPAddress? Netmask { get; init; }

    /// <summary>INTERNAL_IP4_DNS and INTERNAL_IP6_DNS.</summary>
    public ImmutableArray<IPAddress> DnsServers { get; init; } = [];

    /// <summary>INTERNAL_IP4_NBNS and INTERNAL_IP6_NBNS.</summary>
    public ImmutableArray<IPAddress> NbnsServers { get; init; } = [];

    /// <summary>INTERNAL_IP4_DHCP and INTERNAL_IP6_DHCP.</summary>
    public ImmutableArray<IPAddress> DhcpServers { get; init; } = [];

    /// <summary>INTERNAL_IP4_SUBNET and INTERNAL_IP6_SUBNET.</summary>
    public ImmutableArray<IPNetwork> Subnets { get; init; } = [];

    /// <summary>INTERNAL_ADDRESS_EXPIRY in seconds; null without one.</summary>
    public uint? ExpirySeconds { get; init; }

    /// <summary>APPLICATION_VERSION; null without one.</summary>
    public string? ApplicationVersion { get; init; }

    /// <summary>SUPPORTED_ATTRIBUTES: numbers of attributes.</summary>
    public ImmutableArray<ushort> SupportedAttributes { get; init; } = [];
}
