// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges how a message that breaks the rules is received: by what its receiver sent afterwards.</summary>
/// <param name="messages">All messages on the wire, repetitions among them.</param>
/// <param name="offence">The message that breaks the rules.</param>
public sealed class OffenceOracle(IReadOnlyList<ObservedIke> messages, ObservedIke offence)
{
    /// <summary>The message with which the receiver went on with the exchange; null when it did not.</summary>
    public ObservedIke? Next => Later().FirstOrDefault(IsOfExchange);

    /// <summary>The receiver does not go on with the exchange.</summary>
    /// <returns>The message with which it did; null when it did not.</returns>
    public Finding? DoesNotGoOn() => Next is { } next
        ? new($"no next message of the exchange after frame {offence.Number}", $"frame {next.Number}: {MessageOracle.Text(next)}")
        : null;

    /// <summary>The receiver tells of no error but those that are allowed.</summary>
    /// <param name="legal">The errors that the clauses name.</param>
    /// <returns>The first other error; null when there is none.</returns>
    public Finding? TellsNothingBut(ImmutableArray<NotifyType> legal) => Errors().FirstOrDefault(told => told.ErrorNotified is { } error && !legal.Contains(error)) is { } other
        ? new(legal.IsEmpty ? "silence" : $"silence, or one of {string.Join(", ", legal)}", $"frame {other.Number}: {other.ErrorNotified}")
        : null;

    private IEnumerable<ObservedIke> Errors() => Later().Where(message => message.Header.ExchangeType == ExchangeType.Informational && message.ErrorNotified is not null);

    private IEnumerable<ObservedIke> Later() => messages.Where(message =>
        message.Number > offence.Number && message.From != offence.From && !message.IsRepeat && message.Header.InitiatorCookie == offence.Header.InitiatorCookie);

    private bool IsOfExchange(ObservedIke message) =>
        message.Header.ExchangeType == offence.Header.ExchangeType && message.Header.MessageId == offence.Header.MessageId;
}
