// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.V1;

namespace Ipsec.Faults.Received;

/// <summary>What a clause demands of whoever receives a message.</summary>
/// <param name="Clause">The clause's id in the ledger.</param>
/// <param name="Level">How strongly it binds.</param>
/// <param name="Expectation">What is to come of the message.</param>
/// <param name="Notifications">The errors that may be notified; silence is always as good (RFC 2408 section 5: "MAY be sent").</param>
public sealed record Demand(string Clause, RequirementLevel Level, Expectation Expectation, ImmutableArray<NotifyType> Notifications)
{
    /// <summary>The message must be discarded.</summary>
    /// <param name="clause">The clause's id in the ledger.</param>
    /// <param name="notifications">The errors that may be notified.</param>
    /// <returns>The demand.</returns>
    public static Demand Discard(string clause, params ReadOnlySpan<NotifyType> notifications) =>
        new(clause, RequirementLevel.Must, Expectation.Stops, [.. notifications]);

    /// <summary>The message must be accepted.</summary>
    /// <param name="clause">The clause's id in the ledger.</param>
    /// <returns>The demand.</returns>
    public static Demand Accept(string clause) => new(clause, RequirementLevel.Must, Expectation.GoesOn, []);

    /// <summary>Accepting and discarding are both legal.</summary>
    /// <param name="clause">The clause of the exchange, which must still be possible afterwards.</param>
    /// <returns>The demand.</returns>
    public static Demand Survive(string clause) => new(clause, RequirementLevel.Must, Expectation.Survives, []);

    /// <summary>The same as a recommendation.</summary>
    /// <returns>The weaker demand.</returns>
    public Demand AsShould() => this with { Level = RequirementLevel.Should };

    /// <summary>What is legal, for a person.</summary>
    public ImmutableArray<string> LegalOutcomes => Expectation switch
    {
        Expectation.GoesOn => ["the exchange goes on"],
        Expectation.Survives => ["the exchange goes on", "silence", "an error notification"],
        _ => ["silence", .. Notifications.Select(NotifyNames.NameOf)],
    };
}
