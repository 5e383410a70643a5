// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>By what an observer of the wire knows that a peer misbehaves. They see all messages, repetitions among them.</summary>
internal static class MisbehaviourSigns
{
    /// <summary>Who misbehaves.</summary>
    public const string Peer = "east";

    /// <summary>The peer's first message of an exchange.</summary>
    public static Func<IReadOnlyList<ObservedIke>, ObservedIke?> FirstOf(ExchangeType exchange) =>
        messages => messages.FirstOrDefault(m => m.From == Peer && m.Header.ExchangeType == exchange);

    /// <summary>A readable message of an exchange of which something holds.</summary>
    public static Func<IReadOnlyList<ObservedIke>, ObservedIke?> In(ExchangeType exchange, Func<IsakmpMessage, bool> holds) =>
        messages => messages.FirstOrDefault(m => m.From == Peer && m.Header.ExchangeType == exchange && m.Message is { } message && holds(message));

    /// <summary>Any message whose header is wrong.</summary>
    public static Func<IReadOnlyList<ObservedIke>, ObservedIke?> Header(Func<IsakmpHeader, bool> holds) => messages => messages.FirstOrDefault(m => m.From == Peer && holds(m.Header));

    /// <summary>A readable message with a payload of which something holds.</summary>
    public static Func<IReadOnlyList<ObservedIke>, ObservedIke?> AnyPayload<T>(Func<T, bool> holds)
        where T : Payload => messages => messages.FirstOrDefault(m => m.From == Peer && m.Message?.All<T>().Any(holds) == true);

    /// <summary>A message of an exchange that ought to have a payload, and has none of it.</summary>
    public static Func<IReadOnlyList<ObservedIke>, ObservedIke?> Without<T>(ExchangeType exchange)
        where T : Payload => In(exchange, message => message.Payloads.Length > 0 && message.Find<T>() is null);

    /// <summary>A key exchange message, that is one with a nonce, whose KE is missing or not as it should be.</summary>
    public static Func<IReadOnlyList<ObservedIke>, ObservedIke?> KeyExchange(Func<KeyExchangePayload?, bool> holds) =>
        In(ExchangeType.IdentityProtection, message => message.Find<NoncePayload>() is not null && holds(message.Find<KeyExchangePayload>()));

    /// <summary>An SA payload with a transform whose key lengths are not as they should be.</summary>
    public static Func<IReadOnlyList<ObservedIke>, ObservedIke?> KeyLength(ExchangeType exchange, ushort attribute, Func<DataAttribute[], bool> holds) => In(
        exchange,
        message => message.All<SaPayload>().SelectMany(sa => sa.Proposals).SelectMany(proposal => proposal.Transforms)
            .Any(transform => holds([.. transform.Attributes.Where(a => a.Type == attribute)])));

    /// <summary>A message that crosses the wire a second time.</summary>
    public static ObservedIke? Repeated(IReadOnlyList<ObservedIke> messages) => messages.FirstOrDefault(m => m.From == Peer && m.IsRepeat);

    /// <summary>An answer that was given before, or an error about a message that came long ago: in clear, where all must be encrypted by now.</summary>
    public static ObservedIke? Replayed(IReadOnlyList<ObservedIke> messages) => messages.FirstOrDefault(m =>
        m.From == Peer && (m.IsRepeat || (m.ErrorNotified == NotifyType.InvalidFlags && !m.Header.IsEncrypted)));

    /// <summary>A message under another cookie than the first.</summary>
    public static ObservedIke? AnotherExchange(IReadOnlyList<ObservedIke> messages) =>
        messages.FirstOrDefault(m => m.From == Peer && m.Header.InitiatorCookie != messages[0].Header.InitiatorCookie);
}
