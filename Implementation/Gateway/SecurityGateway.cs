// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
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
/// A security gateway (RFC 4301): an IKE endpoint, an ESP data plane and a transport, joined on one event loop. All
/// members are to be used on that loop.
/// </summary>
public sealed class SecurityGateway : IPacketReceiver, IDisposable
{
    private readonly IEventLoop loop;
    private readonly IkeV1Endpoint ike;
    private readonly IInnerNetwork inner;
    private readonly List<IGatewayObserver> observers = [];
    private ITransport? transport;
    private DateTimeOffset? nextDeadline;

    /// <summary>Makes a gateway that is not yet on any network.</summary>
    /// <param name="name">Its name in traces.</param>
    /// <param name="loop">Where it lives.</param>
    /// <param name="random">Its source of randomness.</param>
    /// <param name="inner">The hosts behind it.</param>
    /// <param name="seams">Where its IKE messages may be bent; null for an honest gateway.</param>
    public SecurityGateway(string name, IEventLoop loop, IRandomSource random, IInnerNetwork inner, IOutboundSeams? seams = null)
    {
        Name = name;
        this.loop = loop;
        this.inner = inner;
        ike = new IkeV1Endpoint(random, seams);
        DataPlane = new EspDataPlane(random);
    }

    /// <summary>The gateway's name.</summary>
    public string Name { get; }

    /// <summary>SPD and SADs.</summary>
    public EspDataPlane DataPlane { get; }

    /// <summary>What happens to IKE datagrams at this gateway's end of the wire, on the way out and on the way in.</summary>
    public FlowFilter Flow { get; } = new();

    /// <summary>Established IKE SAs.</summary>
    public IReadOnlyList<IkeSaDescription> IkeSas => ike.EstablishedSas;

    /// <summary>IPsec SA pairs.</summary>
    public IReadOnlyList<ChildSaPair> ChildSas => ike.ChildSas;

    /// <summary>Puts the gateway on a network.</summary>
    /// <param name="outer">The way out.</param>
    public void Attach(ITransport outer) => transport = outer;

    /// <summary>Adds an observer.</summary>
    /// <param name="observer">It sees everything from now on.</param>
    public void Observe(IGatewayObserver observer) => observers.Add(observer);

    /// <summary>Adds a connection: IKE policy, and an SPD entry for each child.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>What is wrong with it; it was added only when nothing is.</returns>
    public IReadOnlyList<PolicyError> Add(ConnectionPolicy connection)
    {
        var errors = ike.Add(connection);
        if (errors.Count == 0)
        {
            foreach (var child in connection.Children)
            {
                var selectors = new SelectorPair(EspDataPlane.Selector(child.LocalSelector), EspDataPlane.Selector(child.RemoteSelector));
                DataPlane.Spd.Add(new SpdEntry(EspDataPlane.EntryName(connection.Name, child.Name), selectors, SpdAction.Protect));
            }
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
        var copies = Flow.Copies(payload.Span);
        for (var copy = 0; copy < copies; copy++)
        {
            Handle(new DatagramReceived(local, remote, payload));
        }
    }

    /// <inheritdoc/>
    public void OnPacket(ReadOnlyMemory<byte> packet)
    {
        if (!Ipv4Header.TryRead(packet.Span, out var header, out _) || header.Protocol != IpProtocol.Esp)
        {
            return;
        }

        var outcome = DataPlane.TryUnprotect(packet.Span, out var innerPacket);
        ReadOnlyMemory<byte> delivered = outcome == Ipsec.Esp.EspOutcome.Ok ? innerPacket.ToArray() : default;
        foreach (var observer in observers)
        {
            observer.OnEspReceived(outcome, packet);
            if (!delivered.IsEmpty)
            {
                observer.OnDelivered(delivered);
            }
        }

        if (!delivered.IsEmpty)
        {
            inner.Deliver(delivered, reply => SendInner(reply));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => DataPlane.Dispose();

    private ITransport Transport => transport ?? throw new InvalidOperationException($"{Name} is not on a network");

    private void Handle(IkeInput input)
    {
        var outcome = ike.Handle(input, loop.Clock.GetUtcNow());
        foreach (var effect in outcome.Effects)
        {
            Apply(effect);
            foreach (var observer in observers)
            {
                observer.OnIke(effect);
            }
        }

        Arm(outcome.NextDeadline);
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
        if (deadline is not { } due || due == nextDeadline)
        {
            nextDeadline = deadline;
            return;
        }

        nextDeadline = due;
        loop.PostAt(due, () =>
        {
            // An older alarm, overtaken by a newer deadline, finds another time here and does nothing.
            if (nextDeadline == due)
            {
                nextDeadline = null;
                Handle(new TimePassed());
            }
        });
    }
}
