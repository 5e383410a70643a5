// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;

namespace Ipsec.Transports.Nat;

/// <summary>What kind of NAT it is, in the terms of RFC 4787.</summary>
public sealed record NatPolicy
{
    /// <summary>Lowest port of the range from which new ports are taken when none is asked for.</summary>
    public const int DefaultFirstPort = 49152;

    /// <summary>The address that packets of inside hosts get.</summary>
    public required IPAddress Outside { get; init; }

    /// <summary>Whether destinations share a mapping.</summary>
    public NatMappingBehavior Mapping { get; init; } = NatMappingBehavior.EndpointIndependent;

    /// <summary>Who may send in through a mapping.</summary>
    public NatFilteringBehavior Filtering { get; init; } = NatFilteringBehavior.AddressAndPortDependent;

    /// <summary>Which outside port a mapping gets.</summary>
    public NatPortAssignment Ports { get; init; } = NatPortAssignment.Preserve;

    /// <summary>Lowest port of the range.</summary>
    public int FirstPort { get; init; } = DefaultFirstPort;

    /// <summary>Highest port of the range.</summary>
    public int LastPort { get; init; } = ushort.MaxValue;

    /// <summary>How long a mapping outlives its last packet; null for ever. RFC 4787 section 4.3 demands two minutes at least, many NATs do not care.</summary>
    public TimeSpan? IdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether a packet from the outside prolongs a mapping as well (RFC 4787 section 4.3 leaves that open).</summary>
    public bool InboundRefresh { get; init; }

    /// <summary>Mappings that always exist. One with a port goes before the dynamic ones, one without goes after them.</summary>
    public ImmutableArray<NatForward> Forwards { get; init; } = [];

    /// <summary>Packets that are dropped before anything else.</summary>
    public ImmutableArray<NatFilter> Filters { get; init; } = [];
}
