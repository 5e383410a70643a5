// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Sa;

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>
/// The addresses of one scenario. Each has a number of its own, so that scenarios run side by side: west's outer address
/// is 198.51.100.N, 198.18.N.0/24 lies behind it and 198.19.N.0/24 behind east. A quarter of these belongs to each child.
/// </summary>
/// <param name="Number">N, 10 to 249.</param>
/// <param name="East">East's outer address.</param>
public sealed record BedAddresses(byte Number, IPAddress East)
{
    /// <summary>The lowest number; those below belong to the network itself and to peers.</summary>
    public const byte First = 10;

    /// <summary>The highest number.</summary>
    public const byte Last = 249;

    /// <summary>How many children a scenario can have.</summary>
    public const int Children = 4;

    private const int ChildNetSize = 64;

    /// <summary>The network between the gateways.</summary>
    public const string OuterNetwork = "198.51.100.0/24";

    /// <summary>West's outer address.</summary>
    public IPAddress West => new([198, 51, 100, Number]);

    /// <summary>The network of a child behind west.</summary>
    /// <param name="child">0 to 3.</param>
    /// <returns>198.18.N.x/26.</returns>
    public TrafficSelector WestNet(int child) => TrafficSelector.Subnet(Address(18, child, 0), 26);

    /// <summary>The network of a child behind east.</summary>
    /// <param name="child">0 to 3.</param>
    /// <returns>198.19.N.x/26.</returns>
    public TrafficSelector EastNet(int child) => TrafficSelector.Subnet(Address(19, child, 0), 26);

    /// <summary>A host behind west.</summary>
    /// <param name="child">0 to 3.</param>
    /// <returns>An address of that child's network.</returns>
    public IPAddress WestHost(int child) => Address(18, child, 5);

    /// <summary>A host behind east.</summary>
    /// <param name="child">0 to 3.</param>
    /// <returns>An address of that child's network.</returns>
    public IPAddress EastHost(int child) => Address(19, child, 7);

    private IPAddress Address(byte second, int child, int host) => new([198, second, Number, (byte)((child * ChildNetSize) + host)]);
}
