// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.Nat;

/// <summary>A dynamic mapping of a NAT: the inside host, and under which port the outside knows it.</summary>
public sealed class NatMapping
{
    internal NatMapping(NatMappingKey key, ushort outsidePort, DateTimeOffset now)
    {
        Key = key;
        OutsidePort = outsidePort;
        LastUsed = now;
    }

    /// <summary>UDP; ICMP for an echo; ESP or AH.</summary>
    public IpProtocol Protocol => Key.Protocol;

    /// <summary>The inside host and its port; for an ICMP echo the identifier; 0 for ESP and AH, which have neither.</summary>
    public IPEndPoint Inside => Key.Inside.ToEndPoint();

    /// <summary>The port that the outside sees, or the identifier; 0 for ESP and AH.</summary>
    public int OutsidePort { get; }

    /// <summary>The one destination it is for; null when it serves all.</summary>
    public IPEndPoint? Remote => Key.Remote == default ? null : Key.Remote.ToEndPoint();

    /// <summary>When a packet used it last.</summary>
    public DateTimeOffset LastUsed { get; internal set; }

    internal NatMappingKey Key { get; }

    internal HashSet<NatEndpoint> Contacted { get; } = [];

    /// <summary>The mapping as a line of a table.</summary>
    /// <returns>For example "Udp 198.18.1.5:500 as 61000".</returns>
    public override string ToString() => $"{Protocol} {Inside} as {OutsidePort}";
}

/// <summary>What makes a packet from inside use a mapping.</summary>
/// <param name="Protocol">IP protocol.</param>
/// <param name="Inside">The inside host.</param>
/// <param name="Remote">The destination; default when the mapping is for all.</param>
internal readonly record struct NatMappingKey(IpProtocol Protocol, NatEndpoint Inside, NatEndpoint Remote);
