// SPDX-License-Identifier: Apache-2.0

using System.Runtime.InteropServices;

namespace Ipsec.Transports.Linux;

/// <summary>Reads a TUN device packet by packet, whatever the system hands over at once. Allocates nothing; for one thread.</summary>
/// <param name="device">The device.</param>
public sealed class TunReader(TunDevice device)
{
    private readonly byte[] _buffer = new byte[OffloadHeader.Size + IpLimits.Largest];
    private readonly SegmentSplitter _splitter = new();

    /// <summary>What the system handed over and could not be understood.</summary>
    public long Malformed { get; private set; }

    /// <summary>The next packet, without waiting.</summary>
    /// <param name="packet">The packet; valid until the next call.</param>
    /// <returns>False when there is none.</returns>
    public bool TryNext(out ReadOnlySpan<byte> packet)
    {
        while (true)
        {
            if (_splitter.HasMore)
            {
                packet = _splitter.Next();
                return true;
            }

            var length = device.Read(_buffer);
            if (length <= OffloadHeader.Size)
            {
                packet = default;
                return false;
            }

            var header = MemoryMarshal.Read<OffloadHeader>(_buffer);
            if (!_splitter.TryTake(header, _buffer.AsMemory(OffloadHeader.Size, length - OffloadHeader.Size), out packet))
            {
                Malformed++;
            }
            else if (!packet.IsEmpty)
            {
                return true;
            }
        }
    }

    /// <summary>Gives up what is left of the segments that came as one: what was wrong with one is wrong with all.</summary>
    public void SkipSegments() => _splitter.Skip();
}
