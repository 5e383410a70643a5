// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges the commit bit of quick mode, and the CONNECTED that its sender owes (RFC 2408 section 3.1).</summary>
public static class CommitOracle
{
    private const uint IpsecDoi = 1;

    /// <summary>Every quick mode message of a sender has the commit bit, and nothing else from it has.</summary>
    /// <param name="messages">The messages of the sender.</param>
    /// <returns>Null when there are some and it holds.</returns>
    public static Finding? Flag(IReadOnlyList<ObservedIke> messages)
    {
        var wrong = messages.FirstOrDefault(message => message.Header.Flags.HasFlag(IsakmpFlags.Commit) != IsQuickMode(message));
        return wrong is not null
            ? new("the commit bit in every quick mode message and in no other", $"frame {wrong.Number}: {MessageOracle.Text(wrong)}, flags 0x{(byte)wrong.Header.Flags:x2}")
            : messages.Any(IsQuickMode) ? null : Finding.Nothing("quick mode messages");
    }

    /// <summary>One informational message has the message ID of the quick mode: CONNECTED, protected, for an SA of ESP or AH.</summary>
    /// <param name="messages">The messages of whoever set the bit, repetitions left out.</param>
    /// <param name="quickMode">Message ID of the quick mode.</param>
    /// <returns>Null when it is so.</returns>
    public static Finding? Connected(IReadOnlyList<ObservedIke> messages, uint quickMode)
    {
        var legal = $"one protected informational message under message ID {quickMode:x8}: HASH and CONNECTED (16384) of DOI 1, for AH or ESP, with an SPI of 4 octets";
        var said = messages.Where(message => message.Header.ExchangeType == ExchangeType.Informational && message.Header.MessageId == quickMode).ToArray();
        return said switch
        {
            [] => new(legal, "none"),
            [var only] when IsConnected(only) => null,
            _ => new(legal, string.Join("; ", said.Select(message => $"frame {message.Number}: {MessageOracle.Text(message)}"))),
        };
    }

    /// <summary>Who has not set the bit protects nothing before the CONNECTED.</summary>
    /// <param name="frames">All frames, in their order.</param>
    /// <param name="waiting">Who has not set it.</param>
    /// <param name="quickMode">Message ID of the quick mode.</param>
    /// <returns>The first protected packet that came too early; null when there is none.</returns>
    public static Finding? NothingBefore(IReadOnlyList<ObservedFrame> frames, string waiting, uint quickMode)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var connected = frames.OfType<ObservedIke>().FirstOrDefault(message => message.From != waiting && message.Header.MessageId == quickMode && IsConnected(message));
        var early = frames.FirstOrDefault(frame => frame.From == waiting && frame is (ObservedEsp or ObservedAh) && (connected is null || frame.Number < connected.Number));
        return early is null ? null : new(
            $"nothing protected from {waiting} before the CONNECTED",
            $"frame {early.Number}: {EspOracle.Text(early)}, and {(connected is null ? "no CONNECTED" : $"CONNECTED in frame {connected.Number}")}");
    }

    private static bool IsQuickMode(ObservedIke message) => message.Header.ExchangeType == ExchangeType.QuickMode;

    private static bool IsConnected(ObservedIke message) =>
        message is { Header.IsEncrypted: true, Message.Payloads: [HashPayload, NotificationPayload { Doi: IpsecDoi, ProtocolId: ProtocolId.Ah or ProtocolId.Esp, NotifyType: NotifyType.Connected, Spi.Length: sizeof(uint) }] };
}
