// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Isakmp;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges the order, protection and payloads of IKE messages.</summary>
public static class MessageOracle
{
    private const string MainMode = "Identity Protection";
    private const string AggressiveMode = "Aggressive";

    /// <summary>Compares what crossed the wire with a scenario's table.</summary>
    /// <param name="expected">The table.</param>
    /// <param name="observed">The messages, repetitions left out.</param>
    /// <returns>The first difference; null when there is none.</returns>
    public static Finding? InOrder(IReadOnlyList<ExpectedMessage> expected, IReadOnlyList<ObservedIke> observed)
    {
        for (var i = 0; i < Math.Max(expected.Count, observed.Count); i++)
        {
            if (i >= observed.Count)
            {
                return new($"message {i + 1} is {expected[i]}", $"{observed.Count} messages, then nothing");
            }

            if (i >= expected.Count)
            {
                return new($"{expected.Count} messages", $"one more in frame {observed[i].Number}: {Text(observed[i])}");
            }

            if (!Fits(expected[i], observed[i]))
            {
                return new($"message {i + 1} is {expected[i]}", $"frame {observed[i].Number}: {Text(observed[i])}");
            }
        }

        return null;
    }

    /// <summary>Every message must be readable with the keys alone.</summary>
    /// <param name="observed">The messages.</param>
    /// <returns>The first that is not; null when all are.</returns>
    public static Finding? AllReadable(IReadOnlyList<ObservedIke> observed) =>
        observed.FirstOrDefault(message => message.Message is null) is { } unreadable
            ? new("every message parses, the encrypted ones after decryption with the negotiated key", $"frame {unreadable.Number}: {unreadable.Problem}")
            : observed.Count == 0 ? Finding.Nothing("messages to judge") : null;

    /// <summary>A repeated message is the same octet for octet: an exchange has no more different messages than its rules say.</summary>
    /// <param name="observed">All IKE frames of the exchange, repetitions included.</param>
    /// <param name="messages">Number of messages of the exchange.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? RepeatedUnchanged(IReadOnlyList<ObservedIke> observed, int messages)
    {
        var different = observed.Where(message => !message.IsRepeat).ToArray();
        return different.Length == messages
            ? null
            : new($"{messages} different messages, whatever is sent again being equal octet for octet", $"{different.Length} different ones: {string.Join("; ", different.Select(m => $"frame {m.Number} {Text(m)}"))}");
    }

    /// <summary>A message in one line.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Sender, exchange, protection, payloads.</returns>
    public static string Text(ObservedIke message) =>
        $"{message.From}: {message.ExchangeName}, {(message.Header.IsEncrypted ? "encrypted" : "clear")}, {message.PayloadNames}{Notified(message)}";

    private static string Notified(ObservedIke message) => message.ErrorNotified is { } error ? $" ({error})" : "";

    private static bool Fits(ExpectedMessage expected, ObservedIke observed) =>
        expected.From == observed.From
        && expected.Exchange == observed.ExchangeName
        && (expected.Encrypted ?? observed.Header.IsEncrypted) == observed.Header.IsEncrypted
        && observed.Message is { } message
        && PayloadsFit(expected, [.. message.Payloads.Select(p => p.Type)]);

    /// <summary>
    /// The order of payloads is free (RFC 2409 section 5) but for two: an SA comes first in phase 1, and a HASH, with the SA behind it, in
    /// quick mode (sections 5 and 5.5). So the first two names of a row bind when they are these; a HASH of phase 1 may stand anywhere.
    /// </summary>
    private static bool PayloadsFit(ExpectedMessage expected, IReadOnlyList<PayloadType> payloads)
    {
        var names = expected.Payloads.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var optional = names.Where(name => name.EndsWith('*')).Select(name => name[..^1]).ToHashSet(StringComparer.Ordinal);
        var required = names.Where(name => !name.EndsWith('*')).ToArray();
        var present = payloads.Select(type => type.Notation()).ToArray();
        var bound = required.Take(2).TakeWhile(name => name == "SA" || (name == "HASH" && expected.Exchange is not (MainMode or AggressiveMode))).ToArray();
        return present.Take(bound.Length).SequenceEqual(bound)
            && present.Where(name => !optional.Contains(name)).Order(StringComparer.Ordinal).SequenceEqual(required.Order(StringComparer.Ordinal));
    }
}
