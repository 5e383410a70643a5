// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Ipsec.Crypto;
using Ipsec.Esp;
using Ipsec.Ike.Effects;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using Ipsec.Wire.V1;

namespace Ipsec.Gateway;

/// <summary>
/// The ESP and AH half of a gateway: its SPD, its SADs, and the packets that go through them (RFC 4301 section 5). For one thread at a
/// time, as it has its own buffers.
/// </summary>
public sealed class IpsecDataPlane : IDisposable
{
    // A packet of the greatest length that IPv6 can declare.
    private const int LargestPacket = Ipv6Header.Size + ushort.MaxValue;

    private readonly IRandomSource _random;
    private readonly TimeProvider _clock;
    private readonly InboundProcessor _inbound;
    private readonly OutboundProcessor _outbound;
    private readonly Dictionary<uint, InstalledPair> _byInboundSpi = [];
    private readonly Dictionary<IOutboundSa, InstalledPair> _byOutbound = new(ReferenceEqualityComparer.Instance);
    private ImmutableList<InstalledPair> _pairs = [];

    // One a direction: a packet that was just opened stays readable while its answer is protected.
    private readonly byte[] _outer = new byte[LargestPacket];
    private readonly byte[] _inner = new byte[LargestPacket];
    private readonly byte[] _scratch = new byte[LargestPacket];

    /// <summary>Makes a data plane without policy and SAs.</summary>
    /// <param name="random">Where IVs come from.</param>
    /// <param name="clock">The time, for lifetimes and audit records.</param>
    /// <param name="isLocal">Whether an outer address is this endpoint's: ESP and AH for others are not opened.</param>
    /// <param name="audit">Where auditable events go; null for nowhere.</param>
    /// <param name="options">How outer headers are made; null for the defaults.</param>
    public IpsecDataPlane(
        IRandomSource random, TimeProvider clock, Func<AddressNumber, bool> isLocal, AuditTrail? audit = null, TunnelOptions? options = null)
    {
        _random = random;
        _clock = clock;

        // An identification of zero would be filled in by the system on the way out, behind the back of AH's ICV.
        var encapsulator = new TunnelEncapsulator(options ?? new(), firstIdentification: 1);
        _inbound = new(Spd, Inbound, isLocal, new TunnelDecapsulator(options), audit);
        _outbound = new(Spd, Outbound, encapsulator, audit);
    }

    /// <summary>The policy, ordered.</summary>
    public Spd Spd { get; } = new();

    /// <summary>SAs on which this gateway receives. A replaced one receives until it is removed.</summary>
    public Sad<IInboundSa> Inbound { get; } = new();

    /// <summary>SAs on which this gateway sends: the newest that matches.</summary>
    public Sad<IOutboundSa> Outbound { get; } = new();

    /// <summary>What became of all packets from the unprotected side; each SA has its own counters besides.</summary>
    public EspCounters InboundCounters => _inbound.Counters;

    /// <summary>What became of all packets from the protected side; each SA has its own counters besides.</summary>
    public EspCounters OutboundCounters => _outbound.Counters;

    /// <summary>The pairs in use, oldest first.</summary>
    internal ImmutableList<InstalledPair> Pairs => _pairs;

    /// <summary>Gets ready to receive on a pair that is not yet complete.</summary>
    /// <param name="pair">The pair.</param>
    /// <exception cref="InvalidOperationException">An SPI is in use already, which the IKE endpoint does not let happen; nothing was installed.</exception>
    public void InstallInbound(ChildSaPair pair) => Prepare(pair, ChildSaParameters.Of(pair).Inbound);

    /// <summary>Puts a negotiated pair to use; traffic moves to it at once.</summary>
    /// <param name="pair">Both directions.</param>
    /// <exception cref="InvalidOperationException">An SPI is in use already, which the IKE endpoint does not let happen; nothing was installed.</exception>
    public void Install(ChildSaPair pair)
    {
        var (inbound, parameters) = ChildSaParameters.Of(pair);
        var outbound = Sender(parameters, 1);
        if (Outbound.TryFind(pair.OutboundSpi, parameters.Protocol, parameters.DestinationNumber, out var other)
            && other.Parameters.DestinationNumber == parameters.DestinationNumber)
        {
            throw new InvalidOperationException($"an SA with SPI 0x{pair.OutboundSpi:x8} to {pair.RemoteAddress} exists already");
        }

        var installed = _byInboundSpi.TryGetValue(pair.InboundSpi, out var prepared) && prepared.Outbound is null ? prepared : Prepare(pair, inbound);
        installed.Outbound = outbound;
        _byOutbound.Add(outbound, installed);
        Outbound.TryAdd(outbound);
        Translate(installed);
    }

