// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.Nat;

/// <summary>
/// A middlebox within the process: NATs on the path between a gateway and a transport, so that a scenario against a real peer can have
/// them without touching the host's own packet filter. A NAT that hides the gateway gives it an inside address that is never on the wire;
/// its outside address is the transport's. A NAT that hides the peer lets the gateway reach it at an address that is never on the wire
/// either. All members are to be used on the event loop.
/// </summary>
public sealed class NattedTransport : ITransport, IPacketReceiver
{
    private readonly TimeProvider _clock;
    private readonly IPacketReceiver _gateway;
    private readonly IReadOnlyList<NatStage> _stages;
    private ITransport? _transport;
    private IUdpPorts? _ports;

    /// <summary>Makes the path, which does not yet lead anywhere.</summary>
    /// <param name="clock">The event loop's clock.</param>
    /// <param name="address">The address that the gateway believes to have: an inside one when a NAT hides it.</param>
    /// <param name="gateway">Takes what arrives.</param>
    /// <param name="stages">The NATs, the one nearest to the gateway first.</param>
    public NattedTransport(TimeProvider clock, IPAddress address, IPacketReceiver gateway, params IReadOnlyList<NatStage> stages)
    {
        _clock = clock;
        _gateway = gateway;
        _stages = stages;
        Address = address;
        if (stages.LastOrDefault(stage => stage.Hides == NatSide.Gateway) is { } last)
        {
            // The wire's side of the last NAT is where answers arrive: each mapping needs its port there. It stays open when the
            // mapping ends: a closed one would answer late packets with ICMP errors, and a NAT is silent.
            last.Box.MappingAdded += mapping =>
            {
                if (mapping.Protocol == IpProtocol.Udp)
                {
                    _ports?.Open(mapping.OutsidePort);
                }
            };
        }
    }

    /// <inheritdoc/>
    public IPAddress Address { get; }

    private ITransport Transport => _transport ?? throw new InvalidOperationException("there is no transport yet");

    /// <summary>Puts the transport in place, whose receiver this is.</summary>
    /// <param name="transport">The way out; its address is the outside address of the last NAT that hides the gateway.</param>
    /// <param name="ports">Opens the ports that mappings get; null when the transport listens on every port.</param>
    public void Attach(ITransport transport, IUdpPorts? ports = null)
    {
        _transport = transport;
        _ports = ports;
    }

    /// <inheritdoc/>
    public void SendUdp(IPEndPoint local, IPEndPoint remote, ReadOnlySpan<byte> payload)
    {
        if (Cross(UdpPacket.Build(local, remote, payload), leaves: true) is { } packet
            && UdpPacket.TryRead(packet, out var from, out var to, out var bytes))
        {
            Transport.SendUdp(from, to, bytes.Span);
        }
    }

    /// <inheritdoc/>
    public void SendPacket(ReadOnlySpan<byte> packet)
    {
        if (Cross(packet.ToArray(), leaves: true) is { } translated)
        {
            Transport.SendPacket(translated);
        }
    }

    /// <inheritdoc/>
    public void OnUdp(IPEndPoint local, IPEndPoint remote, ReadOnlyMemory<byte> payload)
    {
        if (Cross(UdpPacket.Build(remote, local, payload.Span), leaves: false) is { } packet
            && UdpPacket.TryRead(packet, out var from, out var to, out var bytes))
        {
            _gateway.OnUdp(to, from, bytes);
        }
    }

    /// <inheritdoc/>
    public void OnPacket(ReadOnlyMemory<byte> packet)
    {
        if (Cross(packet.ToArray(), leaves: false) is { } translated)
        {
            _gateway.OnPacket(translated);
        }
    }

    /// <summary>Hands an error on. Its address is the wire's.</summary>
    /// <param name="error">What happened.</param>
    public void OnTransportError(TransportError error) => _gateway.OnTransportError(error);

    private byte[]? Cross(byte[] packet, bool leaves)
    {
        var now = _clock.GetUtcNow();
        foreach (var stage in leaves ? _stages : _stages.Reverse())
        {
            if (stage.Box.Translate(leaves ? stage.Leaving : stage.Arriving, packet, now, out packet) != NatVerdict.Translated)
            {
                return null;
            }
        }

        return packet;
    }
}
