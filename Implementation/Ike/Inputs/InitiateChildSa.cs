// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;

namespace Ipsec.Ike.Inputs;

/// <summary>Command: negotiate an IPsec SA pair; phase 1 is started first when the connection has no IKE SA.</summary>
/// <param name="Connection">Name of the connection in the endpoint's policy.</param>
/// <param name="Child">Name of the child within the connection.</param>
public sealed record InitiateChildSa(string Connection, string Child) : IkeInput
{
    /// <summary>
    /// The traffic on this side in place of the child's, a part of it, for a child that may be negotiated for parts of its traffic; null for
    /// all of it.
    /// </summary>
    public IdentificationPayload? LocalSelector { get; init; }

    /// <summary>The traffic on the peer's side, in the same way.</summary>
    public IdentificationPayload? RemoteSelector { get; init; }
}
