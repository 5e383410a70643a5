// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.Effects;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.QuickMode;

/// <summary>Computes the HASH of a reply over the encoded payloads that follow it.</summary>
internal delegate byte[] HashOverRest(ReadOnlySpan<byte> rest);

/// <summary>What came of offering a message to a quick mode state.</summary>
/// <param name="Next">The state to be in; the old one when the message was rejected.</param>
/// <param name="Reply">Payloads behind the HASH of the answer; null for no answer.</param>
/// <param name="Hash">How the answer's HASH is made.</param>
/// <param name="Install">The SA pair to put to use.</param>
/// <param name="Rejection">Null when the message was accepted.</param>
internal sealed record QuickModeStep(
    QuickModeState Next,
    ImmutableArray<Payload>? Reply,
    HashOverRest? Hash,
    ChildSaPair? Install = null,
    Rejection? Rejection = null)
{
    public static QuickModeStep Reject(QuickModeState current, Rejection rejection) => new(current, null, null, null, rejection);
}
