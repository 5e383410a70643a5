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
internal sealed record QuickModeStep(QuickModeState Next, ImmutableArray<Payload>? Reply = null, HashOverRest? Hash = null)
{
    /// <summary>The SA pairs to put to use: one, or AH and ESP of a bundle.</summary>
    public ImmutableArray<ChildSaPair> Install { get; init; } = [];

    /// <summary>Null when the message was accepted.</summary>
    public Rejection? Rejection { get; init; }

    public static QuickModeStep Reject(QuickModeState current, Rejection rejection) => new(current) { Rejection = rejection };
}
