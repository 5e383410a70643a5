// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.Nat;

/// <summary>
/// A network address translator for IPv4, without I/O or clock: packets and the time go in, translated packets come out. Translates UDP,
/// ESP, AH (whose ICV that breaks, RFC 3715 section 2.1 case a), ICMP echoes and the ICMP errors about all of them. Deterministic; not
/// safe for concurrent calls.
/// </summary>
/// <param name="policy">What kind of NAT it is.</param>
/// <param name="random">Where random ports come from.</param>
public sealed class NatBox(NatPolicy policy, IRandomSource random)
{
    private readonly NatTable _table = new(random);
    private NatPolicy _policy = policy;

    /// <summary>Told of every mapping that is made.</summary>
    public event Action<NatMapping>? MappingAdded;

    /// <summary>Told of every mapping that is given up.</summary>
    public event Action<NatMapping>? MappingRemoved;

    /// <summary>
    /// What kind of NAT it is. A change holds from the next packet on and leaves the mappings as they are: with another outside address the
    /// inside hosts seem to move, with other ports only new mappings do.
    /// </summary>
    public NatPolicy Policy
    {
        get => _policy;
        set => _policy = value;
    }

    /// <summary>The dynamic mappings.</summary>
    public IReadOnlyCollection<NatMapping> Mappings => _table.All;

    /// <summary>What became of the packets.</summary>
    public NatCounters Counters { get; } = new();

    /// <summary>
    /// Forgets all mappings, as a NAT does that is started again. The next packet from inside makes a new one; unless ports are preserved,
    /// it has another port.
    /// </summary>
    public void Forget()
    {
        foreach (var mapping in _table.All.ToArray())
        {
            Remove(mapping);
        }
    }

    /// <summary>Forgets what has been idle for too long. Happens at every packet; to be called when somebody needs to know it sooner.</summary>
    /// <param name="now">The time.</param>
    public void Expire(DateTimeOffset now)
    {
        if (_policy.IdleTimeout is { } timeout)
        {
            foreach (var mapping in _table.All.Where(mapping => now - mapping.LastUsed >= timeout).ToArray())
            {
                Remove(mapping);
            }
        }
    }

    /// <summary>Translates a packet.</summary>
    /// <param name="direction">Which way it goes.</param>
    /// <param name="packet">An IPv4 packet.</param>
    /// <param name="now">The time.</param>
    /// <param name="translated">A copy under the new address; empty unless the verdict is Translated.</param>
    /// <returns>What became of the packet.</returns>
    public NatVerdict Translate(NatDirection direction, ReadOnlySpan<byte> packet, DateTimeOffset now, out byte[] translated)
    {
        Expire(now);
        translated = [];
        var verdict = Ipv4Header.TryRead(packet, out var header, out _)
            ? Translate(direction, header, packet[..header.TotalLength], now, ref translated)
            : NatVerdict.Malformed;
        return Counters.Count(direction, verdict);
    }

    private NatVerdict Translate(NatDirection direction, in Ipv4Header header, ReadOnlySpan<byte> packet, DateTimeOffset now, ref byte[] translated)
    {
        if (NatIcmpError.Is(header, packet))
        {
            return TranslateError(direction, header, packet, ref translated);
        }

        var verdict = NatFlow.TryRead(header, packet[header.HeaderLength..], out var flow);
        if (verdict != NatVerdict.Translated)
        {
            return verdict;
        }

        if (_policy.Filters.Any(filter => filter.Matches(direction, flow)))
        {
            return NatVerdict.Blocked;
        }

        verdict = direction == NatDirection.Outbound ? FindOutside(flow, now, out var to) : FindInside(flow, now, out to);
        if (verdict == NatVerdict.Translated)
        {
            translated = packet.ToArray();
            if (direction == NatDirection.Outbound)
            {
                NatRewriter.Source(translated, to);
            }
            else
            {
                NatRewriter.Destination(translated, to);
            }
        }

        return verdict;
    }

    // An error uses mappings, but neither makes nor prolongs one (RFC 4787 section 4.3, RFC 5508).
    private NatVerdict TranslateError(NatDirection direction, in Ipv4Header header, ReadOnlySpan<byte> packet, ref byte[] translated)
    {
        var verdict = NatIcmpError.TryReadQuote(header, packet, out var quoted);
        if (verdict != NatVerdict.Translated)
        {
            return verdict;
        }

        // The quoted packet went the other way.
        var flow = quoted.Reversed;
        var known = direction == NatDirection.Outbound ? KnownOutside(flow) : KnownInside(flow);
        if (known is not { } to)
        {
            return NatVerdict.NoMapping;
        }

        translated = packet.ToArray();
        var quote = NatIcmpError.Quote(header, translated);
        if (direction == NatDirection.Outbound)
        {
            NatRewriter.Destination(quote, to);
            NatRewriter.Source(translated, to);
        }
        else
        {
            NatRewriter.Source(quote, to);
            NatRewriter.Destination(translated, to);
        }

        NatIcmpError.Seal(header, translated);
        return NatVerdict.Translated;
    }

