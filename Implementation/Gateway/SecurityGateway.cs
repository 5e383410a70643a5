// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Esp;
using Ipsec.Faults;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Sa;
using Ipsec.Transports;
using Ipsec.Wire.Ip;

namespace Ipsec.Gateway;

/// <summary>
/// A security gateway (RFC 4301): an IKE endpoint, a data plane of ESP and AH, and a transport, joined on one event loop. For its own
/// address it is a host as well. All members are to be used on that loop.
/// </summary>
public sealed partial class SecurityGateway : IPacketReceiver, IDisposable
{
    private readonly IEventLoop _loop;
    private readonly IkeV1Endpoint _ike;
    private readonly IInnerNetwork _inner;
    private readonly Action<ReadOnlyMemory<byte>> _reply;
    private readonly List<IGatewayObserver> _observers = [];
    private readonly IPacketSink _outerSink;
    private readonly IPacketSink _innerSink;
    private volatile AddressNumber[] _addresses = [];
    private ITransport? _transport;
    private DateTimeOffset? _nextDeadline;
    private bool _isDisposed;

    /// <summary>Makes a gateway that is not yet on any network.</summary>
    /// <param name="name">Its name in traces.</param>
    /// <param name="loop">Where it lives.</param>
    /// <param name="random">Its source of randomness.</param>
    /// <param name="inner">The hosts behind it.</param>
    /// <param name="seams">Where its IKE messages may be bent; null for an honest gateway.</param>
    /// <param name="audit">How many auditable events of a kind are shown; null for the default.</param>
    /// <param name="options">What becomes of headers, long packets and fragments; null for the defaults.</param>
    public SecurityGateway(
        string name,
        IEventLoop loop,
        IRandomSource random,
        IInnerNetwork inner,
        IOutboundSeams? seams = null,
        AuditPolicy? audit = null,
        DataPlaneOptions? options = null)
    {
        Name = name;
        _loop = loop;
        _inner = inner;
        _reply = packet => SendInner(packet);
        _ike = new IkeV1Endpoint(random, seams);
        _outerSink = new OuterSink(this);
        _innerSink = new InnerSink(this);
        DataPlane = new IpsecDataPlane(random, loop.Clock, IsLocal, new AuditTrail(new AuditSink(this), audit ?? AuditPolicy.Default), options);
    }

    /// <summary>The gateway's name.</summary>
    public string Name { get; }

    /// <summary>SPD, SADs and their counters.</summary>
    public IpsecDataPlane DataPlane { get; }

    /// <summary>What came and went on the ports of NAT traversal.</summary>
    public GatewayCounters Counters { get; } = new();

    /// <summary>Whether observers are shown auditable events: who administers the gateway can turn that off (RFC 4303 section 4).</summary>
    public bool IsAuditing { get; set; } = true;

    /// <summary>What happens to IKE datagrams at this gateway's end of the wire, on the way out and on the way in.</summary>
    public FlowFilter Flow { get; } = new();

    /// <summary>Established IKE SAs.</summary>
    public IReadOnlyList<IkeSaDescription> IkeSas => _ike.EstablishedSas;

    /// <summary>IPsec SA pairs.</summary>
    public IReadOnlyList<ChildSaPair> ChildSas => _ike.ChildSas;

    /// <summary>Puts the gateway on a network.</summary>
    /// <param name="outer">The way out.</param>
    /// <param name="further">Further addresses of this gateway that the way out serves.</param>
    public void Attach(ITransport outer, params IEnumerable<IPAddress> further)
    {
        _transport = outer;
        _addresses = [AddressNumber.From(outer.Address), .. further.Select(AddressNumber.From)];
    }

    /// <summary>Adds an observer.</summary>
    /// <param name="observer">It sees everything from now on.</param>
    public void Observe(IGatewayObserver observer) => _observers.Add(observer);

    /// <summary>Adds a connection: IKE policy, and an SPD entry for each child.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>What is wrong with it; it was added only when nothing is.</returns>
    public IReadOnlyList<PolicyError> Add(ConnectionPolicy connection)
    {
        if (GatewayPolicyCheck.TryRead(connection, out var entries) is { Count: > 0 } unusable)
        {
            return unusable;
        }

        var errors = _ike.Add(connection);
        if (errors.Count == 0)
        {
            entries.ForEach(DataPlane.Spd.Add);
        }

        return errors;
    }

    /// <summary>Gives the IKE endpoint a command.</summary>
    /// <param name="command">One of the inputs but a datagram.</param>
    public void Command(IkeInput command) => Handle(command);

    /// <summary>Sends a packet from a host behind the gateway, or from the gateway itself.</summary>
    /// <param name="packet">The inner IPv4 or IPv6 packet.</param>
    /// <returns>
    /// Whether it left, or waits for a trap to bring an SA. Without policy or SA it is discarded; of one that is too long for its path its
    /// sender is told.
    /// </returns>
    public bool SendInner(ReadOnlyMemory<byte> packet)
    {
        var result = SendNow(packet.Span);
        return result.Outcome is EspOutcome.Ok or EspOutcome.Bypassed or EspOutcome.FragmentKept
            || (result.Outcome == EspOutcome.NoSa && Catch(result, packet));
    }

