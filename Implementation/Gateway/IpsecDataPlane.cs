// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ipsec.Crypto;
using Ipsec.Esp;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Gateway;

/// <summary>
/// The ESP and AH half of a gateway: its SPD, its SADs, and the packets that go through them (RFC 4301 section 5). For one thread at a
/// time, as it has its own buffers.
/// </summary>
public sealed partial class IpsecDataPlane : IDisposable
{
    // A packet of the greatest length that IPv6 can declare.
    internal const int LargestPacket = Ipv6Header.Size + ushort.MaxValue;

    private readonly DataPlaneOptions _options;
    private readonly IRandomSource _random;
    private readonly TimeProvider _clock;
    private readonly Func<AddressNumber, bool> _isLocal;
    private readonly InboundProcessor _inbound;
    private readonly OutboundProcessor _outbound;
    private readonly OutgoingPath _outgoing;
    private readonly IncomingPath _incoming;
    private readonly Dictionary<AddressNumber, PathMtu> _paths = [];
    private readonly Dictionary<uint, InstalledPair> _byInboundSpi = [];
    private readonly Dictionary<IOutboundSa, InstalledPair> _byOutbound = new(ReferenceEqualityComparer.Instance);
    private ImmutableList<InstalledPair> _pairs = [];

    // A packet that was just opened stays readable while its answer is protected.
    private readonly byte[] _outer = new byte[LargestPacket];
    private readonly byte[] _scratch = new byte[LargestPacket];

    /// <summary>Makes a data plane without policy and SAs.</summary>
    /// <param name="random">Where IVs come from.</param>
    /// <param name="clock">The time, for lifetimes and audit records.</param>
    /// <param name="isLocal">Whether an outer address is this endpoint's: ESP and AH for others are not opened.</param>
    /// <param name="audit">Where auditable events go; null for nowhere.</param>
    /// <param name="options">What becomes of headers, long packets and fragments; null for the defaults.</param>
    public IpsecDataPlane(
        IRandomSource random, TimeProvider clock, Func<AddressNumber, bool> isLocal, AuditTrail? audit = null, DataPlaneOptions? options = null)
    {
        _options = options ?? new();
        _random = random;
        _clock = clock;
        _isLocal = isLocal;

        // An identification of zero would be filled in by the system on the way out, behind the back of AH's ICV.
        var encapsulator = new TunnelEncapsulator(_options.Tunnel, firstIdentification: 1);
        _inbound = new(Spd, Inbound, isLocal, new TunnelDecapsulator(_options.Tunnel), audit);
        _outbound = new(Spd, Outbound, encapsulator, audit);
        _outgoing = CreateOutgoingPath();
        _incoming = CreateIncomingPath();
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

    /// <summary>The pairs in use, oldest first, and what they have carried.</summary>
    public IReadOnlyList<ChildSaUsage> Usage => [.. _pairs.Select(installed => installed.Usage())];

    /// <summary>The pairs in use, oldest first.</summary>
    internal ImmutableList<InstalledPair> Pairs => _pairs;

    /// <summary>Protects a packet from the inner side (RFC 4301 section 5.1), with the newest SA that its policy has.</summary>
    /// <param name="innerPacket">The IPv4 or IPv6 packet.</param>
    /// <param name="outerPacket">The packet to send; valid until the next call.</param>
    /// <returns>False when the policy discards it, there is no SA for it, or the SA cannot carry it.</returns>
    public bool TryProtect(ReadOnlySpan<byte> innerPacket, out ReadOnlySpan<byte> outerPacket) =>
        Protect(innerPacket, out outerPacket).Outcome is EspOutcome.Ok or EspOutcome.Bypassed;

    /// <summary>Protects a packet from the inner side (RFC 4301 section 5.1), with the newest SA that its policy has, in one piece.</summary>
    /// <param name="innerPacket">The IPv4 or IPv6 packet.</param>
    /// <param name="outerPacket">The packet to send, after Ok and Bypassed; valid until the next call.</param>
    /// <returns>What became of it.</returns>
    public OutboundResult Protect(ReadOnlySpan<byte> innerPacket, out ReadOnlySpan<byte> outerPacket)
    {
        var result = _outbound.Process(innerPacket, _clock.GetUtcNow(), _outer, _scratch);
        outerPacket = result.Outcome == EspOutcome.Bypassed ? innerPacket : _outer.AsSpan(0, result.Length);
        return result;
    }

    /// <summary>Protects a packet from the inner side and hands over what is to be sent, divided where its path asks for it.</summary>
    /// <param name="innerPacket">The IPv4 or IPv6 packet.</param>
    /// <param name="outer">Takes what goes to the network.</param>
    /// <param name="inner">Takes the message to the packet's sender that it is too long for its path; null for nobody.</param>
    /// <returns>What became of it.</returns>
    public OutboundResult Send(ReadOnlySpan<byte> innerPacket, IPacketSink outer, IPacketSink? inner) =>
        _outgoing.Send(innerPacket, _clock.GetUtcNow(), outer, inner);

    /// <summary>Opens a packet from the outer side (RFC 4301 section 5.2).</summary>
    /// <param name="packet">An IPv4 or IPv6 packet: ESP, AH, ESP in UDP on port 4500, or what came in clear.</param>
    /// <param name="innerPacket">What is to be delivered, after Ok and Bypassed; valid until the next call.</param>
    /// <returns>What became of it.</returns>
    public InboundResult Unprotect(ReadOnlySpan<byte> packet, out ReadOnlySpan<byte> innerPacket) =>
        _incoming.Receive(packet, _clock.GetUtcNow(), out innerPacket);

    /// <summary>A further way out with buffers of its own, for another thread. SAs, policy and counters are the same.</summary>
    /// <returns>The way.</returns>
    public OutgoingPath CreateOutgoingPath() => new(_outbound, _options, _isLocal);

    /// <summary>A further way in with buffers of its own, for another thread. SAs, policy and counters are the same.</summary>
    /// <returns>The way.</returns>
    public IncomingPath CreateIncomingPath() => new(_inbound, Outbound, _options, _isLocal);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var installed in _pairs)
        {
            installed.Inbound.Dispose();
            installed.Outbound?.Dispose();
        }
    }

    /// <summary>Whether a pair with this name receives already and is about to send.</summary>
    internal bool IsPrepared(string name) => _pairs.Exists(installed => installed.Outbound is null && installed.Inbound.Parameters.Name == name);

    /// <summary>The pair of an SA.</summary>
    internal bool TryFind(IInboundSa sa, [NotNullWhen(true)] out InstalledPair? installed) =>
        _byInboundSpi.TryGetValue(sa.Parameters.Spi, out installed);

    /// <summary>The pair of an SA.</summary>
    internal bool TryFind(IOutboundSa sa, [NotNullWhen(true)] out InstalledPair? installed) => _byOutbound.TryGetValue(sa, out installed);
}
