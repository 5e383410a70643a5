// SPDX-License-Identifier: Apache-2.0
using CsCheck;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using Cookie = Ipsec.Wire.Isakmp.Cookie;

namespace Ipsec.Wire.Tests.V1;

/// <summary>Messages of every payload with any values, whose lengths and counts agree.</summary>
internal static class MessageGen
{
    private static readonly Gen<byte[]> Octets = Gen.Byte.Array[0, 40];

    private static readonly Gen<DataAttribute> Attribute = Gen.OneOf(
        Gen.Select(Gen.UShort[0, 0x7fff], Gen.UShort, DataAttribute.Basic),
        Gen.Select(Gen.UShort[0, 0x7fff], Octets, (type, value) => DataAttribute.Variable(type, value)));

    private static readonly Gen<Transform> AnyTransform = Gen.Select(
        Gen.Byte,
        Gen.Byte,
        Attribute.Array[0, 8],
        Gen.Byte,
        Gen.UShort,
        (number, id, attributes, reserved, reserved2) =>
            new Transform(number, id, [.. attributes]) { Reserved = reserved, Reserved2 = reserved2 });

    private static readonly Gen<Proposal> AnyProposal = Gen.Select(
        Gen.Byte,
        Gen.Byte,
        Gen.Byte.Array[0, 20],
        AnyTransform.Array[0, 4],
        Gen.Byte,
        (number, protocol, spi, transforms, reserved) =>
            new Proposal(number, (ProtocolId)protocol, spi, [.. transforms]) { Reserved = reserved });

    private static readonly Gen<Payload> Sa = Gen.OneOf(
        Gen.Select(Gen.OneOf(Gen.Const(0u), Gen.Const(1u), Gen.Const(8u)), AnyProposal.Array[0, 4], (situation, proposals) =>
            (Payload)new SaPayload(1, situation, [.. proposals])),
        Gen.Select(Gen.UInt[2, uint.MaxValue], Gen.UInt, Octets, (doi, situation, rest) =>
            (Payload)new SaPayload(doi, situation, []) { Opaque = rest }),
        Gen.Select(Gen.UInt[2, 7], Octets, (situation, rest) => (Payload)new SaPayload(1, situation, []) { Opaque = rest }));

    private static readonly Gen<Payload> OpaqueBody = Gen.Select(Octets, Gen.Int[0, 6], (octets, kind) => (Payload)(kind switch
    {
        0 => new KeyExchangePayload(octets),
        1 => new HashPayload(octets),
        2 => new SignaturePayload(octets),
        3 => new NoncePayload(octets),
        4 => new VendorIdPayload(octets),
        5 => new NatDiscoveryPayload(octets),
        _ => new NatDiscoveryPayload(octets) { IsDraft = true },
    }));

    private static readonly Gen<Payload> TypedBody = Gen.OneOf(
        Gen.Select(Gen.Byte, Gen.Byte, Gen.UShort, Octets, (type, protocol, port, data) =>
            (Payload)new IdentificationPayload((IdType)type, protocol, port, data)),
        Gen.Select(Gen.Byte, Octets, (encoding, data) => (Payload)new CertificatePayload(encoding, data)),
        Gen.Select(Gen.Byte, Octets, (type, data) => (Payload)new CertificateRequestPayload(type, data)),
        Gen.Select(Gen.Byte, Octets, Gen.Bool, Gen.UInt[0, 0xffffff], (type, address, isDraft, reserved) =>
            (Payload)new NatOriginalAddressPayload((IdType)type, address) { IsDraft = isDraft, Reserved2 = reserved }),
        Gen.Select(Gen.UInt, Gen.Byte, Octets, Gen.UShort, Octets, (doi, protocol, spi, type, data) =>
            (Payload)new NotificationPayload(doi, (ProtocolId)protocol, spi, (NotifyType)type, data)));

    private static readonly Gen<Payload> Delete = Gen.Select(Gen.UInt, Gen.Byte, Gen.Int[1, 20], Gen.Int[0, 5]).SelectMany(
        (doi, protocol, size, count) => Gen.Byte.Array[size].Array[count].Select(spis => (Payload)new DeletePayload(
            doi, (ProtocolId)protocol, (byte)size, [.. spis.Select(spi => new ReadOnlyMemory<byte>(spi))])));

    private static readonly Gen<Payload> Configuration = Gen.Select(
        Gen.Byte, Gen.UShort, Attribute.Array[0, 6], Gen.Byte, (type, identifier, attributes, reserved) =>
            (Payload)new AttributesPayload(type, identifier, [.. attributes]) { Reserved2 = reserved });

    private static readonly Gen<Payload> Unknown = Gen.Select(
        Gen.OneOf(Gen.Byte[2, 3], Gen.Byte[15, 19], Gen.Byte[22, 129], Gen.Byte[133, 255]),
        Octets,
        (type, octets) => (Payload)new UnknownPayload((PayloadType)type, octets));

    private static readonly Gen<Payload> AnyPayload = Gen.Select(
        Gen.OneOf(Sa, OpaqueBody, TypedBody, Delete, Configuration, Unknown),
        Gen.Byte,
        (payload, reserved) => payload with { Reserved = reserved });

    /// <summary>Any header before 0 to 6 payloads.</summary>
    public static Gen<IsakmpMessage> Message { get; } = Gen.Select(
        Gen.ULong,
        Gen.ULong,
        Gen.Byte,
        Gen.Byte,
        Gen.Byte,
        Gen.UInt,
        AnyPayload.Array[0, 6],
        (initiator, responder, version, exchange, flags, messageId, payloads) => new IsakmpMessage(
            new IsakmpHeader(
                new Cookie(initiator),
                new Cookie(responder),
                PayloadType.None,
                version,
                (ExchangeType)exchange,
                (IsakmpFlags)flags,
                messageId,
                0),
            [.. payloads]));
}
