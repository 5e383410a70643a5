// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.NewGroup;

/// <summary>What came of offering a message to a new group mode state.</summary>
/// <param name="Next">The state to be in; the old one when the message was rejected.</param>
/// <param name="Reply">Payloads behind the HASH of our message; null for none.</param>
internal sealed record NewGroupStep(NewGroupState Next, ImmutableArray<Payload>? Reply = null)
{
    /// <summary>The group that both sides have from now on.</summary>
    public (PrivateGroup Parameters, KeyExchangeMethod Method)? Group { get; init; }

    /// <summary>Null when the message was accepted.</summary>
    public Rejection? Rejection { get; init; }

    public static NewGroupStep Reject(NewGroupState current, Rejection rejection) => new(current) { Rejection = rejection };
}
