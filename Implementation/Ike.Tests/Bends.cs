// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Ike.Tests;

/// <summary>The generated misbehaviours: every header field and every payload of every message.</summary>
internal static class Bends
{
    private const int Messages = 9;
    private const PayloadType Unassigned = (PayloadType)99;

    // Under a right HASH(2) another nonce is as good as the first.
    private static readonly (int Message, int Payload) AnotherNonce = (8, 1);

    // As the seam sees them: the HASH of quick mode is put in front afterwards.
    private static readonly int[] PayloadCounts = [1, 1, 2, 2, 2, 2, 4, 4, 0];

    /// <summary>Wrong header fields: all of them are reasons to discard the datagram (RFC 2408 section 5.2).</summary>
    public static IEnumerable<Bend> Headers() => Numbers().SelectMany(message => new[]
    {
        Header(message, "initiator cookie zero", bytes => bytes.AsSpan(0, 8).Clear()),
        Header(message, "initiator cookie of somebody else", bytes => bytes[3] ^= 0x40),
        Header(message, "responder cookie zero or, in message 1, not zero", bytes => Replace(bytes, 8, message == 1 ? (byte)7 : (byte)0)),
        Header(message, "responder cookie of somebody else", bytes => bytes[12] ^= 0x40, except: 2),
        Header(message, "major version 3", bytes => bytes[17] = 0x30),
        Header(message, "minor version 1", bytes => bytes[17] = 0x11),
        Header(message, "exchange type 99", bytes => bytes[18] = 99),
        Header(message, "exchange type aggressive", bytes => bytes[18] = (byte)ExchangeType.Aggressive),
        Header(message, "exchange type informational", bytes => bytes[18] = (byte)ExchangeType.Informational),
        Header(message, "exchange type of the other phase", bytes => bytes[18] = (byte)(message > Bend.MainModeMessages ? ExchangeType.IdentityProtection : ExchangeType.QuickMode)),
        Header(message, "unknown flags", bytes => bytes[19] |= 0xF8),
        Header(message, "encryption flag the other way round", bytes => bytes[19] ^= 1),
        Header(message, "message ID", bytes => bytes[22] ^= 1),
        Header(message, "length one more", bytes => bytes[27]++),
        Header(message, "length one less", bytes => bytes[27]--),
        Header(message, "length huge", bytes => bytes.AsSpan(24, 4).Fill(0xFF)),
        new Bend(message, "one byte cut off") { Datagram = bytes => bytes[..^1] },
        new Bend(message, "one byte more") { Datagram = bytes => [.. bytes, 0] },
        new Bend(message, "the header alone") { Datagram = bytes => bytes[..IsakmpHeader.Size] },
        new Bend(message, "half a header") { Datagram = bytes => bytes[..14] },
    }.OfType<Bend>());

    /// <summary>Wrong payloads under a right header, encrypted and hashed as the message demands.</summary>
    public static IEnumerable<Bend> Payloads() => Numbers().SelectMany(message =>
        Enumerable.Range(0, PayloadCounts[message - 1]).SelectMany(index => OfPayload(message, index)).Concat(OfMessage(message)));

    /// <summary>Wrong SA payloads.</summary>
    public static IEnumerable<Bend> Proposals() => new[] { 1, 2, 7, 8 }.SelectMany(message => new[]
    {
        Sa(message, "no proposal", sa => sa with { Proposals = [] }),
        Sa(message, "foreign DOI", sa => sa with { Doi = 99 }),
        Sa(message, "situation 3", sa => sa with { Situation = 3 }),
        Sa(message, "situation 0", sa => sa with { Situation = 0 }),
        Proposal(message, "proposal RESERVED", p => p with { Reserved = 1 }),
        Proposal(message, "proposal length 0xffff", p => p with { LengthOverride = ushort.MaxValue }),
        Proposal(message, "proposal next payload 5", p => p with { NextPayloadOverride = PayloadType.Identification }),
        Proposal(message, "protocol AH", p => p with { ProtocolId = ProtocolId.Ah }),
        Proposal(message, "another transform announced", p => p with { TransformCountOverride = 2 }),
        Proposal(message, "no transform", p => p with { Transforms = [] }),
        Proposal(message, "SPI of 255 bytes announced", p => p with { SpiSizeOverride = 255 }),
        Proposal(message, "SPI of 17 bytes", p => p with { Spi = new byte[17] }),
        Transform(message, "transform RESERVED", t => t with { Reserved = 1 }),
        Transform(message, "transform RESERVED2", t => t with { Reserved2 = 1 }),
        Transform(message, "transform length 4", t => t with { LengthOverride = 4 }),
        Transform(message, "transform next payload 2", t => t with { NextPayloadOverride = PayloadType.Proposal }),
        Transform(message, "transform ID 249", t => t with { TransformId = 249 }),
        Transform(message, "no attributes", t => t with { Attributes = [] }),
        Transform(message, "first attribute left out", t => t with { Attributes = t.Attributes.RemoveAt(0) }),
        Transform(message, "last attribute left out", t => t with { Attributes = t.Attributes.RemoveAt(t.Attributes.Length - 1) }),
        Transform(message, "unknown attribute", t => t with { Attributes = t.Attributes.Add(DataAttribute.Basic(99, 1)) }),
        Transform(message, "attribute without value", t => t with { Attributes = t.Attributes.Add(DataAttribute.Variable(6, ReadOnlyMemory<byte>.Empty)) }),
        Transform(message, "attribute of 64 bytes", t => t with { Attributes = t.Attributes.Add(DataAttribute.Variable(6, new byte[64])) }),
        Transform(message, "basic attributes of variable length", t => t with { Attributes = [.. t.Attributes.Select(a => DataAttribute.Variable(a.Type, a.Value))] }),
    });

