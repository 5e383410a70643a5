// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges transaction exchanges: mode config (draft-dukes-ike-mode-cfg-02) and what XAUTH says in them (draft-beaulieu-ike-xauth-02).</summary>
public static class TransactionOracle
{
    private const string Any = "any";

    /// <summary>The transaction messages in order, with the attributes that they must have.</summary>
    /// <param name="expected">The table.</param>
    /// <param name="messages">All IKE messages.</param>
    /// <returns>The first difference; null when there is none.</returns>
    public static Finding? InOrder(IReadOnlyList<ExpectedTransaction> expected, IEnumerable<ObservedIke> messages)
    {
        var observed = Transactions(messages).ToArray();
        for (var i = 0; i < Math.Max(expected.Count, observed.Length); i++)
        {
            if (i >= observed.Length)
            {
                return new($"transaction message {i + 1} is {expected[i]}", $"{observed.Length} messages, then nothing");
            }

            if (i >= expected.Count)
            {
                return new($"{expected.Count} transaction messages", $"one more in frame {observed[i].Number}: {Text(observed[i])}");
            }

            if (!Fits(expected[i], observed[i]))
            {
                return new($"transaction message {i + 1} is {expected[i]}", $"frame {observed[i].Number}: {Text(observed[i])}");
            }
        }

        return null;
    }

    /// <summary>Nothing but transactions and informational exchanges is between phase 1 and the last transaction: quick mode comes behind them.</summary>
    /// <param name="messages">All IKE messages.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? BetweenPhase1AndQuickMode(IReadOnlyList<ObservedIke> messages)
    {
        var transactions = Transactions(messages).ToArray();
        if (transactions.Length == 0)
        {
            return Finding.Nothing("transaction messages");
        }

        var lastOfPhase1 = messages.Where(message => message.Header.MessageId == 0).Max(message => message.Number);
        var early = messages.FirstOrDefault(message => message.Header.ExchangeType == ExchangeType.QuickMode && message.Number < transactions[^1].Number);
        return transactions[0].Number < lastOfPhase1 ? new("the first transaction after the last message of phase 1", $"frame {transactions[0].Number}, and phase 1 ends in frame {lastOfPhase1}")
            : early is not null ? new($"no quick mode before the last transaction in frame {transactions[^1].Number}", $"quick mode in frame {early.Number}")
            : null;
    }

    /// <summary>All messages of the transactions have one identifier.</summary>
    /// <param name="messages">All IKE messages.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? OneIdentifier(IEnumerable<ObservedIke> messages)
    {
        var identifiers = Transactions(messages).Select(message => (message.Number, Attributes(message)?.Identifier)).ToArray();
        return identifiers.Select(each => each.Identifier).Distinct().Count() switch
        {
            0 => Finding.Nothing("transaction messages"),
            1 when identifiers[0].Identifier is not null => null,
            _ => new("one identifier in all messages", string.Join(", ", identifiers.Select(each => $"frame {each.Number}: {each.Identifier?.ToString() ?? "unreadable"}"))),
        };
    }

    /// <summary>An answer has the identifier of what it answers.</summary>
    /// <param name="messages">All IKE messages.</param>
    /// <returns>Null when it holds of every exchange.</returns>
    public static Finding? AnswersHaveTheirIdentifier(IEnumerable<ObservedIke> messages) => Exchanges(messages)
        .Select(exchange => OneIdentifier(exchange))
        .FirstOrDefault(finding => finding is not null);

    /// <summary>Each transaction has a message ID of its own, which is not zero, under which one message is answered by one other.</summary>
    /// <param name="messages">All IKE messages.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? MessageIds(IReadOnlyList<ObservedIke> messages)
    {
        var transactions = Transactions(messages).ToArray();
        foreach (var exchange in Exchanges(messages))
        {
            var types = exchange.Select(Type).ToArray();
            var isPair = types is [ConfigurationMessageType.Request, ConfigurationMessageType.Reply] or [ConfigurationMessageType.Set, ConfigurationMessageType.Acknowledge]
                && exchange[0].From != exchange[1].From;
            if (exchange[0].Header.MessageId == 0 || !isPair)
            {
                return new(
                    "a REQUEST and its REPLY, or a SET and its ACK, under a message ID of their own",
                    $"message ID {exchange[0].Header.MessageId:x8} in {string.Join("; ", exchange.Select(message => $"frame {message.Number} {Text(message)}"))}");
            }
        }

        return transactions.Length == 0 ? Finding.Nothing("transaction messages") : null;
    }

    /// <summary>Every transaction message is encrypted, and HASH comes before ATTR.</summary>
    /// <param name="messages">All IKE messages.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? Protected(IEnumerable<ObservedIke> messages)
    {
        var transactions = Transactions(messages).ToArray();
        var wrong = transactions.FirstOrDefault(message => !message.Header.IsEncrypted || message.Message?.Payloads is not [HashPayload, AttributesPayload, ..]);
        return wrong is not null ? new("encrypted HASH and ATTR", $"frame {wrong.Number}: {MessageOracle.Text(wrong)}")
            : transactions.Length == 0 ? Finding.Nothing("transaction messages")
            : null;
    }

