// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Isakmp;

namespace Ipsec.Ike.Effects;

/// <summary>An exchange ended without its result.</summary>
/// <param name="Sa">The IKE SA.</param>
/// <param name="Exchange">Which exchange.</param>
/// <param name="MessageId">Its message ID; 0 in phase 1.</param>
/// <param name="Reason">Why, for a person.</param>
public sealed record ExchangeFailed(IkeSaDescription Sa, ExchangeType Exchange, uint MessageId, string Reason) : IkeEffect;
