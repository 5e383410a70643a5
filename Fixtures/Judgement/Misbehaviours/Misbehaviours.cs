// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>The misbehaviours that scenarios ask for, each with the sign by which the wire shows it.</summary>
public static class Misbehaviours
{
    /// <summary>A flag of the ISAKMP header that no document defines.</summary>
    public const string BogusFlag = "sets a flag of the ISAKMP header that nobody defined";

    /// <summary>An initiator cookie of zero.</summary>
    public const string ZeroInitiatorCookie = "starts with an initiator cookie of zero";

    /// <summary>A responder cookie of zero.</summary>
    public const string ZeroResponderCookie = "answers with a responder cookie of zero";

    /// <summary>No KE payload where there must be one.</summary>
    public const string NoKey = "leaves the KE payload out";

    /// <summary>A KE payload without a public value.</summary>
    public const string EmptyKey = "sends an empty KE payload";

    /// <summary>A public value of zero.</summary>
    public const string ZeroKey = "sends a public value of zero";

    /// <summary>A public value that its sender knows no private value of.</summary>
    public const string OtherKey = "sends a public value that is not its own";

    /// <summary>A message larger than any path's MTU.</summary>
    public const string LargeVendorId = "sends a vendor ID of 1500 octets";

    /// <summary>A phase 1 transform for AES without Key Length.</summary>
    public const string NoIkeKeyLength = "leaves Key Length out of its phase 1 proposal";

    /// <summary>Key Length twice.</summary>
    public const string TwoIkeKeyLengths = "sends Key Length twice in its phase 1 proposal";

    /// <summary>A key length that AES has not.</summary>
    public const string WrongIkeKeyLength = "proposes AES with keys of 100 bits for phase 1";

    /// <summary>As <see cref="NoIkeKeyLength"/>, of phase 2.</summary>
    public const string NoChildKeyLength = "leaves Key Length out of its phase 2 proposal";

    /// <summary>As <see cref="TwoIkeKeyLengths"/>, of phase 2.</summary>
    public const string TwoChildKeyLengths = "sends Key Length twice in its phase 2 proposal";

    /// <summary>As <see cref="WrongIkeKeyLength"/>, of phase 2.</summary>
    public const string WrongChildKeyLength = "proposes AES with keys of 100 bits for phase 2";

    /// <summary>No HASH.</summary>
    public const string NoQuickModeHash = "leaves HASH out of quick mode";

    /// <summary>A HASH payload without data.</summary>
    public const string EmptyQuickModeHash = "sends an empty HASH in quick mode";

    /// <summary>A HASH that proves nothing.</summary>
    public const string WrongQuickModeHash = "sends a wrong HASH in quick mode";

    /// <summary>As <see cref="NoQuickModeHash"/>, of a Delete.</summary>
    public const string NoDeleteHash = "leaves HASH out of its Delete";

    /// <summary>As <see cref="EmptyQuickModeHash"/>, of a Delete.</summary>
    public const string EmptyDeleteHash = "sends an empty HASH with its Delete";

    /// <summary>As <see cref="WrongQuickModeHash"/>, of a Delete.</summary>
    public const string WrongDeleteHash = "sends a wrong HASH with its Delete";

    /// <summary>As <see cref="NoQuickModeHash"/>, of a notification.</summary>
    public const string NoNotificationHash = "leaves HASH out of its notification";

    /// <summary>As <see cref="EmptyQuickModeHash"/>, of a notification.</summary>
    public const string EmptyNotificationHash = "sends an empty HASH with its notification";

    /// <summary>As <see cref="WrongQuickModeHash"/>, of a notification.</summary>
    public const string WrongNotificationHash = "sends a wrong HASH with its notification";

    /// <summary>As <see cref="NoQuickModeHash"/>, of a transaction.</summary>
    public const string NoXauthHash = "leaves HASH out of extended authentication";

    /// <summary>As <see cref="EmptyQuickModeHash"/>, of a transaction.</summary>
    public const string EmptyXauthHash = "sends an empty HASH in extended authentication";

    /// <summary>As <see cref="WrongQuickModeHash"/>, of a transaction.</summary>
    public const string WrongXauthHash = "sends a wrong HASH in extended authentication";

    /// <summary>A malformed Notification behind a Delete.</summary>
    public const string DeleteWithNotify = "puts a malformed Notification behind its Delete";

