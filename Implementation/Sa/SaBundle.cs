// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Sa;

/// <summary>
/// The place of an SA among those that have to be applied one after the other to the same packet, such as ESP and then AH (RFC 2401
/// section 4.3, "transport adjacency"). A receiver takes a packet only when all of them were applied, in this order.
/// </summary>
/// <param name="Id">The same for all SAs of one direction of a bundle, and for no others.</param>
/// <param name="Position">0 for what is applied first, next to the payload; counts outwards.</param>
/// <param name="Size">Number of SAs in the bundle.</param>
public sealed record SaBundle(ulong Id, int Position, int Size)
{
    /// <summary>Whether this is the SA whose protection comes off last.</summary>
    public bool IsInnermost => Position == 0;

    /// <summary>Whether this is the SA whose protection comes off first.</summary>
    public bool IsOutermost => Position == Size - 1;
}
