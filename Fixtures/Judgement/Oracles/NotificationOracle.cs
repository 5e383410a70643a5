// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges Notification payloads (RFC 2408 section 3.14, RFC 2407 section 4.6.3, RFC 3706 section 5.3).</summary>
public static class NotificationOracle
{
    private const uint GenericDoi = 0;
    private const uint IpsecDoi = 1;
    private const int CookiesSize = 16;
    private const int FirstStatusType = 16384;

    /// <summary>DOI, protocol, SPI and type of every notification fit together.</summary>
    /// <param name="messages">The messages of one sender.</param>
    /// <returns>Null when they do.</returns>
    public static Finding? Layout(IReadOnlyList<ObservedIke> messages)
    {
        foreach (var (message, notification) in Of(messages))
        {
            var fits = notification.ProtocolId switch
            {
                ProtocolId.Isakmp => notification.Spi.Length <= CookiesSize,
                ProtocolId.Ah or ProtocolId.Esp => notification.Spi.Length == sizeof(uint),
                _ => false,
            };
            if (!fits || notification.Doi is not (GenericDoi or IpsecDoi) || notification.NotifyType == 0)
            {
                return new("DOI 1, protocol ISAKMP with an SPI of up to 16 octets, or AH or ESP with one of 4, and a type", $"frame {message.Number}: {Text(notification)}");
            }
        }

        return NothingJudged(messages, "notifications to judge");
    }

    /// <summary>Status notifications are sent under the protection of an IKE SA only.</summary>
    /// <param name="messages">The messages of one sender.</param>
    /// <returns>Null when there are some, all protected.</returns>
    public static Finding? StatusIsProtected(IReadOnlyList<ObservedIke> messages)
    {
        var status = Of(messages).Where(pair => (ushort)pair.Notification.NotifyType >= FirstStatusType).ToArray();
        return status.FirstOrDefault(pair => !pair.Message.Header.IsEncrypted) is { Message: { } clear } wrong
            ? new("status notifications in encrypted messages only", $"frame {clear.Number}, in clear: {Text(wrong.Notification)}")
            : status.Length == 0 ? NothingJudged([], "status notifications") : null;
    }

    /// <summary>INITIAL-CONTACT is there, protected, and names what RFC 2407 section 4.6.3.3 demands.</summary>
    /// <param name="messages">The messages of one sender.</param>
    /// <returns>Null when it is.</returns>
    public static Finding? InitialContact(IReadOnlyList<ObservedIke> messages) => NamesTheIkeSa(messages, dataSize: null, NotifyType.InitialContact);

    /// <summary>INITIAL-CONTACT has no data, as RFC 2407 section 4.6.3.3 recommends.</summary>
    /// <param name="messages">The messages of one sender.</param>
    /// <returns>Null when it is there and has none.</returns>
    public static Finding? InitialContactIsEmpty(IReadOnlyList<ObservedIke> messages) => NamesTheIkeSa(messages, dataSize: 0, NotifyType.InitialContact);

    /// <summary>Errors come in informational exchanges, and not under the message ID of another exchange.</summary>
    /// <param name="messages">All messages.</param>
    /// <param name="sender">Whose errors are judged.</param>
    /// <returns>Null when the sender notified of some, all by themselves.</returns>
    public static Finding? ErrorsAreApart(IReadOnlyList<ObservedIke> messages, string sender)
    {
        var others = messages.Where(message => message.Header is { MessageId: not 0, ExchangeType: not ExchangeType.Informational }).Select(message => message.Header.MessageId).ToHashSet();
        var errors = messages.Where(message => message.From == sender && message.ErrorNotified is not null).ToArray();
        return errors.FirstOrDefault(message => message.Header.ExchangeType != ExchangeType.Informational || others.Contains(message.Header.MessageId)) is { } wrong
            ? new("errors in informational exchanges with message IDs of their own", $"frame {wrong.Number}: {MessageOracle.Text(wrong)}, message ID {wrong.Header.MessageId:x8}")
            : errors.Length == 0 ? Finding.Nothing($"errors from {sender}") : null;
    }