    /// <summary>No attribute of a REPLY is of length zero (draft-dukes-ike-mode-cfg-02 section 3.4).</summary>
    /// <param name="messages">The messages of one sender.</param>
    /// <returns>Null when it holds of some REPLY.</returns>
    public static Finding? NoEmptyValueInReply(IEnumerable<ObservedIke> messages) =>
        Values(messages, ConfigurationMessageType.Reply, attribute => attribute.IsBasic || attribute.Value.Length > 0, "a value in every attribute of a REPLY");

    /// <summary>Every attribute of an ACK is of length zero (draft-dukes-ike-mode-cfg-02 section 2).</summary>
    /// <param name="messages">The messages of one sender.</param>
    /// <returns>Null when it holds of some ACK.</returns>
    public static Finding? NoValueInAcknowledgement(IEnumerable<ObservedIke> messages) =>
        Values(messages, ConfigurationMessageType.Acknowledge, attribute => !attribute.IsBasic && attribute.Value.IsEmpty, "length zero in every attribute of an ACK");

    /// <summary>An attribute has a value.</summary>
    /// <param name="messages">The messages of one sender.</param>
    /// <param name="type">In which message.</param>
    /// <param name="name">Which attribute.</param>
    /// <param name="value">The value.</param>
    /// <returns>Null when it holds of the last such message.</returns>
    public static Finding? Value(IEnumerable<ObservedIke> messages, ConfigurationMessageType type, ConfigurationAttribute name, byte[] value)
    {
        if (Transactions(messages).LastOrDefault(message => Type(message) == type) is not { } message)
        {
            return Finding.Nothing($"a {Name(type)}");
        }

        var came = Attributes(message)!.Attributes.Where(attribute => attribute.Type == (ushort)name).ToArray();
        return came is [var only] && only.Value.Span.SequenceEqual(value)
            ? null
            : new($"{Name(name)} {Convert.ToHexStringLower(value)}", $"frame {message.Number}: {(came.Length == 0 ? "none" : string.Join(", ", came.Select(a => Convert.ToHexStringLower(a.Value.Span))))}");
    }

    /// <summary>XAUTH-STATUS is a basic attribute (draft-beaulieu-ike-xauth-02 section 6.2) with the value.</summary>
    /// <param name="messages">The messages of one sender.</param>
    /// <param name="status">1 for accepted, 0 for refused.</param>
    /// <returns>Null when it holds of the last SET.</returns>
    public static Finding? Status(IEnumerable<ObservedIke> messages, ushort status)
    {
        if (Transactions(messages).LastOrDefault(message => Type(message) == ConfigurationMessageType.Set) is not { } set)
        {
            return Finding.Nothing("a SET");
        }

        var came = Attributes(set)!.Attributes.Where(attribute => attribute.Type == (ushort)ConfigurationAttribute.XauthStatus).ToArray();
        return came is [{ IsBasic: true } only] && only.TryGetNumber(out var number) && number == status
            ? null
            : new($"XAUTH-STATUS {status} as a basic attribute", $"frame {set.Number}: {(came.Length == 0 ? "none" : string.Join(", ", came.Select(a => $"{(a.IsBasic ? "basic" : "variable")} {Convert.ToHexStringLower(a.Value.Span)}")))}");
    }

    /// <summary>XAUTH-TYPE of each REPLY is that of its REQUEST, and absent where that has none (draft-beaulieu-ike-xauth-02 section 6.2).</summary>
    /// <param name="messages">All IKE messages.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? SameType(IReadOnlyList<ObservedIke> messages)
    {
        var judged = Exchanges(messages).Where(exchange => exchange.Length > 1 && Type(exchange[0]) == ConfigurationMessageType.Request).ToArray();
        foreach (var exchange in judged)
        {
            var (asked, told) = (XauthType(exchange[0]), XauthType(exchange[1]));
            if (asked != told)
            {
                return new($"XAUTH-TYPE {asked}, as in frame {exchange[0].Number}", $"frame {exchange[1].Number}: {told}");
            }
        }

        return judged.Length == 0 ? Finding.Nothing("a REQUEST and its REPLY") : null;
    }

