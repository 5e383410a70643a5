// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Isakmp;

namespace Ipsec.Ike.V1;

/// <summary>Which message is about to leave: what a fault selects by.</summary>
/// <param name="Exchange">Exchange type.</param>
/// <param name="ByInitiator">Whether the initiator of the exchange sends it.</param>
/// <param name="Number">Number of the message within its exchange, from 1.</param>
/// <param name="MessageId">Message ID; 0 in phase 1.</param>
public sealed record OutboundMessage(ExchangeType Exchange, bool ByInitiator, int Number, uint MessageId);
