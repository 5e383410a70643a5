// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <content>The identities that the policies name.</content>
public sealed partial class Scene
{
    /// <summary>The data of a side's identification payload in phase 1.</summary>
    /// <param name="side">The side.</param>
    public byte[] IdentityOctets(Side side)
    {
        var (policy, name) = side == Side.West ? (Policy.West, WestIdentity) : (Policy.East, EastIdentity);
        return policy.GivenIdentity?.Identity.Payload?.Data.ToArray() ?? Encoding.ASCII.GetBytes(name);
    }

    /// <summary>The same, where it is something that can be hidden.</summary>
    /// <param name="side">The side.</param>
    /// <exception cref="UnsupportedException">It is an address, which stands in every packet's header.</exception>
    public byte[] IdentityToHide(Side side)
    {
        var kind = (side == Side.West ? Policy.West : Policy.East).GivenIdentity?.Kind;
        return kind is IdentityKind.Ipv4Address or IdentityKind.Ipv6Address
            ? throw new UnsupportedException("the identities are addresses, and addresses stand in the header of every packet")
            : IdentityOctets(side);
    }
}
