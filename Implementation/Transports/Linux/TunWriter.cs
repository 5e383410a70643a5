// SPDX-License-Identifier: Apache-2.0

using Ipsec.Esp;

namespace Ipsec.Transports.Linux;

/// <summary>
/// Writes packets into a TUN device and joins TCP segments that follow each other: they wait until <see cref="Flush"/>, or until something
/// else comes. The order stays. Allocates nothing; for one thread.
/// </summary>
/// <param name="device">The device.</param>
public sealed class TunWriter(TunDevice device) : IPacketSink
{
    private readonly SegmentJoiner _joiner = new();

    /// <summary>Packets, or segments as one, that the system did not take.</summary>
    public long Lost { get; private set; }

    /// <summary>Takes a packet.</summary>
    /// <param name="packet">A whole IPv4 or IPv6 packet.</param>
    public void Send(ReadOnlySpan<byte> packet)
    {
        if (_joiner.TryAdd(packet))
        {
            return;
        }

        Flush();
        if (!_joiner.TryAdd(packet))
        {
            Lost += device.Write(packet) ? 0 : 1;
        }
    }

    /// <summary>Writes what waits.</summary>
    public void Flush()
    {
        if (!_joiner.IsEmpty)
        {
            var joined = _joiner.Take(out var header);
            Lost += device.Write(header, joined) ? 0 : 1;
        }
    }
}
