// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// Puts fragments together before ESP and AH see them (RFC 4303 section 3.4.1; RFC 791 section 3.2; RFC 8200 section 4.5). Packets with
/// fragments that overlap are thrown away whole (RFC 5722, done for IPv4 too). For one thread at a time.
/// </summary>
/// <param name="limits">What incomplete packets may cost.</param>
public sealed class FragmentReassembly(ReassemblyLimits limits)
{
    private readonly Dictionary<FragmentKey, PartialPacket> _partial = [];

    // Oldest first: what a newcomer pushes out when there is no more room.
    private readonly LinkedList<FragmentKey> _order = [];

    /// <summary>Packets of which some fragments are still missing.</summary>
    public int Incomplete => _partial.Count;

    /// <summary>Bytes kept for them.</summary>
    public long BytesKept { get; private set; }

    /// <summary>Packets thrown away because they were not complete in time or to make room.</summary>
    public long Abandoned { get; private set; }

    /// <summary>Takes a packet that may be a fragment.</summary>
    /// <param name="head">Its headers, as read from it.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="now">The time.</param>
    /// <param name="destination">Takes the whole packet: up to 65535 bytes, and 40 more for IPv6.</param>
    /// <param name="written">Length of the whole packet; 0 when the outcome is not Ok.</param>
    /// <returns>Ok with a whole packet in the destination, FragmentKept, BadFragment, or BufferTooSmall.</returns>
    public EspOutcome TryAdd(
        in IpPacketHead head, ReadOnlySpan<byte> packet, DateTimeOffset now, Span<byte> destination, out int written)
    {
        written = 0;
        Expire(now);
        if (!head.IsFragment)
        {
            if (destination.Length < head.TotalLength)
            {
                return EspOutcome.BufferTooSmall;
            }

            packet[..head.TotalLength].CopyTo(destination);
            written = head.TotalLength;
            return EspOutcome.Ok;
        }

        var key = new FragmentKey(head.Source, head.Destination, head.Identification, head.Version == IpVersion.V4 ? head.Protocol : 0);
        if (!_partial.TryGetValue(key, out var partial))
        {
            partial = new PartialPacket(now + limits.Time, _order.AddLast(key));
            _partial.Add(key, partial);
        }

        var before = partial.BytesKept;
        var isSound = partial.TryAdd(head, packet, limits);
        BytesKept += partial.BytesKept - before;
        if (!isSound)
        {
            Forget(key, partial);
            return EspOutcome.BadFragment;
        }

        if (!partial.IsComplete)
        {
            MakeRoom();
            return EspOutcome.FragmentKept;
        }

        Forget(key, partial);
        return partial.TryAssemble(destination, out written) ? EspOutcome.Ok : EspOutcome.BufferTooSmall;
    }

    /// <summary>Throws away what was not complete in time (RFC 8200 section 4.5: 60 seconds).</summary>
    /// <param name="now">The time.</param>
    public void Expire(DateTimeOffset now)
    {
        while (_order.First is { } oldest && _partial[oldest.Value].Deadline <= now)
        {
            Abandon(oldest.Value);
        }
    }

    private void MakeRoom()
    {
        while (_partial.Count > limits.Packets || BytesKept > limits.Bytes)
        {
            Abandon(_order.First!.Value);
        }
    }

    private void Abandon(FragmentKey key)
    {
        Abandoned++;
        Forget(key, _partial[key]);
    }

    private void Forget(FragmentKey key, PartialPacket partial)
    {
        _partial.Remove(key);
        _order.Remove(partial.Place);
        BytesKept -= partial.BytesKept;
    }
}