    private static IEnumerable<int> Numbers() => Enumerable.Range(1, Messages);

    private static IEnumerable<Bend> OfPayload(int message, int index)
    {
        yield return At("left out", payloads => payloads.RemoveAt(index));
        yield return At("twice", payloads => payloads.Insert(index, payloads[index]));
        yield return At("RESERVED not zero", payloads => payloads.SetItem(index, payloads[index] with { Reserved = 1 }));
        yield return At("length 3", payloads => payloads.SetItem(index, payloads[index] with { LengthOverride = 3 }));
        yield return At("length 0xffff", payloads => payloads.SetItem(index, payloads[index] with { LengthOverride = ushort.MaxValue }));
        yield return At("length one more", payloads => payloads.SetItem(index, payloads[index] with { LengthOverride = (ushort)(payloads[index].Body.Length + 5) }));
        yield return At("length one less", payloads => payloads.SetItem(index, payloads[index] with { LengthOverride = (ushort)(payloads[index].Body.Length + 3) }));
        yield return At("next payload unassigned", payloads => payloads.SetItem(index, payloads[index] with { NextPayloadOverride = Unassigned }));
        yield return At("no body", payloads => payloads.SetItem(index, new UnknownPayload(payloads[index].Type, ReadOnlyMemory<byte>.Empty)));
        yield return At("body of 3000 bytes", payloads => payloads.SetItem(index, new UnknownPayload(payloads[index].Type, new byte[3000])));

        if ((message, index) != AnotherNonce)
        {
            yield return At("body cut by one byte", payloads => payloads.SetItem(index, new UnknownPayload(payloads[index].Type, payloads[index].Body[..^1])));
            yield return At("body of zeros", payloads => payloads.SetItem(index, new UnknownPayload(payloads[index].Type, new byte[payloads[index].Body.Length])));
        }

        Bend At(string what, Func<ImmutableArray<Payload>, ImmutableArray<Payload>> change) =>
            new(message, $"payload {index + 1} {what}") { Payloads = change };
    }

    private static IEnumerable<Bend> OfMessage(int message)
    {
        yield return new(message, "an unassigned payload more") { Payloads = payloads => payloads.Add(new UnknownPayload(Unassigned, new byte[5])) };
        yield return new(message, "an unassigned payload first") { Payloads = payloads => payloads.Insert(0, new UnknownPayload(Unassigned, new byte[5])) };
        yield return new(message, "no payload") { Plain = _ => [] };
        yield return new(message, "payload bytes cut") { Plain = plain => plain[..(plain.Length / 2)] };
        yield return new(message, "zeros for payloads") { Plain = plain => new byte[plain.Length] };
        if (message <= Bend.MainModeMessages)
        {
            yield return new(message, "a HASH more") { Payloads = payloads => payloads.Add(new HashPayload(new byte[32])) };
        }
        else
        {
            yield return new(message, "wrong HASH") { Payloads = payloads => payloads.Insert(0, new HashPayload(new byte[32])) };
            yield return new(message, "HASH of another size") { Payloads = payloads => payloads.Insert(0, new HashPayload(new byte[5])) };
            yield return new(message, "a KE without PFS") { Payloads = payloads => payloads.Add(new KeyExchangePayload(new byte[64])) };
            yield return new(message, "a third identity") { Payloads = payloads => payloads.Add(IdentificationPayload.Fqdn("third.example")) };
        }
    }

    private static Bend? Header(int message, string name, Action<byte[]> change, int except = 0) => message == except
        ? null
        : new(message, $"header: {name}")
        {
            Datagram = bytes =>
            {
                change(bytes);
                return bytes;
            },
        };

    private static void Replace(byte[] bytes, int start, byte value) => bytes.AsSpan(start, Cookie.Size).Fill(value);

    private static Bend Sa(int message, string name, Func<SaPayload, SaPayload> change) => new(message, $"SA: {name}")
    {
        Payloads = payloads => payloads.Replace(payloads.OfType<SaPayload>().Single(), change(payloads.OfType<SaPayload>().Single())),
    };

    private static Bend Proposal(int message, string name, Func<Proposal, Proposal> change) =>
        Sa(message, name, sa => sa with { Proposals = [change(sa.Proposals[0])] });

    private static Bend Transform(int message, string name, Func<Transform, Transform> change) =>
        Proposal(message, name, proposal => proposal with { Transforms = [change(proposal.Transforms[0])] });
}
