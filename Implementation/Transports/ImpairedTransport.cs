// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Transports.InMemory;

namespace Ipsec.Transports;

/// <summary>
/// Stands between a gateway and a transport, real or not, and loses, delays, duplicates and so reorders packets. Decisions come from the
/// seed; what is delayed waits on the event loop. All members are to be used on that loop.
/// </summary>
/// <param name="loop">Where delayed packets wait.</param>
/// <param name="random">Where decisions are drawn from.</param>
/// <param name="above">Takes what arrives.</param>
public sealed class ImpairedTransport(IEventLoop loop, IRandomSource random, IPacketReceiver above) : ITransport, IPacketReceiver
{
    private readonly LinkWeather _outgoing = new(random);
    private readonly LinkWeather _incoming = new(random);
    private ITransport? _transport;

    /// <summary>What happens to packets that are sent.</summary>
    public LinkConditions Outgoing { get; set; } = LinkConditions.None;

    /// <summary>What happens to packets that are received.</summary>
    public LinkConditions Incoming { get; set; } = LinkConditions.None;

    /// <inheritdoc/>
    public IPAddress Address => Transport.Address;

    private ITransport Transport => _transport ?? throw new InvalidOperationException("there is no transport yet");

    /// <summary>Puts the transport in place, whose receiver this is.</summary>
    /// <param name="transport">The way out.</param>
    public void Attach(ITransport transport) => _transport = transport;

    /// <inheritdoc/>
    public void SendUdp(IPEndPoint local, IPEndPoint remote, ReadOnlySpan<byte> payload)
    {
        var bytes = payload.ToArray();
        Pass(_outgoing, Outgoing, () => Transport.SendUdp(local, remote, bytes));
    }

    /// <inheritdoc/>
    public void SendPacket(ReadOnlySpan<byte> packet)
    {
        var bytes = packet.ToArray();
        Pass(_outgoing, Outgoing, () => Transport.SendPacket(bytes));
    }

    /// <inheritdoc/>
    public void OnUdp(IPEndPoint local, IPEndPoint remote, ReadOnlyMemory<byte> payload) => Pass(_incoming, Incoming, () => above.OnUdp(local, remote, payload));

    /// <inheritdoc/>
    public void OnPacket(ReadOnlyMemory<byte> packet) => Pass(_incoming, Incoming, () => above.OnPacket(packet));

    /// <inheritdoc/>
    public void OnTransportError(TransportError error) => above.OnTransportError(error);

    private void Pass(LinkWeather weather, LinkConditions conditions, Action pass) => weather.Decide(conditions, delay =>
    {
        if (delay == TimeSpan.Zero)
        {
            pass();
        }
        else
        {
            loop.PostAt(loop.Clock.GetUtcNow() + delay, pass);
        }
    });
}
