// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Numerics;

namespace Ipsec.Ike.V1.Policy;

/// <summary>Addresses that may be given to peers, all of one family.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last; not below the first.</param>
public sealed record AddressRange(IPAddress First, IPAddress Last)
{
    /// <summary>Number of addresses.</summary>
    public BigInteger Count => Number(Last) - Number(First) + 1;

    /// <summary>Whether an address is one of them.</summary>
    /// <param name="address">The address.</param>
    /// <returns>True when it is.</returns>
    public bool Contains(IPAddress address) =>
        address.AddressFamily == First.AddressFamily && Number(address) >= Number(First) && Number(address) <= Number(Last);

    /// <summary>The addresses in their order, made one by one.</summary>
    /// <returns>All of them.</returns>
    public IEnumerable<IPAddress> Addresses()
    {
        for (var number = Number(First); number <= Number(Last); number++)
        {
            yield return Address(number);
        }
    }

    private static BigInteger Number(IPAddress address) => new(address.GetAddressBytes(), isUnsigned: true, isBigEndian: true);

    private IPAddress Address(BigInteger number)
    {
        var bytes = new byte[First.GetAddressBytes().Length];
        var significant = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        significant.CopyTo(bytes, bytes.Length - significant.Length);
        return new(bytes);
    }
}
