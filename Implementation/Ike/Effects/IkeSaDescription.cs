// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Ike.V1;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Effects;

/// <summary>What an observer may know of an IKE SA.</summary>
/// <param name="Connection">Name of the connection it belongs to.</param>
/// <param name="IsInitiator">Whether this endpoint started phase 1.</param>
/// <param name="InitiatorCookie">CKY-I, 8 bytes.</param>
/// <param name="ResponderCookie">CKY-R, 8 bytes; zero before the first answer.</param>
/// <param name="Local">This endpoint's address and port.</param>
/// <param name="Remote">The peer's address and port.</param>
/// <param name="Suite">The negotiated phase 1 suite; null before negotiation.</param>
public sealed record IkeSaDescription(
    string Connection,
    bool IsInitiator,
    Cookie InitiatorCookie,
    Cookie ResponderCookie,
    IPEndPoint Local,
    IPEndPoint Remote,
    Phase1Suite? Suite)
{
    /// <summary>How phase 1 was or is being completed.</summary>
    public Phase1Mode Mode { get; init; }

    /// <summary>What the peer has proved to be; null before phase 1 is complete.</summary>
    public IdentificationPayload? PeerIdentity { get; init; }
}
