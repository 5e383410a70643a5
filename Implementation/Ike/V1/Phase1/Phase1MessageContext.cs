// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Ike.V1.Policy;

namespace Ipsec.Ike.V1.Phase1;

/// <summary>Which phase 1 message is sent or received, and what is known by then.</summary>
/// <param name="Policy">The connection.</param>
/// <param name="Mode">Main or aggressive mode.</param>
/// <param name="IsInitiator">Whether this endpoint started phase 1.</param>
/// <param name="Number">Number of the message within its exchange, from 1; odd ones are the initiator's.</param>
/// <param name="InitiatorCookie">CKY-I, 8 bytes.</param>
/// <param name="ResponderCookie">CKY-R, 8 bytes; zero in what belongs to message 1.</param>
/// <param name="Suite">The negotiated suite; null before it has been chosen.</param>
/// <param name="Local">This endpoint's address and port.</param>
/// <param name="Remote">The peer's address and port.</param>
internal sealed record Phase1MessageContext(
    ConnectionPolicy Policy,
    Phase1Mode Mode,
    bool IsInitiator,
    int Number,
    Cookie InitiatorCookie,
    Cookie ResponderCookie,
    Phase1Suite? Suite,
    IPEndPoint Local,
    IPEndPoint Remote);
