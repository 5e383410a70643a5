// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests.Phase1;

/// <summary>One thing done wrong in one message of phase 1.</summary>
internal sealed record MethodBend(int Message, string Name) : IOutboundSeams
{
    private const PayloadType Unassigned = (PayloadType)99;

    public Func<ImmutableArray<Payload>, ImmutableArray<Payload>> Payloads { get; init; } = payloads => payloads;

    public Func<byte[], byte[]> Plain { get; init; } = plain => plain;

    public Func<byte[], byte[]> Datagram { get; init; } = datagram => datagram;

    /// <summary>Every payload of a message with something wrong, and the message itself.</summary>
    /// <param name="message">Number of the message.</param>
    /// <param name="payloads">Its payloads in an honest run.</param>
    public static IEnumerable<MethodBend> Of(int message, ImmutableArray<Payload> payloads)
    {
        foreach (var (payload, index) in payloads.Select((p, i) => (p, i)))
        {
            if (payload is CertificateRequestPayload)
            {
                continue;
            }

            yield return At("left out", p => p.RemoveAt(index));
            if (payload is not CertificatePayload)
            {
                // The same certificate twice is no fault (RFC 4945 section 3.3.10.4).
                yield return At("twice", p => p.Insert(index, p[index]));
            }

            yield return At("RESERVED not zero", p => p.SetItem(index, p[index] with { Reserved = 1 }));
            yield return At("length 3", p => p.SetItem(index, p[index] with { LengthOverride = 3 }));
            yield return At("length 0xffff", p => p.SetItem(index, p[index] with { LengthOverride = ushort.MaxValue }));
            yield return At("length one less", p => p.SetItem(index, p[index] with { LengthOverride = (ushort)(p[index].Body.Length + 3) }));
            yield return At("next payload unassigned", p => p.SetItem(index, p[index] with { NextPayloadOverride = Unassigned }));
            yield return At("no body", p => p.SetItem(index, new UnknownPayload(p[index].Type, ReadOnlyMemory<byte>.Empty)));
            yield return At("body of 3000 bytes", p => p.SetItem(index, new UnknownPayload(p[index].Type, new byte[3000])));
            yield return At("body cut by one byte", p => p.SetItem(index, new UnknownPayload(p[index].Type, p[index].Body[..^1])));
            yield return At("body of zeros", p => p.SetItem(index, new UnknownPayload(p[index].Type, new byte[p[index].Body.Length])));
            yield return At("first bit of the body", p => p.SetItem(index, new UnknownPayload(p[index].Type, Flip(p[index].Body, 0))));
            yield return At("last bit of the body", p => p.SetItem(index, new UnknownPayload(p[index].Type, Flip(p[index].Body, p[index].Body.Length - 1))));

            MethodBend At(string what, Func<ImmutableArray<Payload>, ImmutableArray<Payload>> change) =>
                new(message, $"{payload.Type} ({index + 1}) {what}") { Payloads = change };
        }

        yield return new(message, "an unassigned payload more") { Payloads = p => p.Add(new UnknownPayload(Unassigned, new byte[5])) };
        yield return new(message, "an unassigned payload first") { Payloads = p => p.Insert(0, new UnknownPayload(Unassigned, new byte[5])) };
        yield return new(message, "no payload") { Plain = _ => [] };
        yield return new(message, "payload bytes cut") { Plain = plain => plain[..(plain.Length / 2)] };
        yield return new(message, "zeros for payloads") { Plain = plain => new byte[plain.Length] };
        yield return new(message, "a second proof") { Payloads = p => p.Add(new HashPayload(new byte[32])).Add(new SignaturePayload(new byte[256])) };
        yield return new(message, "responder cookie") { Datagram = bytes => FlipAt(bytes, 12) };
        yield return new(message, "initiator cookie") { Datagram = bytes => FlipAt(bytes, 3) };
        yield return new(message, "exchange type of the other mode") { Datagram = bytes => FlipAt(bytes, 18, 2 ^ 4) };
        yield return new(message, "message ID") { Datagram = bytes => FlipAt(bytes, 23) };
        yield return new(message, "encryption flag") { Datagram = bytes => FlipAt(bytes, 19) };
        yield return new(message, "one byte more") { Datagram = bytes => [.. bytes, 0] };
    }

    public ImmutableArray<Payload> OnPayloads(OutboundMessage message, ImmutableArray<Payload> payloads) => IsMeant(message) ? Payloads(payloads) : payloads;

    public byte[] OnPlainBytes(OutboundMessage message, byte[] plain) => IsMeant(message) ? Plain(plain) : plain;

    public byte[] OnProtectedBytes(OutboundMessage message, byte[] datagram) => IsMeant(message) ? Datagram(datagram) : datagram;

    public override string ToString() => $"message {Message}: {Name}";

    internal static byte[] FlipAt(byte[] bytes, int at, byte mask = 1)
    {
        bytes[at] ^= mask;
        return bytes;
    }

    private static byte[] Flip(ReadOnlyMemory<byte> bytes, int at) => FlipAt(bytes.ToArray(), at, 0x10);

    private bool IsMeant(OutboundMessage message) =>
        message.Exchange is ExchangeType.IdentityProtection or ExchangeType.Aggressive && message.Number == Message;
}
