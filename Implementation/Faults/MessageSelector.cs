// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Faults;

/// <summary>Which IKE message a fault is about.</summary>
/// <param name="Exchange">Exchange type.</param>
/// <param name="Number">Number of the message within its exchange, from 1, counting both directions.</param>
public sealed record MessageSelector(ExchangeType Exchange, int Number)
{
    /// <summary>Whether only the initiator's messages are meant, or only the responder's; null for both.</summary>
    public bool? ByInitiator { get; init; }

    /// <summary>The payload that is meant; null for the whole message.</summary>
    public PayloadPath? Payload { get; init; }

    /// <summary>Whether an outgoing message is the one that is meant.</summary>
    /// <param name="message">The message.</param>
    /// <returns>True when exchange, number and sender fit.</returns>
    public bool Selects(OutboundMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Exchange == Exchange && message.Number == Number && (ByInitiator is null || message.ByInitiator == ByInitiator);
    }
}
