// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>An IKE message on the wire.</summary>
/// <param name="Number">Frame number.</param>
/// <param name="Time">When it was captured.</param>
/// <param name="From">Who sent it.</param>
/// <param name="To">To whom.</param>
/// <param name="Bytes">The Ethernet frame.</param>
/// <param name="Step">The step that was running.</param>
/// <param name="Udp">Its UDP header.</param>
/// <param name="Datagram">The ISAKMP message: the UDP payload without a non-ESP marker.</param>
/// <param name="Header">Its ISAKMP header.</param>
/// <param name="Message">The message with decrypted payloads; null when it cannot be read.</param>
/// <param name="Ordinal">Its number within its exchange, from 1; a repetition has its original's number.</param>
/// <param name="IsRepeat">Whether the same bytes crossed the wire before.</param>
/// <param name="Problem">Why it cannot be read; null when it can.</param>
/// <param name="Padding">What follows the last payload of a decrypted message; null of a clear or unreadable one.</param>
public sealed record ObservedIke(
    int Number,
    DateTimeOffset Time,
    string From,
    string To,
    ReadOnlyMemory<byte> Bytes,
    string? Step,
    UdpHeader Udp,
    ReadOnlyMemory<byte> Datagram,
    IsakmpHeader Header,
    IsakmpMessage? Message,
    int Ordinal,
    bool IsRepeat,
    string? Problem,
    ReadOnlyMemory<byte>? Padding)
    : ObservedFrame(Number, Time, From, To, Bytes, Step)
{
    /// <summary>Number of frames that the message came in; the last of them is this one.</summary>
    public int Pieces { get; init; } = 1;

    /// <summary>Whether four zero octets stood before it, as on port 4500 (RFC 3948 section 2.2).</summary>
    public bool HasNonEspMarker { get; init; }

    /// <summary>The payloads by their short names, e.g. "KE, NONCE"; "unreadable" when there are none to show.</summary>
    public string PayloadNames => Message is null ? "unreadable" : string.Join(", ", Message.Payloads.Select(p => p.Type.Notation()));

    /// <summary>The exchange in the words of RFC 2408 section 3.1.</summary>
    public string ExchangeName => Header.ExchangeType switch
    {
        ExchangeType.IdentityProtection => "Identity Protection",
        ExchangeType.QuickMode => "Quick Mode",
        ExchangeType.AuthenticationOnly => "Authentication Only",
        ExchangeType.NewGroupMode => "New Group Mode",
        ExchangeType.Transaction => "Transaction",
        var other => other.ToString(),
    };

    /// <summary>Whether this message, decrypted or clear, notifies of an error (types below 16384, RFC 2408 section 3.14.1).</summary>
    public NotifyType? ErrorNotified =>
        Message?.All<NotificationPayload>().Select(n => (NotifyType?)n.NotifyType).FirstOrDefault(type => (ushort)type!.Value < 16384);
}
