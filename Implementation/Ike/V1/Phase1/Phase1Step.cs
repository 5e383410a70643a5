// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.V1.Policy;
using Ipsec.Ike.V1.Protection;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Phase1;

/// <summary>What came of offering a message to a phase 1 state.</summary>
/// <param name="Next">The state to be in; the old one when the message was rejected.</param>
/// <param name="Reply">Payloads to answer with; empty for no answer.</param>
/// <param name="Rejection">Null when the message was accepted.</param>
internal sealed record Phase1Step(Phase1State Next, ImmutableArray<Payload> Reply, Rejection? Rejection = null)
{
    /// <summary>The connection that the peer's identity or offer turned out to mean; null when it is still the one that was assumed.</summary>
    public ConnectionPolicy? Policy { get; init; }

    /// <summary>
    /// Keys that a rejected message would have brought: what is said about it goes out under them, since the keying material has been
    /// exchanged (RFC 2408 section 5.14).
    /// </summary>
    public Phase1Security? RejectedUnder { get; init; }

    public static Phase1Step Reject(Phase1State current, Rejection rejection, Phase1Security? under = null) =>
        new(current, [], rejection) { RejectedUnder = under };
}