    /// <summary>Sends everything twice.</summary>
    public const string EveryMessageTwice = "sends every message twice";

    /// <summary>Handles everything twice, and so answers twice.</summary>
    public const string TakesEveryMessageTwice = "takes every message twice";

    /// <summary>With each message that comes it handles all earlier ones again, the oldest first.</summary>
    public const string ReplaysForward = "takes all earlier messages again with each one that comes, the oldest first";

    /// <summary>As <see cref="ReplaysForward"/>, the newest first.</summary>
    public const string ReplaysBackward = "takes all earlier messages again with each one that comes, the newest first";

    /// <summary>Message 3 of main mode is never sent.</summary>
    public const string NoMessage3 = "never sends message 3";

    /// <summary>Message 4 of main mode is not sent the first time.</summary>
    public const string NoMessage4 = "does not send message 4 until it is asked again";

    /// <summary>The gateway does not ask who the user is.</summary>
    public const string NoXauthRequest = "does not ask for the user";

    /// <summary>The user's side does not say who the user is.</summary>
    public const string NoXauthReply = "does not say who its user is";

    /// <summary>SAs vanish without a word.</summary>
    public const string NoDelete = "drops its SAs without a Delete";

    /// <summary>The first lost message ends the exchange, and another begins.</summary>
    public const string StartsAllOver = "starts all over where it would have to repeat a message";

    /// <summary>The first lost message ends the exchange as if its time were over, and another begins.</summary>
    public const string TriesOnlyOnce = "takes the exchange for timed out where it would have to repeat a message";

    /// <summary>A lost message is never sent again.</summary>
    public const string NeverRepeats = "never repeats a message";

    private const ExchangeType MainMode = ExchangeType.IdentityProtection;
    private const ushort IkeKeyLength = (ushort)Phase1Attribute.KeyLength;
    private const ushort ChildKeyLength = (ushort)Phase2Attribute.KeyLength;
    private const ushort WrongLength = 100;

