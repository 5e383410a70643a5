// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.V1;
using Ipsec.Wire.V1;

namespace Ipsec.Faults.Received;

/// <summary>
/// Every field of every message with wrong values, generated from the transition table, the payload table and the rules of each field:
/// a message that the transition table gains is tested without another line here.
/// </summary>
public static class ReceivedMatrix
{
    /// <summary>The messages of the transition table that are not tested field by field, by their state's name, and why.</summary>
    public static ImmutableDictionary<string, string> NotPlayed { get; } = ImmutableDictionary.CreateRange(
    [
        KeyValuePair.Create("NotYetKeyed", "it asks for no answer and promises none: what comes of it cannot be seen"),
    ]);

    /// <summary>
    /// The messages that are tested: in phase 1 those of authentication with a pre-shared key. A message of aggressive mode has a row before
    /// its method is known and one after: the latter says more.
    /// </summary>
    public static ImmutableArray<Transition> Messages { get; } =
    [
        .. Transitions.All
            .Where(row => !NotPlayed.ContainsKey(row.State) && (row.Methods.IsEmpty || row.Methods.Contains(AuthenticationMethod.PreSharedKey)))
            .GroupBy(row => (row.Exchange, row.Message))
            .Select(rows => rows.Last()),
    ];

    /// <summary>All cases, in the order of the messages.</summary>
    public static ImmutableArray<ReceivedCase> All { get; } = [.. Messages.SelectMany(Of)];

    /// <summary>The cases of one message.</summary>
    /// <param name="row">Its row in the transition table.</param>
    /// <returns>Header first, then payload by payload.</returns>
    public static IReadOnlyList<ReceivedCase> Of(Transition row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var message = new CaseBuilder(row);
        HeaderRules.Add(message);
        GenericRules.Add(message);
        SaRules.Add(message);
        BodyRules.Add(message);
        return message.Cases;
    }

    /// <summary>A case by the words of a scenario: one of these, or of <see cref="OfferCases"/>.</summary>
    /// <param name="message">"main mode message 1".</param>
    /// <param name="field">"SA.situation".</param>
    /// <param name="value">"none (0)".</param>
    /// <returns>The case.</returns>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ReceivedCase Find(string message, string field, string value) =>
        All.Concat(OfferCases.All).FirstOrDefault(item => item.MessageName == message && item.Field == field && item.Value == value)
        ?? throw new ArgumentException($"{message} has no case \"{field}\" is \"{value}\"", nameof(message));
}
