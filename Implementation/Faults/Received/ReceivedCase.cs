// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Faults.Received;

/// <summary>One field of one message with one wrong or unusual value, and what the receiver must make of it.</summary>
/// <param name="Message">The message's row in the transition table.</param>
/// <param name="Field">The field: "header.flags", "SA.proposal.SPI size", or a payload as a whole: "KE".</param>
/// <param name="Value">Its value in words; unique for the field.</param>
/// <param name="Faults">What has to be done to an honest message.</param>
/// <param name="Demand">What the receiver must do.</param>
public sealed record ReceivedCase(Transition Message, string Field, string Value, ImmutableArray<Fault> Faults, Demand Demand)
{
    /// <summary>The message in words: "main mode message 1".</summary>
    public string MessageName => MessageNames.NameOf(Message);

    /// <summary>The exchange to which the message belongs: quick mode for CONNECTED.</summary>
    public ExchangeType Exchange => MessageNames.ExchangeOf(Message);

    /// <summary>Whether no message of the exchange answers it, so that only what comes of the exchange shows whether it was accepted.</summary>
    public bool EndsExchange => Message.IsLast || Message.IsConnected || (Message.Message == 2 && Exchange is (ExchangeType.NewGroupMode or ExchangeType.Transaction));

    /// <summary>One line for a person.</summary>
    /// <returns>Message, field and value.</returns>
    public override string ToString() => $"{MessageName}: {Field} is {Value}";
}
