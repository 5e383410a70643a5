// SPDX-License-Identifier: Apache-2.0

using System.Runtime.InteropServices;

namespace Ipsec.Transports.Linux;

/// <summary>What stands before each packet of a TUN device: struct virtio_net_hdr, in the byte order of the machine.</summary>
/// <param name="Flags">1: the checksum is to be completed.</param>
/// <param name="Kind">0: one packet; 1 and 4: segments of TCP over IPv4 and IPv6 as one.</param>
/// <param name="HeaderLength">Length of the headers of such segments, in bytes; a hint.</param>
/// <param name="SegmentSize">Payload of each segment but the last, in bytes.</param>
/// <param name="ChecksumStart">Where what the checksum covers begins, in bytes.</param>
/// <param name="ChecksumOffset">Where from there the checksum is, in bytes.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct OffloadHeader(byte Flags, byte Kind, ushort HeaderLength, ushort SegmentSize, ushort ChecksumStart, ushort ChecksumOffset)
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 10;

    /// <summary>The checksum field holds the sum of the pseudo header, and the rest is to be added.</summary>
    public const byte NeedsChecksum = 1;

    /// <summary>Segments of TCP over IPv4.</summary>
    public const byte TcpOverIpv4 = 1;

    /// <summary>Segments of TCP over IPv6.</summary>
    public const byte TcpOverIpv6 = 4;

    /// <summary>Whether it is several segments as one; the bit beside the kind says that ECN is in use.</summary>
    public bool IsSegmented => (Kind & 0x7F) is TcpOverIpv4 or TcpOverIpv6;
}
