// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>How much padding a packet gets beyond what its algorithm needs.</summary>
/// <param name="TfcLength">
/// TFC padding between payload and padding, in bytes: only where the payload tells its own length, as an IP packet does (RFC 4303
/// section 2.7).
/// </param>
/// <param name="PadLength">
/// Value of the pad length field, 0 to 255, which has to give whole blocks and end on a 4-byte boundary (RFC 4303 section 2.4); null
/// for the least.
/// </param>
public readonly record struct EspPadding(int TfcLength = 0, int? PadLength = null)
{
    /// <summary>Length of payload, both paddings and trailer.</summary>
    internal bool TryMeasure(in EspGeometry geometry, int payloadLength, out int textLength)
    {
        textLength = 0;
        var content = (long)payloadLength + TfcLength;
        if (TfcLength < 0 || content > int.MaxValue - EspGeometry.MaxPacketLength)
        {
            return false;
        }

        if (PadLength is not { } padLength)
        {
            textLength = geometry.CiphertextLength((int)content);
            return true;
        }

        textLength = (int)content + padLength + EspGeometry.TrailerSize;
        return padLength is >= 0 and <= EspGeometry.MaxPadLength && textLength % geometry.Alignment == 0;
    }
}
