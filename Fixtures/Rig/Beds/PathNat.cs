// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Transports.Nat;

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>
/// NATs between west and the wire, within this process: west can be hidden, which then has an address that the wire never sees, or east,
/// which west then reaches at such an address, or both.
/// </summary>
/// <param name="HidesWest">Whether west is behind a NAT.</param>
/// <param name="HidesEast">Whether east is behind a NAT.</param>
public sealed record PathNat(bool HidesWest, bool HidesEast = false)
{
    /// <summary>Which outside ports the NAT in front of west gives.</summary>
    public NatPortAssignment Ports { get; init; } = NatPortAssignment.Preserve;

    /// <summary>Whether that NAT has one mapping for all destinations.</summary>
    public NatMappingBehavior Mapping { get; init; } = NatMappingBehavior.EndpointIndependent;

    /// <summary>The NATs of a path, nearest to west first.</summary>
    /// <param name="addresses">Who has which address.</param>
    /// <param name="random">Where random ports come from.</param>
    internal IReadOnlyList<NatStage> Stages(BedAddresses addresses, IRandomSource random)
    {
        List<NatStage> stages = [];
        if (HidesWest)
        {
            stages.Add(new(new NatBox(new() { Outside = addresses.West, Ports = Ports, Mapping = Mapping }, random), NatSide.Gateway));
        }

        if (HidesEast)
        {
            // A server behind a NAT is reachable only because the NAT has been told to let everybody in.
            stages.Add(new(new NatBox(new() { Outside = addresses.EastSeen, Forwards = [new(addresses.East)] }, random), NatSide.Peer));
        }

        return stages;
    }
}
