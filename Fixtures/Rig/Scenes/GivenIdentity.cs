// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Policies;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <summary>An identity that is as it is.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="Identity">The identity.</param>
public sealed record GivenIdentity(IdentityKind Kind, PeerIdentity Identity);