    private static readonly FrozenDictionary<string, Misbehaviour> All = new Misbehaviour[]
    {
        new(BogusFlag, MisbehaviourSigns.Header(header => ((byte)header.Flags & 0xF8) != 0)),
        new(ZeroInitiatorCookie, MisbehaviourSigns.Header(header => header.InitiatorCookie.IsZero)),
        new(ZeroResponderCookie, MisbehaviourSigns.Header(header => header is { ExchangeType: MainMode, ResponderCookie.IsZero: true })),
        new(NoKey, MisbehaviourSigns.KeyExchange(key => key is null)),
        new(EmptyKey, MisbehaviourSigns.KeyExchange(key => key is { PublicValue.Length: 0 })),
        new(ZeroKey, MisbehaviourSigns.KeyExchange(key => key is { PublicValue.Length: > 0 } && key.PublicValue.Span.IndexOfAnyExcept((byte)0) < 0)),
        new(OtherKey, MisbehaviourSigns.KeyExchange(key => key is { PublicValue.Length: > 0 } && key.PublicValue.Span.IndexOfAnyExcept((byte)5) < 0)),
        new(LargeVendorId, MisbehaviourSigns.AnyPayload<VendorIdPayload>(vendor => vendor.Id.Length == 1500)),
        new(NoIkeKeyLength, MisbehaviourSigns.KeyLength(MainMode, IkeKeyLength, lengths => lengths.Length == 0)),
        new(TwoIkeKeyLengths, MisbehaviourSigns.KeyLength(MainMode, IkeKeyLength, lengths => lengths.Length == 2)),
        new(WrongIkeKeyLength, MisbehaviourSigns.KeyLength(MainMode, IkeKeyLength, IsWrong)),
        new(NoChildKeyLength, MisbehaviourSigns.KeyLength(ExchangeType.QuickMode, ChildKeyLength, lengths => lengths.Length == 0)),
        new(TwoChildKeyLengths, MisbehaviourSigns.KeyLength(ExchangeType.QuickMode, ChildKeyLength, lengths => lengths.Length == 2)),
        new(WrongChildKeyLength, MisbehaviourSigns.KeyLength(ExchangeType.QuickMode, ChildKeyLength, IsWrong)),
        new(NoQuickModeHash, MisbehaviourSigns.Without<HashPayload>(ExchangeType.QuickMode)),
        new(EmptyQuickModeHash, MisbehaviourSigns.In(ExchangeType.QuickMode, IsEmpty)),
        new(WrongQuickModeHash, MisbehaviourSigns.In(ExchangeType.QuickMode, IsSevens)),
        new(NoDeleteHash, MisbehaviourSigns.In(ExchangeType.Informational, message => message.Find<DeletePayload>() is not null && message.Find<HashPayload>() is null)),
        new(EmptyDeleteHash, MisbehaviourSigns.In(ExchangeType.Informational, message => message.Find<DeletePayload>() is not null && IsEmpty(message))),
        new(WrongDeleteHash, MisbehaviourSigns.In(ExchangeType.Informational, message => message.Find<DeletePayload>() is not null && IsSevens(message))),
        new(NoNotificationHash, MisbehaviourSigns.In(ExchangeType.Informational, message => message is { Header.IsEncrypted: true } && message.Find<NotificationPayload>() is not null && message.Find<HashPayload>() is null)),
        new(EmptyNotificationHash, MisbehaviourSigns.In(ExchangeType.Informational, message => message.Find<NotificationPayload>() is not null && IsEmpty(message))),
        new(WrongNotificationHash, MisbehaviourSigns.In(ExchangeType.Informational, message => message.Find<NotificationPayload>() is not null && IsSevens(message))),
        new(NoXauthHash, MisbehaviourSigns.Without<HashPayload>(ExchangeType.Transaction)),
        new(EmptyXauthHash, MisbehaviourSigns.In(ExchangeType.Transaction, IsEmpty)),
        new(WrongXauthHash, MisbehaviourSigns.In(ExchangeType.Transaction, IsSevens)),
        new(DeleteWithNotify, MisbehaviourSigns.Header(header => header is { ExchangeType: ExchangeType.Informational, IsEncrypted: true })),
        new(EveryMessageTwice, MisbehaviourSigns.Repeated),
        new(TakesEveryMessageTwice, MisbehaviourSigns.Repeated),
        new(ReplaysForward, MisbehaviourSigns.Replayed),
        new(ReplaysBackward, MisbehaviourSigns.Replayed),
        new(NoMessage3, messages => messages.FirstOrDefault(m => m is { From: MisbehaviourSigns.Peer, Header.ExchangeType: MainMode, Ordinal: 1, IsRepeat: true })),
        new(NoMessage4, messages => messages.FirstOrDefault(m => m is { From: not MisbehaviourSigns.Peer, Header.ExchangeType: MainMode, Ordinal: 3, IsRepeat: true })),
        new(NoXauthRequest, MisbehaviourSigns.FirstOf(MainMode)),
        new(NoXauthReply, messages => messages.FirstOrDefault(m => m is { From: not MisbehaviourSigns.Peer, Header.ExchangeType: ExchangeType.Transaction, IsRepeat: true })),
        new(NoDelete, MisbehaviourSigns.FirstOf(MainMode)),
        new(StartsAllOver, MisbehaviourSigns.AnotherExchange),
        new(TriesOnlyOnce, MisbehaviourSigns.AnotherExchange),
        new(NeverRepeats, MisbehaviourSigns.FirstOf(MainMode)),
    }.ToFrozenDictionary(misbehaviour => misbehaviour.Words);

    /// <summary>The words of all.</summary>
    public static IEnumerable<string> Names => All.Keys;

    /// <summary>Finds one by its words.</summary>
    /// <exception cref="ArgumentException">No misbehaviour is called so.</exception>
    public static Misbehaviour Find(string words) =>
        All.TryGetValue(words, out var found) ? found : throw new ArgumentException($"no misbehaviour is called \"{words}\"; known are {string.Join("; ", All.Keys.Order(StringComparer.Ordinal))}", nameof(words));

    private static bool IsWrong(DataAttribute[] lengths) => lengths is [{ IsBasic: true } only] && only.Value.Span is [0, (byte)WrongLength];

    private static bool IsEmpty(IsakmpMessage message) => message.Find<HashPayload>() is { Hash.Length: 0 };

    private static bool IsSevens(IsakmpMessage message) => message.Find<HashPayload>() is { Hash.Length: > 0 } hash && hash.Hash.Span.IndexOfAnyExcept((byte)7) < 0;
}
