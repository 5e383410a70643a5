// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// | Next Payload  |   RESERVED    |        Payload Length         |  0
// +---------------+---------------+-------------------------------+
// |                 Domain of Interpretation (DOI)                |  4
// +---------------+---------------+-------------------------------+
// |  Protocol-ID  |   SPI Size    |      Notify Message Type      |  8
// +---------------+---------------+-------------------------------+
// |                    SPI: SPI Size octets                       | 12
// +---------------------------------------------------------------+
// |                      Notification data                        | 12 + SPI Size
// +---------------------------------------------------------------+

/// <summary>Notification payload (RFC 2408 section 3.14; RFC 2407 section 4.6.3).</summary>
/// <param name="Doi">Domain of Interpretation, 4 octets.</param>
/// <param name="ProtocolId">The protocol of the SA it is about.</param>
/// <param name="Spi">The SA it is about: for ISAKMP empty or both cookies, 4 octets for ESP and AH.</param>
/// <param name="NotifyType">What is notified.</param>
/// <param name="Data">Notification data; their layout depends on the type.</param>
public sealed record NotificationPayload(
    uint Doi, ProtocolId ProtocolId, ReadOnlyMemory<byte> Spi, NotifyType NotifyType, ReadOnlyMemory<byte> Data) : Payload
{
    /// <summary>SPI Size to write instead of the true one, in octets.</summary>
    public byte? SpiSizeOverride { get; init; }

    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Notification;

    /// <inheritdoc/>
    public bool Equals(NotificationPayload? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    protected internal override void WriteBody(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.U32(Doi);
        writer.U8((byte)ProtocolId);
        writer.U8(SpiSizeOverride ?? unchecked((byte)Spi.Length));
        writer.U16((ushort)NotifyType);
        writer.Bytes(Spi.Span);
        writer.Bytes(Data.Span);
    }

    /// <inheritdoc/>
    protected override string Describe() => $"N({NotifyType})";

    /// <summary>Reads the octets after the generic header.</summary>
    internal static bool TryReadBody(ReadOnlyMemory<byte> body, int offset, [NotNullWhen(true)] out Payload? payload, out WireError error)
    {
        payload = null;
        var reader = new WireReader(body.Span, offset);
        if (!reader.TryU32("DOI", out var doi, out error)
            || !reader.TryU8("protocol id", out var protocol, out error)
            || !reader.TryU8("SPI size", out var spiSize, out error)
            || !reader.TryU16("notify message type", out var type, out error))
        {
            return false;
        }

        if (spiSize > reader.Remaining)
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"{spiSize} declared, {reader.Remaining} there");
            return new WireError(WireErrorKind.BadLength, offset + 5, "SPI size", detail).Fail(out error);
        }

        var spi = body.Slice(reader.Position, spiSize);
        payload = new NotificationPayload(doi, (ProtocolId)protocol, spi, (NotifyType)type, body[(reader.Position + spiSize)..]);
        return true;
    }
}
