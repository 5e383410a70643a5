// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges what belongs to which phase (RFC 2409 section 4, RFC 2407 section 4.6.3).</summary>
public static class PhaseOrderOracle
{
    private const ushort FirstStatusType = 16384;

    /// <summary>A quick mode message that came before the end of phase 1 is not answered before that end.</summary>
    /// <param name="messages">The messages, repetitions left out.</param>
    /// <param name="side">Who received it too early.</param>
    /// <param name="last">Number of the message that ends phase 1 on that side.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? QuickModeWaits(IReadOnlyList<ObservedIke> messages, string side, int last)
    {
        var end = messages.FirstOrDefault(m => IsPhase1(m) && m.From != side && m.Ordinal == last);
        var early = messages.FirstOrDefault(m => m.Header.ExchangeType == ExchangeType.QuickMode && m.From != side);
        var answer = messages.FirstOrDefault(m => m.Header.ExchangeType == ExchangeType.QuickMode && m.From == side);
        if (early is not null && answer is not null && (end is null || answer.Number < end.Number))
        {
            return new($"no quick mode message from {side} before message {last} of phase 1", $"frame {answer.Number}: {MessageOracle.Text(answer)}");
        }

        return end is null || early is null || early.Number > end.Number
            ? Finding.Nothing($"a quick mode message to {side} before message {last} of phase 1, and that message behind it")
            : null;
    }

    /// <summary>No notification of status is part of aggressive mode, where nothing would bind it to the exchange.</summary>
    /// <param name="messages">The messages of one sender.</param>
    /// <returns>The first that is; null when there is none.</returns>
    public static Finding? NoStatusInAggressiveMode(IEnumerable<ObservedIke> messages)
    {
        ObservedIke[] aggressive = [.. messages.Where(m => m.Header.ExchangeType == ExchangeType.Aggressive)];
        if (aggressive.Length == 0)
        {
            return Finding.Nothing("messages of aggressive mode");
        }

        foreach (var message in aggressive)
        {
            if (message.Message is null)
            {
                return Finding.Unreadable(message);
            }

            if (message.Message.All<NotificationPayload>().FirstOrDefault(n => (ushort)n.NotifyType >= FirstStatusType) is { } status)
            {
                return new("no notification of status in aggressive mode", $"frame {message.Number}: {status.NotifyType} in message {message.Ordinal}");
            }
        }

        return null;
    }

    private static bool IsPhase1(ObservedIke message) => message.Header.ExchangeType is ExchangeType.IdentityProtection or ExchangeType.Aggressive;
}