    /// <summary>Every offer and the choice name an authentication method (draft-beaulieu-ike-xauth-02 section 7.2).</summary>
    /// <param name="messages">All IKE messages.</param>
    /// <param name="method">Its number.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? Method(IEnumerable<ObservedIke> messages, ushort method)
    {
        var transforms = messages
            .Where(message => message.Header.MessageId == 0)
            .SelectMany(message => message.Message?.Find<SaPayload>()?.Proposals.SelectMany(proposal => proposal.Transforms).Select(transform => (message, transform)) ?? [])
            .ToArray();
        foreach (var (message, transform) in transforms)
        {
            if (!transform.TryGet((ushort)Phase1Attribute.AuthenticationMethod, out var attribute) || !attribute.TryGetNumber(out var named) || named != method)
            {
                return new($"authentication method {method}", $"frame {message.Number}: {attribute?.ToString() ?? "none"} in transform {transform.Number}");
            }
        }

        return transforms.Select(each => each.message.From).Distinct().Count() < 2 ? Finding.Nothing("transforms from both sides") : null;
    }

    /// <summary>The name of an attribute as the drafts write it.</summary>
    public static string Name(ConfigurationAttribute attribute) => attribute switch
    {
        ConfigurationAttribute.InternalIp4Address => "INTERNAL_IP4_ADDRESS",
        ConfigurationAttribute.InternalIp4Netmask => "INTERNAL_IP4_NETMASK",
        ConfigurationAttribute.InternalIp4Dns => "INTERNAL_IP4_DNS",
        ConfigurationAttribute.InternalIp4Nbns => "INTERNAL_IP4_NBNS",
        ConfigurationAttribute.XauthType => "XAUTH-TYPE",
        ConfigurationAttribute.XauthUserName => "XAUTH-USER-NAME",
        ConfigurationAttribute.XauthUserPassword => "XAUTH-USER-PASSWORD",
        ConfigurationAttribute.XauthMessage => "XAUTH-MESSAGE",
        ConfigurationAttribute.XauthStatus => "XAUTH-STATUS",
        _ => $"attribute {(ushort)attribute}",
    };

    private static string Name(ConfigurationMessageType type) => type switch
    {
        ConfigurationMessageType.Request => "REQUEST",
        ConfigurationMessageType.Reply => "REPLY",
        ConfigurationMessageType.Set => "SET",
        ConfigurationMessageType.Acknowledge => "ACK",
        _ => $"message type {(byte)type}",
    };

    private static IEnumerable<ObservedIke> Transactions(IEnumerable<ObservedIke> messages) => messages.Where(message => message.Header.ExchangeType == ExchangeType.Transaction);

    private static IEnumerable<ObservedIke[]> Exchanges(IEnumerable<ObservedIke> messages) =>
        Transactions(messages).GroupBy(message => message.Header.MessageId).Select(group => group.ToArray());

    private static AttributesPayload? Attributes(ObservedIke message) => message.Message?.Find<AttributesPayload>();

    private static ConfigurationMessageType? Type(ObservedIke message) => (ConfigurationMessageType?)Attributes(message)?.MessageType;

    private static string XauthType(ObservedIke message) =>
        Attributes(message)?.Attributes.FirstOrDefault(attribute => attribute.Type == (ushort)ConfigurationAttribute.XauthType) is { } type
            ? Convert.ToHexStringLower(type.Value.Span)
            : "absent";

    private static Finding? Values(IEnumerable<ObservedIke> messages, ConfigurationMessageType type, Func<DataAttribute, bool> isRight, string legal)
    {
        var judged = Transactions(messages).Where(message => Type(message) == type).ToArray();
        var wrong = judged.SelectMany(message => Attributes(message)!.Attributes.Select(attribute => (message, attribute))).FirstOrDefault(each => !isRight(each.attribute));
        return wrong is ({ } message, { } attribute) ? new(legal, $"frame {message.Number}: {Name((ConfigurationAttribute)attribute.Type)} of {attribute.Value.Length} octets")
            : judged.Length == 0 ? Finding.Nothing($"a {Name(type)}")
            : null;
    }

    private static bool Fits(ExpectedTransaction expected, ObservedIke observed)
    {
        if (Attributes(observed) is not { } attributes || expected.From != observed.From || expected.Message != Name((ConfigurationMessageType)attributes.MessageType))
        {
            return false;
        }

        if (expected.Attributes == Any)
        {
            return true;
        }

        var names = expected.Attributes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var optional = names.Where(name => name.EndsWith('*')).Select(name => name[..^1]).ToHashSet(StringComparer.Ordinal);
        return attributes.Attributes.Select(attribute => Name((ConfigurationAttribute)attribute.Type))
            .Where(name => !optional.Contains(name))
            .Order(StringComparer.Ordinal)
            .SequenceEqual(names.Where(name => !name.EndsWith('*')).Order(StringComparer.Ordinal));
    }

    private static string Text(ObservedIke message) => Attributes(message) is { } attributes
        ? $"{message.From}: {Name((ConfigurationMessageType)attributes.MessageType)} of {(attributes.Attributes.IsEmpty ? "nothing" : string.Join(", ", attributes.Attributes.Select(a => Name((ConfigurationAttribute)a.Type))))}"
        : $"{message.From}: {message.Problem ?? message.PayloadNames}";
}