    /// <summary>Moves traffic to a pair that is in use, as if it were the newest: of two that cross, the peers have chosen it.</summary>
    /// <param name="pair">The pair; one that has been removed meanwhile changes nothing.</param>
    public void Prefer(ChildSaPair pair)
    {
        if (_byInboundSpi.TryGetValue(pair.InboundSpi, out var installed) && installed.Outbound is { } outbound)
        {
            Outbound.TryPrefer(outbound);
        }
    }

    /// <summary>Takes a pair out of use; packets on its SPIs are unknown from now on.</summary>
    /// <param name="pair">The pair, complete or not.</param>
    public void Remove(ChildSaPair pair)
    {
        if (_byInboundSpi.Remove(pair.InboundSpi, out var installed))
        {
            _pairs = _pairs.Remove(installed);
            Inbound.TryRemove(installed.Inbound);
            installed.Inbound.Dispose();
            Untranslate(installed);
            if (installed.Outbound is { } outbound)
            {
                Retire(outbound);
            }
        }
    }

    /// <summary>
    /// Sends to another address and port from now on: the NAT in front of the peer has given it a new mapping (RFC 3947 section 7). Keys and
    /// sequence numbers go on.
    /// </summary>
    /// <param name="pairs">The pairs of the peer.</param>
    /// <param name="remote">Its new end.</param>
    public void Move(IEnumerable<ChildSaPair> pairs, IPEndPoint remote)
    {
        var moving = pairs.Select(pair => pair.InboundSpi).ToHashSet();

        // The oldest first, so that the newest stays the one that sends.
        foreach (var installed in _pairs.Where(installed => moving.Contains(installed.Pair.InboundSpi)))
        {
            if (installed.Outbound is not { SequenceNumbersLeft: > 0 } old)
            {
                continue;
            }

            var pair = installed.Pair with
            {
                RemoteAddress = remote.Address,
                Udp = installed.Pair.Udp is { } udp ? udp with { RemotePort = (ushort)remote.Port } : null,
            };
            var (receiving, sending) = ChildSaParameters.Of(pair);
            Retire(old);
            Untranslate(installed);
            var outbound = Sender(sending with { Lifetime = new SaLifetime(HardBytes: installed.BytesLeft) }, old.SequenceNumber + 1);
            installed.Move(pair, MoveReceiver(installed, receiving), outbound);
            _byOutbound.Add(outbound, installed);
            Outbound.TryAdd(outbound);
            Translate(installed);
        }
    }

    /// <summary>Protects a packet from the inner side (RFC 4301 section 5.1), with the newest SA that its policy has.</summary>
    /// <param name="innerPacket">The IPv4 or IPv6 packet.</param>
    /// <param name="outerPacket">The packet to send; valid until the next call.</param>
    /// <returns>False when the policy discards it, there is no SA for it, or the SA cannot carry it.</returns>
    public bool TryProtect(ReadOnlySpan<byte> innerPacket, out ReadOnlySpan<byte> outerPacket) =>
        Protect(innerPacket, out outerPacket).Outcome is EspOutcome.Ok or EspOutcome.Bypassed;

    /// <summary>Protects a packet from the inner side (RFC 4301 section 5.1), with the newest SA that its policy has.</summary>
    /// <param name="innerPacket">The IPv4 or IPv6 packet.</param>
    /// <param name="outerPacket">The packet to send, after Ok and Bypassed; valid until the next call.</param>
    /// <returns>What became of it.</returns>
    public OutboundResult Protect(ReadOnlySpan<byte> innerPacket, out ReadOnlySpan<byte> outerPacket)
    {
        var result = _outbound.Process(innerPacket, _clock.GetUtcNow(), _outer, _scratch);
        outerPacket = result.Outcome == EspOutcome.Bypassed ? innerPacket : _outer.AsSpan(0, result.Length);
        return result;
    }