    /// <inheritdoc/>
    public void OnPacket(ReadOnlyMemory<byte> packet)
    {
        if (!_isDisposed)
        {
            Open(packet, packet, local: null, remote: null);
        }
    }

    /// <inheritdoc/>
    public void OnTransportError(TransportError error) => _observers.ForEach(observer => observer.OnTransportError(error));

    /// <summary>Ends the gateway: what still comes from transport or timers is ignored.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        DataPlane.Dispose();
    }

    private OutboundResult SendNow(ReadOnlySpan<byte> packet)
    {
        var result = DataPlane.Send(packet, _outerSink, _innerSink);
        if (result.Sa is { } sa)
        {
            NoteSent(sa);
            NoteSequence(sa);
        }

        return result;
    }

    private bool IsLocal(AddressNumber address) => Array.IndexOf(_addresses, address) >= 0;

    private ITransport Transport => _transport ?? throw new InvalidOperationException($"{Name} is not on a network");

    /// <summary>Opens a packet and hands on what is in it.</summary>
    /// <param name="packet">The packet, as the data plane has to see it.</param>
    /// <param name="shown">The packet, as observers are to see it.</param>
    /// <param name="local">For ESP in UDP: where it was sent to.</param>
    /// <param name="remote">For ESP in UDP: where it came from.</param>
    private void Open(ReadOnlyMemory<byte> packet, ReadOnlyMemory<byte> shown, IPEndPoint? local, IPEndPoint? remote)
    {
        var result = DataPlane.Unprotect(packet.Span, out var innerPacket);
        if (_observers.Count > 0)
        {
            Show(result, shown, innerPacket);
        }

        if (result.Sa is { } sa && IsAuthentic(result.Outcome, sa))
        {
            NoteReceived(sa);
            if (local is not null && remote is not null)
            {
                // Before delivery: what answers this packet goes to where it came from.
                NotePeer(sa, local, remote);
            }
        }

        if (result.Outcome is EspOutcome.Ok or EspOutcome.Bypassed)
        {
            _inner.Deliver(innerPacket, _reply);
        }
    }

    /// <summary>
    /// Whether a packet has proved to be of the peer. In transport mode the selectors name the peer's address: from its new one the first packet
    /// is authentic and yet not the SA's traffic.
    /// </summary>
    /// <param name="outcome">What became of the packet.</param>
    /// <param name="sa">The SA whose protection came off last.</param>
    /// <returns>True when it is.</returns>
    public static bool IsAuthentic(EspOutcome outcome, IInboundSa sa) =>
        outcome == EspOutcome.Ok || (outcome == EspOutcome.SelectorMismatch && sa.Parameters is { Mode: SaMode.Transport });

    // Observers keep what they see; only for them is the packet copied.
    private void Show(in InboundResult result, ReadOnlyMemory<byte> packet, ReadOnlySpan<byte> innerPacket)
    {
        var isDelivered = result.Outcome is EspOutcome.Ok or EspOutcome.Bypassed;
        var cameInClear = result.Outcome is EspOutcome.Bypassed or EspOutcome.PolicyDiscards or EspOutcome.ProtectionMissing
            || result is { Outcome: EspOutcome.BadInnerPacket, Sa: null };
        ReadOnlyMemory<byte> delivered = isDelivered ? innerPacket.ToArray() : default;
        foreach (var observer in _observers)
        {
            if (!cameInClear)
            {
                observer.OnEspReceived(result.Outcome, packet);
            }

            if (isDelivered)
            {
                observer.OnDelivered(delivered);
            }
        }
    }

    private void Handle(IkeInput input)
    {
        var outcome = _ike.Handle(input, _loop.Clock.GetUtcNow());

        // Before the effects: an observer may give a command, whose deadline is then the newer one.
        Arm(outcome.NextDeadline);
        foreach (var effect in outcome.Effects)
        {
            Apply(effect);
            foreach (var observer in _observers)
            {
                observer.OnIke(effect);
            }
        }
    }

    private void Apply(IkeEffect effect)
    {
        NoteForTraps(effect);
        switch (effect)
        {
            case SendDatagram send:
                SendIke(send);
                break;
            case SendKeepalive keepalive:
                SendKeepalive(keepalive);
                break;
            case InstallInboundSa prepare:
                DataPlane.InstallInbound(prepare.Pair);
                break;
            case InstallChildSa install:
                DataPlane.Install(install.Pair);
                break;
            case PreferChildSa prefer:
                DataPlane.Prefer(prefer.Pair);
                break;
            case RemoveChildSa remove:
                DataPlane.Remove(remove.Pair);
                break;
            case PeerAddressChanged change:
                DataPlane.Move(change.Pairs, change.New);
                break;
        }
    }

    private void Arm(DateTimeOffset? deadline)
    {
        if (deadline is not { } due || due == _nextDeadline)
        {
            _nextDeadline = deadline;
            return;
        }

        _nextDeadline = due;
        _loop.PostAt(due, () =>
        {
            // An older alarm, overtaken by a newer deadline, finds another time here and does nothing.
            if (_nextDeadline == due && !_isDisposed)
            {
                // Decisions about time are made with what the SAs have carried until now.
                ReportTraffic();
                _nextDeadline = null;
                Handle(new TimePassed());
            }
        });
    }
}
