// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Phase1;

/// <summary>
/// Something that rides on phase 1 without being part of it: vendor IDs, NAT discovery. One instance belongs to one IKE
/// SA and may keep what it learns. The transition table says which payload types a message may hold.
/// </summary>
internal interface IPhase1Extension
{
    /// <summary>Payloads to put behind those of a message of ours.</summary>
    /// <param name="message">The message about to be sent; called once for each, not for its repetitions.</param>
    /// <returns>The payloads; empty for none.</returns>
    ImmutableArray<Payload> Outgoing(Phase1MessageContext message);

    /// <summary>
    /// Looks at a message that phase 1 would accept, before its answer is made. Where phase 1 does not protect it, anyone
    /// may have written the payloads.
    /// </summary>
    /// <param name="message">Which message.</param>
    /// <param name="payloads">All its payloads.</param>
    /// <returns>Null to accept; else the message is rejected, and another of the same number may come.</returns>
    Rejection? Incoming(Phase1MessageContext message, IReadOnlyList<Payload> payloads);
}
