// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Ike.V1;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Target;

/// <summary>A profile as policies.</summary>
internal static class TargetPolicies
{
    /// <summary>Of no scenario's own network: what a profile does not name lies elsewhere.</summary>
    private const byte Number = BedAddresses.Last;

    /// <summary>
    /// What both sides have where a scenario says nothing else. Mode, encapsulation and perfect forward secrecy are not taken from the
    /// profile: scenarios that do not speak of them mean main mode, a tunnel and none.
    /// </summary>
    public static ScenePolicy Usual(TargetProfile profile)
    {
        var usual = ScenePolicy.Default.Both(side => side with
        {
            PreSharedKey = profile.PreSharedKey,
            Phase1 = profile.Phase1,
            Phase2 = profile.Phase2,
            ChildSeconds = profile.ChildSeconds,
        });
        return usual with
        {
            West = Named(usual.West, profile.OurIdentity),
            East = Named(usual.East, profile.ItsIdentity) with { NatTraversal = profile.NatTraversal },
        };
    }

    /// <summary>Who has which address.</summary>
    public static BedAddresses Addresses(TargetProfile profile, IPAddress target) =>
        new(Number, target) { Given = new(profile.OurAddress, [.. profile.Networks.Select(child => child.Networks)]) };

    /// <summary>What the device is configured with.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="target">The device's address.</param>
    public static PeerPolicy Configured(TargetProfile profile, IPAddress target) => new()
    {
        Name = "conformance",
        Address = target,
        RemoteAddress = profile.OurAddress,
        Identity = profile.ItsIdentity,
        RemoteIdentity = profile.OurIdentity,
        Mode = profile.Modes.Contains(Phase1Mode.Main) ? Phase1Mode.Main : Phase1Mode.Aggressive,
        PreSharedKey = profile.PreSharedKey,
        Phase1 = profile.Phase1,
        NatTraversal = profile.NatTraversal,
        Children =
        [
            .. profile.Networks.Select(child => new ChildPeerPolicy
            {
                Name = child.Name,
                Local = profile.Encapsulation == Sa.SaMode.Transport ? null : child.Networks.East,
                Remote = profile.Encapsulation == Sa.SaMode.Transport ? null : child.Networks.West,
                Suites = profile.Phase2,
                Pfs = profile.Pfs,
                Mode = profile.Encapsulation,
                LifetimeSeconds = profile.ChildSeconds,
            }),
        ],
    };

    private static SidePolicy Named(SidePolicy side, PeerIdentity identity)
    {
        var kind = identity.Type switch
        {
            IdType.UserFqdn => IdentityKind.Email,
            IdType.Ipv4Address => IdentityKind.Ipv4Address,
            IdType.Ipv6Address => IdentityKind.Ipv6Address,
            IdType.DerAsn1Dn => IdentityKind.DistinguishedName,
            IdType.KeyId => IdentityKind.KeyId,
            _ => IdentityKind.Fqdn,
        };
        return side with { Identity = kind, GivenIdentity = new(kind, identity) };
    }
}
