// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.QuickMode;
using Ipsec.Wire;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Sessions;

/// <content>Encoding, protection and repetition of messages.</content>
internal sealed partial class IkeSa
{
    private static byte[] EncodePayloads(ImmutableArray<Payload> payloads, out PayloadType first, out ImmutableArray<Payload> final)
    {
        final = payloads;
        first = payloads.IsEmpty ? PayloadType.None : payloads[0].Type;
        var writer = new WireWriter();
        PayloadChain.Write(writer, payloads);
        return writer.ToArray();
    }

    /// <summary>Puts the HASH of RFC 2409 section 5.5 or 5.7 in front, unless a seam has already put one there.</summary>
    private byte[] EncodeHashed(
        OutboundMessage context,
        ImmutableArray<Payload> payloads,
        HashOverRest hash,
        out ImmutableArray<Payload> final)
    {
        var bent = _services.Seams.OnPayloads(context, payloads);
        if (bent is [HashPayload, ..])
        {
            return EncodePayloads(bent, out _, out final);
        }

        var rest = EncodePayloads(bent, out _, out _);
        return EncodePayloads([new HashPayload(hash(rest)), .. bent], out _, out final);
    }

    private IsakmpHeader HeaderFor(OutboundMessage context, Cookie responderCookie, PayloadType first, IsakmpFlags flags, int bodyLength) => new(
        InitiatorCookie,
        responderCookie,
        first,
        IsakmpHeader.Version10,
        context.Exchange,
        flags,
        context.MessageId,
        (uint)(IsakmpHeader.Size + bodyLength));

    private SentMessage SendClear(
        OutboundMessage context,
        Cookie responderCookie,
        PayloadType first,
        ImmutableArray<Payload> payloads,
        byte[] plain,
        List<IkeEffect> effects)
    {
        var body = _services.Seams.OnPlainBytes(context, plain);
        return Send(context, HeaderFor(context, responderCookie, first, IsakmpFlags.None, body.Length), payloads, body, effects);
    }

    private SentMessage SealAndSend(
        OutboundMessage context,
        PayloadType first,
        ImmutableArray<Payload> payloads,
        byte[] plain,
        byte[] iv,
        out byte[] nextIv,
        List<IkeEffect> effects)
    {
        var body = Security.Encrypt(iv, _services.Seams.OnPlainBytes(context, plain));
        nextIv = body.Length == 0 ? iv : Security.LastBlock(body);
        _protectedBytes += (ulong)body.Length;
        return Send(context, HeaderFor(context, ResponderCookie, first, IsakmpFlags.Encryption | CommitFlag(context), body.Length), payloads, body, effects);
    }

    private SentMessage Send(OutboundMessage context, IsakmpHeader header, ImmutableArray<Payload> payloads, byte[] body, List<IkeEffect> effects)
    {
        FloatBefore(context);
        var writer = new WireWriter();
        header.Write(writer);
        writer.Bytes(body);
        var datagram = _services.Seams.OnProtectedBytes(context, writer.ToArray());
        var message = new IsakmpMessage(header, payloads);
        Trace(message, datagram, isSent: true, isRepeat: false, effects);
        EmitDatagrams(datagram, effects);
        return new(message, datagram);
    }

    private void SendAgain(SentMessage sent, List<IkeEffect> effects)
    {
        Trace(sent.Message, sent.Bytes, isSent: true, isRepeat: true, effects);
        EmitDatagrams(sent.Bytes, effects);
    }

    private PendingMessage Await(SentMessage sent, DateTimeOffset now) =>
        new(sent, 1, now + Policy.Retransmission.IntervalAfter(1));

    /// <summary>Sends a pending message again; null when its tries are used up (RFC 2408 section 5.1).</summary>
    private PendingMessage? Repeat(PendingMessage message, DateTimeOffset now, List<IkeEffect> effects) =>
        Repeat(message, Policy.Retransmission, now, effects);

    private PendingMessage? Repeat(PendingMessage message, RetransmissionPolicy timers, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (message.TimesSent > timers.Tries)
        {
            return null;
        }

        SendAgain(message.Sent, effects);
        var timesSent = message.TimesSent + 1;
        return message with { TimesSent = timesSent, Due = now + timers.IntervalAfter(timesSent) };
    }

    /// <summary>Decrypts where needed and parses a message.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="datagram">Header and payloads.</param>
    /// <param name="iv">IV for decryption; unused for a clear message.</param>
    /// <param name="message">The message with its payloads in the clear.</param>
    /// <param name="plain">The payload bytes without encryption padding.</param>
    /// <param name="nextIv">The last ciphertext block: IV of the next message, if this one is accepted.</param>
    /// <returns>Null when the message could be read.</returns>
    private Rejection? Open(
        IsakmpHeader header,
        ReadOnlyMemory<byte> datagram,
        byte[] iv,
        out IsakmpMessage message,
        out ReadOnlyMemory<byte> plain,
        out byte[] nextIv)
    {
        message = new IsakmpMessage(header, []);
        plain = datagram[IsakmpHeader.Size..];
        nextIv = [];
        if (header.IsEncrypted)
        {
            if (plain.Length == 0 || plain.Length % Security.BlockSize != 0)
            {
                return new("RFC 2409 appendix B", $"{plain.Length} encrypted bytes are not whole blocks of {Security.BlockSize}", NotifyType.PayloadMalformed);
            }

            nextIv = Security.LastBlock(plain.Span);
            _protectedBytes += (ulong)plain.Length;
            plain = Security.Decrypt(iv, plain.Span);
        }

        if (!PayloadChain.TryRead(header.NextPayload, plain, IsakmpHeader.Size, out var payloads, out var consumed, out var error))
        {
            var hint = header.IsEncrypted ? " after decryption: the keys, and so the pre-shared keys, may differ" : string.Empty;
            return new("RFC 2408 section 5.3", $"{error}{hint}", NotifyType.PayloadMalformed);
        }

        if (!header.IsEncrypted && consumed != plain.Length && !IsakmpMessage.IsPadding(plain.Span[consumed..], datagram.Length))
        {
            return new("RFC 2408 section 5.1", $"{plain.Length - consumed} bytes behind the last payload", NotifyType.UnequalPayloadLengths);
        }

        plain = plain[..consumed];
        message = new IsakmpMessage(header, payloads);
        return null;
    }
}