    /// <summary>Opens a packet from the outer side (RFC 4301 section 5.2).</summary>
    /// <param name="packet">An IPv4 or IPv6 packet: ESP, AH, ESP in UDP on port 4500, or what came in clear.</param>
    /// <param name="innerPacket">What is to be delivered, after Ok and Bypassed; valid until the next call.</param>
    /// <returns>What became of it.</returns>
    public InboundResult Unprotect(ReadOnlySpan<byte> packet, out ReadOnlySpan<byte> innerPacket)
    {
        var result = _inbound.Process(packet, _clock.GetUtcNow(), _inner, _scratch);
        innerPacket = result.Outcome == EspOutcome.Bypassed ? packet : _inner.AsSpan(0, result.Length);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var installed in _pairs)
        {
            installed.Inbound.Dispose();
            installed.Outbound?.Dispose();
        }
    }

    /// <summary>The pair of an SA.</summary>
    internal bool TryFind(IInboundSa sa, [NotNullWhen(true)] out InstalledPair? installed) =>
        _byInboundSpi.TryGetValue(sa.Parameters.Spi, out installed);

    /// <summary>The pair of an SA.</summary>
    internal bool TryFind(IOutboundSa sa, [NotNullWhen(true)] out InstalledPair? installed) => _byOutbound.TryGetValue(sa, out installed);

    private static IInboundSa Receiver(SaParameters parameters, ulong highestSequenceNumber = 0) => parameters is AhSaParameters ah
        ? new AhInboundSa(ah, highestSequenceNumber)
        : new EspInboundSa((EspSaParameters)parameters, highestSequenceNumber);

    private IOutboundSa Sender(SaParameters parameters, ulong firstSequenceNumber) => parameters is AhSaParameters ah
        ? new AhOutboundSa(ah, firstSequenceNumber)
        : new EspOutboundSa((EspSaParameters)parameters, _random, firstSequenceNumber);

    /// <summary>
    /// The receiving SA need not change, unless its selectors name the peer's address. Then packets that are still on their way are lost: the
    /// new window begins where the old one ends.
    /// </summary>
    private IInboundSa MoveReceiver(InstalledPair installed, SaParameters parameters)
    {
        var old = installed.Inbound;
        if (old.Parameters.Selectors == parameters.Selectors)
        {
            return old;
        }

        var left = old.Parameters.Lifetime.HardBytes - old.Usage.Bytes;
        var moved = Receiver(parameters with { Lifetime = new SaLifetime(HardBytes: left) }, old.ReplayWindow?.Highest ?? 0);
        Inbound.TryRemove(old);
        old.Dispose();
        Inbound.TryAdd(moved);
        return moved;
    }

    // Before the configured entry, which is for the addresses on the other side of the NAT (RFC 3948 section 5.2 on the conflicts).
    private void Translate(InstalledPair installed)
    {
        if (installed.Pair is { Mode: EncapsulationMode.Transport, Udp: not null } && installed.Outbound is { } outbound)
        {
            var name = outbound.Parameters.Name;
            var configured = Spd.Entries.Select(entry => entry.Name).ToList().IndexOf(name);
            installed.Translated = new SpdEntry(name, outbound.Parameters.Selectors, SpdAction.Protect);
            Spd.Insert(Math.Max(0, configured), installed.Translated);
        }
    }

    private void Untranslate(InstalledPair installed)
    {
        if (installed.Translated is { } entry)
        {
            Spd.Remove(entry);
            installed.Translated = null;
        }
    }

    private InstalledPair Prepare(ChildSaPair pair, SaParameters parameters)
    {
        if (_byInboundSpi.ContainsKey(pair.InboundSpi))
        {
            throw new InvalidOperationException($"an SA with SPI 0x{pair.InboundSpi:x8} exists already");
        }

        var installed = new InstalledPair(pair, Receiver(parameters));
        _byInboundSpi.Add(pair.InboundSpi, installed);
        _pairs = _pairs.Add(installed);
        Inbound.TryAdd(installed.Inbound);
        return installed;
    }

    private void Retire(IOutboundSa sa)
    {
        _byOutbound.Remove(sa);
        Outbound.TryRemove(sa);
        sa.Dispose();
    }
}
