// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace Ipsec.Wire.Isakmp;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------------------------------------------------------+
// |                                                               |  0
// |                      Initiator Cookie (8)                     |
// +---------------------------------------------------------------+
// |                                                               |  8
// |                      Responder Cookie (8)                     |
// +---------------+-------+-------+---------------+---------------+
// | Next Payload  | Major | Minor | Exchange Type |     Flags     | 16
// +---------------+-------+-------+---------------+---------------+
// |                        Message ID (4)                         | 20
// +---------------------------------------------------------------+
// |            Length of the whole message, octets (4)            | 24
// +---------------------------------------------------------------+

/// <summary>The fixed header of every ISAKMP message, 28 octets (RFC 2408 section 3.1).</summary>
/// <param name="InitiatorCookie">Cookie of the side that began the ISAKMP SA.</param>
/// <param name="ResponderCookie">Cookie of the other side; zero in the very first message.</param>
/// <param name="NextPayload">Type of the first payload.</param>
/// <param name="Version">Major version in the high four bits, minor version in the low four.</param>
/// <param name="ExchangeType">The exchange this message belongs to.</param>
/// <param name="Flags">Encryption, commit and authentication only bits, and the reserved ones as they came.</param>
/// <param name="MessageId">Zero in phase 1, else the identifier of the phase 2 exchange.</param>
/// <param name="Length">Declared length of header and payloads in octets, with encryption padding.</param>
public readonly record struct IsakmpHeader(
    Cookie InitiatorCookie,
    Cookie ResponderCookie,
    PayloadType NextPayload,
    byte Version,
    ExchangeType ExchangeType,
    IsakmpFlags Flags,
    uint MessageId,
    uint Length)
{
    /// <summary>Size in octets.</summary>
    public const int Size = 28;

    /// <summary>Version octet of ISAKMP 1.0.</summary>
    public const byte Version10 = 0x10;

    /// <summary>Offset of the Next Payload field in octets.</summary>
    public const int NextPayloadOffset = 16;

    /// <summary>Offset of the Length field in octets.</summary>
    public const int LengthOffset = 24;

    /// <summary>True when the payloads are encrypted.</summary>
    public bool IsEncrypted => (Flags & IsakmpFlags.Encryption) != 0;

    /// <summary>Major version, 1 for IKEv1.</summary>
    public int MajorVersion => Version >> 4;

    /// <summary>Minor version, 0 for IKEv1.</summary>
    public int MinorVersion => Version & 0x0F;

    /// <summary>Reads the first 28 octets. Only their number is checked; what the fields say is for the caller to judge.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out IsakmpHeader header, out WireError error)
    {
        if (datagram.Length < Size)
        {
            header = default;
            error = new WireError(
                WireErrorKind.Truncated, datagram.Length, "ISAKMP header", $"{Size} octets needed, {datagram.Length} there");
            return false;
        }

        header = new IsakmpHeader(
            Cookie.Read(datagram),
            Cookie.Read(datagram[Cookie.Size..]),
            (PayloadType)datagram[NextPayloadOffset],
            datagram[17],
            (ExchangeType)datagram[18],
            (IsakmpFlags)datagram[19],
            BinaryPrimitives.ReadUInt32BigEndian(datagram[20..]),
            BinaryPrimitives.ReadUInt32BigEndian(datagram[LengthOffset..]));
        error = default;
        return true;
    }

    /// <summary>Writes 28 octets, the fields as they are.</summary>
    public void Write(WireWriter writer)
    {
        writer.U64(InitiatorCookie.Value);
        writer.U64(ResponderCookie.Value);
        writer.U8((byte)NextPayload);
        writer.U8(Version);
        writer.U8((byte)ExchangeType);
        writer.U8((byte)Flags);
        writer.U32(MessageId);
        writer.U32(Length);
    }
}
