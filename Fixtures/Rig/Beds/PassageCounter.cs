// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Transports;

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>
/// Stands between a gateway and its transport and counts what passes. A capture runs beside the sockets and may lag behind them: what
/// has passed here must be seen there before anybody judges by the capture.
/// </summary>
public sealed class PassageCounter(IPacketReceiver gateway) : ITransport, IPacketReceiver
{
    private ITransport? _transport;
    private int _passed;

    /// <summary>Packets sent and received so far.</summary>
    public int Passed => Volatile.Read(ref _passed);

    /// <inheritdoc/>
    public IPAddress Address => Transport.Address;

    private ITransport Transport => _transport ?? throw new InvalidOperationException("there is no transport yet");

    /// <summary>Puts the transport in place.</summary>
    /// <param name="transport">The way out.</param>
    public void Attach(ITransport transport) => _transport = transport;

    /// <inheritdoc/>
    public void SendUdp(IPEndPoint local, IPEndPoint remote, ReadOnlySpan<byte> payload)
    {
        Transport.SendUdp(local, remote, payload);
        Interlocked.Increment(ref _passed);
    }

    /// <inheritdoc/>
    public void SendPacket(ReadOnlySpan<byte> packet)
    {
        Transport.SendPacket(packet);
        Interlocked.Increment(ref _passed);
    }

    /// <inheritdoc/>
    public void OnUdp(IPEndPoint local, IPEndPoint remote, ReadOnlyMemory<byte> payload)
    {
        Interlocked.Increment(ref _passed);
        gateway.OnUdp(local, remote, payload);
    }

    /// <inheritdoc/>
    public void OnPacket(ReadOnlyMemory<byte> packet)
    {
        Interlocked.Increment(ref _passed);
        gateway.OnPacket(packet);
    }

    /// <inheritdoc/>
    public void OnTransportError(TransportError error)
    {
        // What could not be sent was counted and will never be seen.
        Interlocked.Decrement(ref _passed);
        gateway.OnTransportError(error);
    }
}
