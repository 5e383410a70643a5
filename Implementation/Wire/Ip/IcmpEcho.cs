// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace Ipsec.Wire.Ip;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// | Type: 8 or 0  |    Code: 0    |           Checksum            |  0
// +---------------+---------------+-------------------------------+
// |          Identifier           |        Sequence Number        |  4
// +-------------------------------+-------------------------------+
// |                  Data, returned in the reply                  |  8
// +---------------------------------------------------------------+

/// <summary>An ICMP echo request or reply (RFC 792, "Echo or Echo Reply Message"): 8 octets before the data.</summary>
/// <param name="IsReply">True for type 0, false for type 8.</param>
/// <param name="Identifier">Names the sender's series of echoes.</param>
/// <param name="SequenceNumber">Counts the echoes of a series.</param>
public readonly record struct IcmpEcho(bool IsReply, ushort Identifier, ushort SequenceNumber)
{
    /// <summary>Size of the header in octets.</summary>
    public const int Size = 8;

    /// <summary>Offset of the data in the message, in octets.</summary>
    public const int PayloadOffset = Size;

    private const byte ReplyType = 0;
    private const byte RequestType = 8;
    private const int ChecksumOffset = 2;

    /// <summary>Reads an echo message that fills the span, and checks type, code and the checksum over the whole of it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out IcmpEcho echo, out WireError error)
    {
        echo = default;
        if (!IpError.CheckSize(message, Size, "ICMP header", out error))
        {
            return false;
        }

        if (message[0] is not (ReplyType or RequestType))
        {
            return IpError.Of(WireErrorKind.BadValue, 0, "ICMP header > type", RequestType, message[0], "or 0 demanded").Fail(out error);
        }

        if (message[1] != 0)
        {
            return IpError.Of(WireErrorKind.BadValue, 1, "ICMP header > code", 0, message[1], "demanded").Fail(out error);
        }

        if (InternetChecksum.Compute(message) != 0)
        {
            var checksum = BinaryPrimitives.ReadUInt16BigEndian(message[ChecksumOffset..]);
            return IpError.Checksum(ChecksumOffset, "ICMP header > checksum", checksum).Fail(out error);
        }

        echo = new IcmpEcho(
            message[0] == ReplyType,
            BinaryPrimitives.ReadUInt16BigEndian(message[4..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[6..]));
        return true;
    }

    /// <summary>A whole message with the given data.</summary>
    public static byte[] Build(bool isReply, ushort identifier, ushort sequenceNumber, ReadOnlySpan<byte> payload)
    {
        var message = new byte[Size + payload.Length];
        payload.CopyTo(message.AsSpan(PayloadOffset));
        new IcmpEcho(isReply, identifier, sequenceNumber).Write(message);
        return message;
    }

    /// <summary>
    /// Writes the header into the first 8 octets of a message whose data are already in place, with the checksum over all of it.
    /// </summary>
    public void Write(Span<byte> message)
    {
        message[0] = IsReply ? ReplyType : RequestType;
        message[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(message[ChecksumOffset..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], Identifier);
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], SequenceNumber);
        BinaryPrimitives.WriteUInt16BigEndian(message[ChecksumOffset..], InternetChecksum.Compute(message));
    }
}
