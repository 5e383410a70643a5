// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.MainMode;

/// <summary>What came of offering a message to a main mode state.</summary>
/// <param name="Next">The state to be in; the old one when the message was rejected.</param>
/// <param name="Reply">Payloads to answer with; empty for no answer.</param>
/// <param name="Rejection">Null when the message was accepted.</param>
internal sealed record MainModeStep(MainModeState Next, ImmutableArray<Payload> Reply, Rejection? Rejection = null)
{
    public static MainModeStep Reject(MainModeState current, Rejection rejection) => new(current, [], rejection);
}
