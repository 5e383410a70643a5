// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// The longest packet that the path of an SA takes (RFC 4301 section 8.2.1). Only ever lowered by messages, as their authenticity
/// cannot be checked, and forgotten after a while (section 8.2.2). Readable from any thread.
/// </summary>
/// <param name="linkMtu">MTU of the first link, in bytes: where the path starts from.</param>
public sealed class PathMtu(int linkMtu)
{
    /// <summary>What every IPv4 path takes (RFC 791 section 3.2), and the lowest that is believed.</summary>
    public const int MinIpv4 = 576;

    /// <summary>What every IPv6 path takes (RFC 8200 section 5), and the lowest that is believed.</summary>
    public const int MinIpv6 = 1280;

    private readonly int _linkMtu = linkMtu;
    private int _current = linkMtu;
    private long _learnedTicks;

    /// <summary>How long a lowered value counts (RFC 8201 section 4: at least 10 minutes).</summary>
    public static TimeSpan Memory { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest packet, outer header included, in bytes.</summary>
    public int Current => Volatile.Read(ref _current);

    /// <summary>Takes what a "fragmentation needed" or "packet too big" message said.</summary>
    /// <param name="version">Version of the outer packet.</param>
    /// <param name="mtu">The MTU of the message; 0 when an old router did not say.</param>
    /// <param name="now">The time.</param>
    /// <returns>True when the value is lower now.</returns>
    public bool Lower(IpVersion version, int mtu, DateTimeOffset now)
    {
        var believed = Math.Max(mtu, version == IpVersion.V4 ? MinIpv4 : MinIpv6);
        if (believed >= Current)
        {
            return false;
        }

        Volatile.Write(ref _learnedTicks, now.UtcTicks);
        Volatile.Write(ref _current, believed);
        return true;
    }

    /// <summary>Forgets a value that is older than <see cref="Memory"/>.</summary>
    /// <param name="now">The time.</param>
    public void Age(DateTimeOffset now)
    {
        if (Current < _linkMtu && now.UtcTicks - Volatile.Read(ref _learnedTicks) >= Memory.Ticks)
        {
            Volatile.Write(ref _current, _linkMtu);
        }
    }

    /// <summary>The longest packet that is not longer than the path's MTU once an SA has protected it.</summary>
    /// <param name="sa">The SA.</param>
    /// <param name="pathMtu">Longest protected packet, in bytes.</param>
    /// <param name="headerLength">Headers that transport mode leaves in place; 0 in tunnel mode.</param>
    /// <returns>Bytes; what an ICMP message back to the packet's sender has to say. 0 when nothing fits.</returns>
    public static int InnerMtu(IOutboundSa sa, int pathMtu, int headerLength = 0)
    {
        ArgumentNullException.ThrowIfNull(sa);
        var inner = pathMtu;
        while (inner > headerLength && sa.EncapsulatedLength(inner, headerLength) > pathMtu)
        {
            // The overhead is nearly the same for all lengths, so that two or three steps get there.
            inner -= Math.Min(inner, sa.EncapsulatedLength(inner, headerLength) - pathMtu);
        }

        while (inner > headerLength && sa.EncapsulatedLength(inner + 1, headerLength) <= pathMtu)
        {
            // Within one block all lengths cost the same.
            inner++;
        }

        return inner > headerLength ? inner : 0;
    }
}
