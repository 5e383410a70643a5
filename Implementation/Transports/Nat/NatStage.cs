// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Transports.Nat;

/// <summary>One NAT on the path.</summary>
/// <param name="Box">The translation.</param>
/// <param name="Hides">Whom it hides.</param>
public sealed record NatStage(NatBox Box, NatSide Hides)
{
    internal NatDirection Leaving => Hides == NatSide.Gateway ? NatDirection.Outbound : NatDirection.Inbound;

    internal NatDirection Arriving => Hides == NatSide.Gateway ? NatDirection.Inbound : NatDirection.Outbound;
}
