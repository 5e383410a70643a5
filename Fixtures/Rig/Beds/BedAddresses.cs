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
    /// <summary>No scenario has this number, so these networks are nobody's.</summary>
    private const byte Hidden = 255;

    private const int LastOfRange = 41;
    private const int FirstOfPool = 32;

    /// <summary>The network between the gateways.</summary>
    public const string OuterNetwork = "198.51.100.0/24";

    /// <summary>The addresses of a peer that nobody configures anew; null where the suite chooses.</summary>
    public GivenAddresses? Given { get; init; }

    /// <summary>How many children have networks.</summary>
    public int ChildCount => Given?.Networks.Length ?? Children;

    /// <summary>West's outer address.</summary>
    public IPAddress West => Given?.West ?? new([198, 51, 100, Number]);

    /// <summary>NATs on the path; null for none.</summary>
    public PathNat? Nat { get; init; }

    /// <summary>West's address as west knows it: one that the wire never sees when a NAT hides west.</summary>
    public IPAddress WestOwn => Nat is { HidesWest: true } ? new([198, 18, Hidden, Number]) : West;

    /// <summary>East's address as west knows it: one that the wire never sees when a NAT hides east.</summary>
    public IPAddress EastSeen => Nat is { HidesEast: true } ? new([198, 19, Hidden, Number]) : East;

    /// <summary>The network of a child behind west.</summary>
    /// <param name="child">0 to 3.</param>
    /// <returns>198.18.N.x/26.</returns>
    public TrafficSelector WestNet(int child) => GivenOf(child)?.West ?? TrafficSelector.Subnet(Address(18, child, 0), 26);

    /// <summary>The network of a child behind east.</summary>
    /// <param name="child">0 to 3.</param>
    /// <returns>198.19.N.x/26.</returns>
    public TrafficSelector EastNet(int child) => GivenOf(child)?.East ?? TrafficSelector.Subnet(Address(19, child, 0), 26);

    /// <summary>Some addresses of a child's network behind west, its host among them, that are no network themselves.</summary>
    /// <param name="child">0 to 3.</param>
    /// <returns>A range.</returns>
    public TrafficSelector WestRange(int child) => TrafficSelector.Range(Address(18, child, 1), Address(18, child, LastOfRange));

    /// <summary>Some addresses of a child's network behind east, its host among them, that are no network themselves.</summary>
    /// <param name="child">0 to 3.</param>
    /// <returns>A range.</returns>
    public TrafficSelector EastRange(int child) => TrafficSelector.Range(Address(19, child, 1), Address(19, child, LastOfRange));

    /// <summary>A host behind west.</summary>
    /// <param name="child">0 to 3.</param>
    /// <returns>An address of that child's network.</returns>
    public IPAddress WestHost(int child) => GivenOf(child)?.WestHost ?? Address(18, child, 5);

    /// <summary>A host behind east.</summary>
    /// <param name="child">0 to 3.</param>
    /// <returns>An address of that child's network.</returns>
    public IPAddress EastHost(int child) => GivenOf(child)?.EastHost ?? Address(19, child, 7);

    /// <summary>The inner addresses that mode config may assign to a host that stands where west does: one, so that policies can name it beforehand.</summary>
    public (IPAddress First, IPAddress Last) WestPool => (Address(18, Children - 1, FirstOfPool), Address(18, Children - 1, FirstOfPool));

    /// <summary>The same for a host that stands where east does.</summary>
    public (IPAddress First, IPAddress Last) EastPool => (Address(19, Children - 1, FirstOfPool), Address(19, Children - 1, FirstOfPool));

    /// <summary>An address that west knows, as the wire shows it.</summary>
    /// <param name="address">West's own or east's.</param>
    /// <returns>The address on the wire.</returns>
    public IPAddress OnWire(IPAddress address) => WestOwn.Equals(address) ? West : EastSeen.Equals(address) ? East : address;

    private GivenNetworks? GivenOf(int child) => Given is { } given && child < given.Networks.Length ? given.Networks[child] : null;

    private IPAddress Address(byte second, int child, int host) => new([198, second, Number, (byte)((child * ChildNetSize) + host)]);
}