    private NatVerdict FindOutside(in NatFlow flow, DateTimeOffset now, out NatEndpoint outside)
    {
        outside = default;
        if (ForwardedOutside(flow) is { } forwarded)
        {
            outside = forwarded;
            return NatVerdict.Translated;
        }

        if (!_table.TryFindOutbound(_policy, flow, out var mapping))
        {
            if (!_table.TryAdd(_policy, flow, now, out mapping, out var displaced))
            {
                return NatVerdict.PortsExhausted;
            }

            if (displaced is not null)
            {
                MappingRemoved?.Invoke(displaced);
            }

            MappingAdded?.Invoke(mapping);
        }

        mapping.LastUsed = now;
        mapping.Contacted.Add(flow.Destination);
        outside = new(OutsideAddress, (ushort)mapping.OutsidePort);
        return NatVerdict.Translated;
    }

    private NatVerdict FindInside(in NatFlow flow, DateTimeOffset now, out NatEndpoint inside)
    {
        inside = default;
        if (flow.Destination.Address != OutsideAddress)
        {
            return NatVerdict.NoMapping;
        }

        if (ForwardedInside(flow, withPort: true) is { } forwarded)
        {
            inside = forwarded;
            return NatVerdict.Translated;
        }

        if (_table.TryFindInbound(flow, out var mapping))
        {
            if (!MayEnter(mapping, flow.Source))
            {
                return NatVerdict.Filtered;
            }

            mapping.LastUsed = _policy.InboundRefresh ? now : mapping.LastUsed;
            inside = mapping.Key.Inside;
            return NatVerdict.Translated;
        }

        if (ForwardedInside(flow, withPort: false) is not { } whole)
        {
            return NatVerdict.NoMapping;
        }

        inside = whole;
        return NatVerdict.Translated;
    }

    private NatEndpoint? KnownOutside(in NatFlow flow) =>
        ForwardedOutside(flow)
        ?? (_table.TryFindOutbound(_policy, flow, out var mapping) ? new NatEndpoint(OutsideAddress, (ushort)mapping.OutsidePort) : null);

    private NatEndpoint? KnownInside(in NatFlow flow) =>
        ForwardedInside(flow, withPort: true)
        ?? (_table.TryFindInbound(flow, out var mapping) ? mapping.Key.Inside : ForwardedInside(flow, withPort: false));

    private NatEndpoint? ForwardedOutside(NatFlow flow)
    {
        var forward = _policy.Forwards.FirstOrDefault(candidate => Ipv4Header.ToNumber(candidate.Inside) == flow.Source.Address
            && (candidate.IsOneToOne || (flow.Protocol == IpProtocol.Udp && (candidate.InsidePort ?? candidate.OutsidePort) == flow.Source.Port)));
        return forward is null ? null : new NatEndpoint(OutsideAddress, (ushort)(forward.FirstOutsidePort ?? flow.Source.Port));
    }

    private NatEndpoint? ForwardedInside(NatFlow flow, bool withPort)
    {
        var forward = _policy.Forwards.FirstOrDefault(candidate => candidate.IsOneToOne != withPort
            && (candidate.IsOneToOne || (flow.Protocol == IpProtocol.Udp && candidate.FirstOutsidePort == flow.Destination.Port)));
        return forward is null
            ? null
            : new NatEndpoint(Ipv4Header.ToNumber(forward.Inside), (ushort)(forward.InsidePort ?? forward.OutsidePort ?? flow.Destination.Port));
    }

    private uint OutsideAddress => Ipv4Header.ToNumber(_policy.Outside);

    private bool MayEnter(NatMapping mapping, NatEndpoint from) => _policy.Filtering switch
    {
        NatFilteringBehavior.EndpointIndependent => true,
        NatFilteringBehavior.AddressDependent => mapping.Contacted.Any(contacted => contacted.Address == from.Address),
        _ => mapping.Contacted.Contains(from),
    };

    private void Remove(NatMapping mapping)
    {
        _table.Remove(mapping);
        MappingRemoved?.Invoke(mapping);
    }
}
