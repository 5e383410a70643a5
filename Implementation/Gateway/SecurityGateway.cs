// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Esp;
using Ipsec.Faults;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Transports;
using Ipsec.Wire.Ip;

namespace Ipsec.Gateway;

/// <summary>
/// A security gateway (RFC 4301): an IKE endpoint, an ESP data plane and a transport, joined on one event loop. All
/// members are to be used on that loop.
/// </summary>
public sealed class SecurityGateway : IPacketReceiver, IDisposable
{
    private readonly IEventLoop _loop;
    private readonly IkeV1Endpoint _ike;
    private readonly IInnerNetwork _inner;
    private readonly Action<ReadOnlyMemory<byte>> _reply;
    private readonly List<IGatewayObserver> _observers = [];
    private ITransport? _transport;
    private DateTimeOffset? _nextDeadline;
    private bool _isDisposed;

    /// <summary>Makes a gateway that is not yet on any network.</summary>
    /// <param name="name">Its name in traces.</param>
    /// <param name="loop">Where it lives.</param>
    /// <param name="random">Its source of randomness.</param>
    /// <param name="inner">The hosts behind it.</param>
    /// <param name="seams">Where its IKE messages may be bent; null for an honest gateway.</param>
    public SecurityGateway(string name, IEventLoop loop, IRandomSource random, IInnerNetwork inner, IOutboundSeams? seams = null)
    {
        Name = name;
        _loop = loop;
        _inner = inner;
        _reply = packet => SendInner(packet);
        _ike = new IkeV1Endpoint(random, seams);
        DataPlane = new EspDataPlane(random);
    }

    /// <summary>The gateway's name.</summary>
    public string Name { get; }

    /// <summary>SPD and SADs.</summary>
    public EspDataPlane DataPlane { get; }

    /// <summary>What happens to IKE datagrams at this gateway's end of the wire, on the way out and on the way in.</summary>
    public FlowFilter Flow { get; } = new();

    /// <summary>Established IKE SAs.</summary>
    public IReadOnlyList<IkeSaDescription> IkeSas => _ike.EstablishedSas;

    /// <summary>IPsec SA pairs.</summary>
    public IReadOnlyList<ChildSaPair> ChildSas => _ike.ChildSas;

    /// <summary>Puts the gateway on a network.</summary>
    /// <param name="outer">The way out.</param>
    public void Attach(ITransport outer) => _transport = outer;

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

    /// <summary>Sends a packet from a host behind the gateway.</summary>
    /// <param name="packet">The inner IPv4 packet.</param>
    /// <returns>Whether it left; without policy or SA it is discarded.</returns>
    public bool SendInner(ReadOnlyMemory<byte> packet)
    {
        if (!DataPlane.TryProtect(packet.Span, out var outer))
        {
            return false;
        }

        Transport.SendPacket(outer);
        return true;
    }

    /// <inheritdoc/>
    public void OnUdp(IPEndPoint local, IPEndPoint remote, ReadOnlyMemory<byte> payload)
    {
        if (_isDisposed)
        {
            return;
        }

        var copies = Flow.Copies(payload.Span);
        for (var copy = 0; copy < copies; copy++)
        {
            Handle(new DatagramReceived(local, remote, payload));
        }
    }

    /// <inheritdoc/>
    public void OnPacket(ReadOnlyMemory<byte> packet)
    {
        if (_isDisposed || !Ipv4Header.TryRead(packet.Span, out var header, out _) || header.Protocol != IpProtocol.Esp)
        {
            return;
        }

        var outcome = DataPlane.TryUnprotect(packet.Span, out var innerPacket);
        if (_observers.Count > 0)
        {
            Show(outcome, packet, innerPacket);
        }

        if (outcome == EspOutcome.Ok)
        {
            _inner.Deliver(innerPacket, _reply);
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

    private ITransport Transport => _transport ?? throw new InvalidOperationException($"{Name} is not on a network");

    // Observers keep what they see; only for them is the packet copied.
    private void Show(EspOutcome outcome, ReadOnlyMemory<byte> packet, ReadOnlySpan<byte> innerPacket)
    {
        ReadOnlyMemory<byte> delivered = outcome == EspOutcome.Ok ? innerPacket.ToArray() : default;
        foreach (var observer in _observers)
        {
            observer.OnEspReceived(outcome, packet);
            if (outcome == EspOutcome.Ok)
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
        switch (effect)
        {
            case SendDatagram send:
                var copies = Flow.Copies(send.Bytes.Span);
                for (var copy = 0; copy < copies; copy++)
                {
                    Transport.SendUdp(send.Local, send.Remote, send.Bytes.Span);
                }

                break;
            case InstallChildSa install:
                DataPlane.Install(install.Pair);
                break;
            case RemoveChildSa remove:
                DataPlane.Remove(remove.Pair);
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
                _nextDeadline = null;
                Handle(new TimePassed());
            }
        });
    }
}