    /// <summary>Messages under cookies that belong to no SA are answered with INVALID-COOKIE in clear, or not at all.</summary>
    /// <param name="messages">All messages.</param>
    /// <param name="sender">Whose answers are judged.</param>
    /// <param name="stranger">The initiator cookie that belongs to no SA.</param>
    /// <returns>Null when such a message is there, and nothing else answers it.</returns>
    public static Finding? OnlyInvalidCookie(IReadOnlyList<ObservedIke> messages, string sender, Cookie stranger)
    {
        var strange = messages.Where(message => message.Header.InitiatorCookie == stranger).ToArray();
        return strange.FirstOrDefault(message => message.From == sender && (message.Header.IsEncrypted || message.ErrorNotified != NotifyType.InvalidCookie)) is { } wrong
            ? new("nothing, or INVALID-COOKIE (4) in clear", $"frame {wrong.Number}: {MessageOracle.Text(wrong)}")
            : strange.All(message => message.From == sender) ? Finding.Nothing($"a message under cookie {stranger}") : null;
    }

    /// <summary>The questions and answers of dead peer detection are protected, and laid out as RFC 3706 section 5.3 has it.</summary>
    /// <param name="messages">The messages of one sender.</param>
    /// <returns>Null when there are some and all are.</returns>
    public static Finding? Probes(IReadOnlyList<ObservedIke> messages) =>
        NamesTheIkeSa(messages, dataSize: sizeof(uint), NotifyType.RUThere, NotifyType.RUThereAck);

    /// <summary>RESPONDER-LIFETIME names the SA, and the life that it has, as RFC 2407 section 4.6.3.1 has it.</summary>
    /// <param name="messages">The messages of the responder.</param>
    /// <param name="seconds">The life that its policy has.</param>
    /// <returns>Null when it does.</returns>
    public static Finding? ResponderLifetime(IReadOnlyList<ObservedIke> messages, uint seconds)
    {
        var legal = $"RESPONDER-LIFETIME, protected: DOI 1, protocol ISAKMP with 16 octets of SPI or AH or ESP with 4, life type seconds, life duration {seconds}";
        var told = Of(messages).Where(pair => pair.Notification.NotifyType == NotifyType.ResponderLifetime).ToArray();
        foreach (var (message, notification) in told)
        {
            var size = notification.ProtocolId == ProtocolId.Isakmp ? CookiesSize : sizeof(uint);
            if (!message.Header.IsEncrypted || notification.Doi != IpsecDoi || notification.Spi.Length != size || LifetimeOracle.Seconds(notification) != seconds)
            {
                return new(legal, $"frame {message.Number}: {Text(notification)} with data {Convert.ToHexStringLower(notification.Data.Span)}");
            }
        }

        return told.Length == 0 ? new(legal, "no RESPONDER-LIFETIME") : null;
    }

    /// <summary>The notifications of some messages.</summary>
    /// <param name="messages">The messages.</param>
    /// <returns>Each with its message.</returns>
    public static IEnumerable<(ObservedIke Message, NotificationPayload Notification)> Of(IEnumerable<ObservedIke> messages) =>
        from message in messages
        from notification in message.Message?.All<NotificationPayload>() ?? []
        select (message, notification);

    private static Finding? NamesTheIkeSa(IReadOnlyList<ObservedIke> messages, int? dataSize, params NotifyType[] types)
    {
        var legal = $"{string.Join(" or ", types.Select(type => (ushort)type))}, protected: DOI 1, protocol ISAKMP, both cookies as SPI{(dataSize is null ? "" : $", {dataSize} octets of data")}";
        var found = Of(messages).Where(pair => types.Contains(pair.Notification.NotifyType)).ToArray();
        foreach (var (message, notification) in found)
        {
            byte[] cookies = [.. message.Header.InitiatorCookie.ToBytes(), .. message.Header.ResponderCookie.ToBytes()];
            var fits = notification is { Doi: IpsecDoi, ProtocolId: ProtocolId.Isakmp }
                && (dataSize is null || notification.Data.Length == dataSize)
                && notification.Spi.Span.SequenceEqual(cookies);
            if (!fits || !message.Header.IsEncrypted)
            {
                return new(legal, $"frame {message.Number}, {(message.Header.IsEncrypted ? "encrypted" : "clear")}: {Text(notification)}");
            }
        }

        return found.Length == 0 ? new(legal, "none") : null;
    }

    private static Finding? NothingJudged(IReadOnlyList<ObservedIke> messages, string what) =>
        messages.FirstOrDefault(message => message.Message is null) is { } unreadable ? Finding.Unreadable(unreadable)
        : Of(messages).Any() ? null
        : Finding.Nothing(what);

    private static string Text(NotificationPayload notification) =>
        $"type {(ushort)notification.NotifyType}, DOI {notification.Doi}, protocol {notification.ProtocolId}, SPI {Convert.ToHexStringLower(notification.Spi.Span)}, {notification.Data.Length} octets of data";
}
