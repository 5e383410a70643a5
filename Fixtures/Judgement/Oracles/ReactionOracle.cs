// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.Ip;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges what came of one bent message: what its receiver sent in the same exchange afterwards.</summary>
/// <param name="frames">Everything on the wire.</param>
/// <param name="exchange">The header that the message had before it was bent.</param>
/// <param name="bent">The datagram that was sent.</param>
/// <param name="judged">Who received it.</param>
public sealed class ReactionOracle(IReadOnlyList<ObservedFrame> frames, IsakmpHeader exchange, ReadOnlyMemory<byte> bent, string judged)
{
    private const int UdpAt = EthernetHeader.Size + Ipv4Header.MinSize;
    private const int PayloadAt = UdpAt + UdpHeader.Size;

    private readonly IsakmpHeader _sent = IsakmpHeader.TryRead(bent.Span, out var header, out _) ? header : exchange;

    /// <summary>The messages with which the receiver went on, repetitions left out.</summary>
    public IReadOnlyList<ObservedIke> NextMessages =>
        [.. Reaction.Where(message => message.Header is { MajorVersion: 1, ExchangeType: not ExchangeType.Informational } && BelongsToExchange(message.Header))];

    /// <summary>The errors that the receiver notified; null for one that cannot be read.</summary>
    public IReadOnlyList<NotifyType?> Errors =>
        [.. Reaction.Where(message => message.Header is { MajorVersion: 1, ExchangeType: ExchangeType.Informational } && (message.Message is null || message.ErrorNotified is not null))
            .Select(message => message.ErrorNotified)];

    /// <summary>The receiver does not go on.</summary>
    /// <returns>The message with which it did; null when it did not.</returns>
    public Finding? DoesNotGoOn() => NextMessages is [var next, ..]
        ? new("silence or an error notification, and no next message of the exchange", $"frame {next.Number}: {MessageOracle.Text(next)}")
        : null;

    /// <summary>The receiver goes on.</summary>
    /// <returns>What it did instead; null when it did.</returns>
    public Finding? GoesOn() => NextMessages.Count > 0
        ? null
        : new("the next message of the exchange", Errors.Count == 0 ? "silence" : $"an error notification: {Text}");

    /// <summary>For each transmission of the message the receiver is silent, or notifies of one of the errors.</summary>
    /// <param name="legal">The errors that the clause names.</param>
    /// <returns>What it notified of instead; null when it did not.</returns>
    public Finding? NothingOrOneOf(ImmutableArray<NotifyType> legal)
    {
        var errors = Errors;
        return errors.Count <= Transmissions.Length && errors.All(error => error is null || legal.Contains(error.Value))
            ? null
            : new($"silence, or for each of {Transmissions.Length} transmissions one error of {string.Join(", ", legal)}", Text);
    }

    private string Text => string.Join(", ", Errors.Select(error => error is null ? "one that cannot be read" : $"{error}"));

    private ObservedFrame[] Transmissions => [.. frames.Where(frame => frame.From != judged && IsBent(frame.Bytes.Span))];

    /// <summary>Also of half a header, which is the beginning of every message of the exchange.</summary>
    private bool IsBent(ReadOnlySpan<byte> frame) =>
        frame.Length >= PayloadAt + bent.Length
        && UdpHeader.TryRead(frame[UdpAt..], out var udp, out _)
        && udp.PayloadLength == bent.Length
        && frame.Slice(PayloadAt, bent.Length).SequenceEqual(bent.Span);

    private IEnumerable<ObservedIke> Reaction => Transmissions is [var first, ..]
        ? frames.OfType<ObservedIke>().Where(message => message.Number > first.Number && message.From == judged && !message.IsRepeat && HasCookie(message.Header))
        : [];

    private bool HasCookie(IsakmpHeader header) => header.InitiatorCookie == exchange.InitiatorCookie || header.InitiatorCookie == _sent.InitiatorCookie;

    /// <summary>Under an IKE SA other exchanges go on beside this one.</summary>
    private bool BelongsToExchange(IsakmpHeader header) =>
        exchange.MessageId == 0
        || header.ExchangeType is not (ExchangeType.QuickMode or ExchangeType.NewGroupMode or ExchangeType.Transaction)
        || header.MessageId == exchange.MessageId
        || header.MessageId == _sent.MessageId;
}
