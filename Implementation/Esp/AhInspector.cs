// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>Looks at AH packets for an observer: no replay window, no state, and whatever can be shown of a bad packet is shown.</summary>
public static class AhInspector
{
    /// <summary>Looks at a packet.</summary>
    /// <param name="parameters">The packet's SA.</param>
    /// <param name="packet">The whole packet, from the IP header on, which the ICV covers too.</param>
    /// <param name="inspection">What is in it.</param>
    /// <param name="problem">Why it cannot be read: BadInnerPacket, Fragment, EncapsulationMismatch, UnknownSpi, TooShort or BadLength.</param>
    /// <param name="sequenceNumberHigh">High half of an extended sequence number, which the packet does not show.</param>
    /// <returns>True when it was read, even if the ICV is wrong: see <see cref="AhInspection.IsIcvValid"/>.</returns>
    public static bool TryOpen(
        AhSaParameters parameters,
        ReadOnlySpan<byte> packet,
        [NotNullWhen(true)] out AhInspection? inspection,
        out EspOutcome problem,
        uint sequenceNumberHigh = 0)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.EnsureUsable();
        inspection = null;
        problem = Examine(parameters, packet, out var head, out var ah);
        if (problem != EspOutcome.Ok)
        {
            return false;
        }

        var geometry = new AhGeometry(parameters);
        var body = packet[head.HeaderLength..head.TotalLength].ToArray();
        inspection = new AhInspection
        {
            Header = ah,
            Iv = body.AsMemory(AhHeader.FixedSize, geometry.IvSize),
            Icv = body.AsMemory(geometry.IcvOffset, geometry.IcvSize),
            Padding = body.AsMemory((geometry.IcvOffset + geometry.IcvSize)..ah.Length),
            IsIcvValid = IsRight(parameters, head, packet, ((ulong)sequenceNumberHigh << 32) | ah.SequenceNumber),
            Payload = body.AsMemory(ah.Length..),
            Layout = EspLayout.OfAh(geometry, head, ah),
        };
        return true;
    }

    private static EspOutcome Examine(AhSaParameters parameters, ReadOnlySpan<byte> packet, out IpPacketHead head, out AhHeader ah)
    {
        ah = default;
        return !IpPacketHead.TryRead(packet, out head, out _) ? EspOutcome.BadInnerPacket
            : head.IsFragment ? EspOutcome.Fragment
            : head.Protocol != IpProtocol.Ah ? EspOutcome.EncapsulationMismatch
            : !AhHeader.TryRead(packet[head.HeaderLength..head.TotalLength], out ah, out _) ? EspOutcome.TooShort
            : ah.Spi != parameters.Spi ? EspOutcome.UnknownSpi
            : ah.Length < new AhGeometry(parameters).IcvOffset + parameters.IcvSize ? EspOutcome.BadLength
            : EspOutcome.Ok;
    }

    private static bool IsRight(AhSaParameters parameters, in IpPacketHead head, ReadOnlySpan<byte> packet, ulong sequenceNumber)
    {
        var geometry = new AhGeometry(parameters);
        var headers = new KeptHeaders(packet, head, head.HeaderLength, head.ProtocolOffset);
        var body = packet[head.HeaderLength..head.TotalLength];
        var muted = new byte[headers.Length + body.Length];
        body.CopyTo(muted.AsSpan(headers.Length));
        headers.Write(muted, (byte)IpProtocol.Ah);
        var icv = muted.AsSpan(headers.Length + geometry.IcvOffset, geometry.IcvSize);
        var found = icv.ToArray();
        icv.Clear();
        using var cipher = new AhCipher(parameters);
        return AhMutableFields.TryMute(muted.AsSpan(0, headers.Length))
            && cipher.IsRight(
                sequenceNumber, muted, muted.AsSpan(headers.Length + AhHeader.FixedSize, geometry.IvSize), found);
    }
}
