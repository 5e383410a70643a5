// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Daemon.Runtime;

/// <summary>Ranges of addresses as the prefixes that routes have.</summary>
internal static class Prefixes
{
    /// <summary>The fewest prefixes that are the addresses of a selector, such as "198.18.1.0/24".</summary>
    public static IEnumerable<string> Of(TrafficSelector selector)
    {
        var (bits, last) = (selector.FirstAddress.Bits, selector.LastAddress);
        var next = selector.FirstAddress;
        while (true)
        {
            var length = bits;
            while (length > 0 && next.Network(length - 1) == next && next.LastOfNetwork(length - 1) <= last)
            {
                length--;
            }

            yield return $"{next}/{length}";
            var end = next.LastOfNetwork(length);
            if (end >= last)
            {
                yield break;
            }

            next = new AddressNumber(end.Version, end.Value + 1);
        }
    }
}
