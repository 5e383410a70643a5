// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Policy;

/// <summary>Addresses and other configuration given to a peer, or wanted from it (draft-dukes-ike-mode-cfg-02).</summary>
public sealed record ModeConfigPolicy
{
    /// <summary>What this end does.</summary>
    public required ModeConfigRole Role { get; init; }

    /// <summary>The client: what it asks for, in this order.</summary>
    public ImmutableArray<ConfigurationAttribute> Requested { get; init; } =
    [
        ConfigurationAttribute.InternalIp4Address, ConfigurationAttribute.InternalIp4Netmask,
        ConfigurationAttribute.InternalIp4Dns, ConfigurationAttribute.InternalIp4Subnet,
    ];

    /// <summary>The client: an address it would like to have; null for any.</summary>
    public IPAddress? WantedAddress { get; init; }

    /// <summary>The server: addresses it gives, to each peer one of each family that is asked for.</summary>
    public ImmutableArray<AddressRange> Pools { get; init; } = [];

    /// <summary>The server: the netmask that goes with an IPv4 address; null for none.</summary>
    public IPAddress? Netmask { get; init; }

    /// <summary>The server: name servers of both families.</summary>
    public ImmutableArray<IPAddress> DnsServers { get; init; } = [];

    /// <summary>The server: NetBIOS name servers of both families.</summary>
    public ImmutableArray<IPAddress> NbnsServers { get; init; } = [];

    /// <summary>The server: DHCP servers of both families.</summary>
    public ImmutableArray<IPAddress> DhcpServers { get; init; } = [];

    /// <summary>The server: networks that it protects, of both families.</summary>
    public ImmutableArray<IPNetwork> Subnets { get; init; } = [];

    /// <summary>The server: how long an address may be used, in seconds; null for as long as the IKE SA lives.</summary>
    public uint? AddressExpirySeconds { get; init; }

    /// <summary>Both: what is said of this implementation; null for nothing.</summary>
    public string? ApplicationVersion { get; init; }

    /// <summary>Whether this end receives a configuration.</summary>
    public bool IsClient => Role is ModeConfigRole.PullingClient or ModeConfigRole.PushedClient;
}
