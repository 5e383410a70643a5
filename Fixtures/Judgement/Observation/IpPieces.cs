// SPDX-License-Identifier: Apache-2.0

using Ipsec.Esp;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Puts IP fragments together, so that the frame with the last piece is seen as the packet itself.</summary>
internal sealed class IpPieces
{
    private readonly FragmentReassembly _pieces = new(ReassemblyLimits.Default);

    /// <summary>Takes a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="whole">The frame, or with the last piece of a packet one that has all of it.</param>
    /// <returns>False for a piece that does not complete a packet.</returns>
    public bool TryComplete(RawFrame frame, out RawFrame whole)
    {
        whole = frame;
        var bytes = frame.Bytes.Span;
        if (bytes.Length <= EthernetHeader.Size || !IpPacketHead.TryRead(bytes[EthernetHeader.Size..], out var head, out _) || head is not { Version: IpVersion.V4, IsFragment: true })
        {
            return true;
        }

        var packet = new byte[ushort.MaxValue];
        if (_pieces.TryAdd(head, bytes[EthernetHeader.Size..], frame.Time, packet, out var length) != EspOutcome.Ok)
        {
            return false;
        }

        whole = frame with { Bytes = (byte[])[.. bytes[..EthernetHeader.Size], .. packet.AsSpan(0, length)] };
        return true;
    }
}
