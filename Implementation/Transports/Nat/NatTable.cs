// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Ipsec.Crypto;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.Nat;

/// <summary>The dynamic mappings of a NAT.</summary>
internal sealed class NatTable(IRandomSource random)
{
    private readonly Dictionary<NatMappingKey, NatMapping> _byInside = [];
    private readonly Dictionary<(IpProtocol, ushort, uint), NatMapping> _byOutside = [];
    private int _lastPort;

    public IReadOnlyCollection<NatMapping> All => _byInside.Values;

    public bool TryFindOutbound(NatPolicy policy, in NatFlow flow, [NotNullWhen(true)] out NatMapping? mapping) =>
        _byInside.TryGetValue(Key(policy, flow), out mapping);

    public bool TryFindInbound(in NatFlow flow, [NotNullWhen(true)] out NatMapping? mapping) =>
        _byOutside.TryGetValue(OutsideKey(flow.Protocol, flow.Destination.Port, flow.Source.Address), out mapping);

    /// <summary>Makes a mapping for a packet from inside.</summary>
    /// <param name="policy">How.</param>
    /// <param name="flow">The packet.</param>
    /// <param name="now">The time.</param>
    /// <param name="mapping">The mapping.</param>
    /// <param name="displaced">
    /// One that it took the place of: of two inside hosts that send ESP to the same peer only the later one gets answers, because ESP has no
    /// ports (RFC 3715 section 2.1 case e).
    /// </param>
    /// <returns>False when no port is left.</returns>
    public bool TryAdd(NatPolicy policy, in NatFlow flow, DateTimeOffset now, [NotNullWhen(true)] out NatMapping? mapping, out NatMapping? displaced)
    {
        displaced = null;
        mapping = null;
        ushort port = 0;
        if (flow.HasPorts && !TryTakePort(policy, flow, out port))
        {
            return false;
        }

        if (!flow.HasPorts && _byOutside.TryGetValue(OutsideKey(flow.Protocol, 0, flow.Destination.Address), out displaced))
        {
            Remove(displaced);
        }

        mapping = new NatMapping(Key(policy, flow), port, now);
        _byInside.Add(mapping.Key, mapping);
        _byOutside.Add(OutsideKey(flow.Protocol, port, flow.Destination.Address), mapping);
        return true;
    }

    public void Remove(NatMapping mapping)
    {
        _byInside.Remove(mapping.Key);
        _byOutside.Remove(OutsideKey(mapping.Protocol, (ushort)mapping.OutsidePort, mapping.Key.Remote.Address));
    }

    private static bool HasPorts(IpProtocol protocol) => protocol is IpProtocol.Udp or IpProtocol.Icmp;

    // Without ports, the address of the peer is all by which an answer finds its way.
    private static (IpProtocol, ushort, uint) OutsideKey(IpProtocol protocol, ushort port, uint remote) =>
        HasPorts(protocol) ? (protocol, port, 0) : (protocol, (ushort)0, remote);

    private static NatMappingKey Key(NatPolicy policy, in NatFlow flow) =>
        new(flow.Protocol, flow.Source, !flow.HasPorts || policy.Mapping == NatMappingBehavior.AddressAndPortDependent ? flow.Destination : default);

    private bool TryTakePort(NatPolicy policy, in NatFlow flow, out ushort port)
    {
        port = flow.Source.Port;
        if (policy.Ports == NatPortAssignment.Preserve && IsFree(policy, flow.Protocol, port))
        {
            return true;
        }

        var size = policy.LastPort - policy.FirstPort + 1;
        var offset = policy.Ports == NatPortAssignment.Random ? Draw(size) : (Math.Clamp(_lastPort, policy.FirstPort - 1, policy.LastPort) + 1 - policy.FirstPort) % size;
        for (var tries = 0; tries < size; tries++, offset = (offset + 1) % size)
        {
            port = (ushort)(policy.FirstPort + offset);
            if (IsFree(policy, flow.Protocol, port))
            {
                _lastPort = port;
                return true;
            }
        }

        return false;
    }

    // Zero is no port, and an echo request from outside shows none.
    private bool IsFree(NatPolicy policy, IpProtocol protocol, ushort port) =>
        port != 0
        && !_byOutside.ContainsKey(OutsideKey(protocol, port, 0))
        && !policy.Forwards.Any(forward => forward.FirstOutsidePort == port);

    private int Draw(int size)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        random.Fill(bytes);
        return (int)(BinaryPrimitives.ReadUInt32BigEndian(bytes) % (uint)size);
    }
}
