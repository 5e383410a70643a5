// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Capture;

/// <summary>Who sent to whom, the last thousand times: enough to know whose packet a daemon got before it ended.</summary>
internal sealed class RecentSenders
{
    private const int Kept = 1024;

    private readonly (DateTimeOffset Time, uint Source, uint Destination)[] _ring = new (DateTimeOffset, uint, uint)[Kept];
    private int _count;

    /// <summary>Notes a packet.</summary>
    public void Add(DateTimeOffset time, uint source, uint destination) => _ring[_count++ % Kept] = (time, source, destination);

    /// <summary>The source of the last packet to an address before a time; null when none is remembered.</summary>
    public uint? LastTo(uint destination, DateTimeOffset before)
    {
        for (var index = _count - 1; index >= Math.Max(0, _count - Kept); index--)
        {
            var (time, source, to) = _ring[index % Kept];
            if (to == destination && time <= before)
            {
                return source;
            }
        }

        return null;
    }
}
