// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Policy;

/// <summary>How a connection deals with messages that are too large for one datagram.</summary>
public sealed record FragmentationPolicy
{
    /// <summary>The smallest <see cref="MaximumDatagram"/>: headers and some bytes of the message.</summary>
    public const int SmallestDatagram = 64;

    /// <summary>No fragmentation above IP.</summary>
    public static FragmentationPolicy Off { get; } = new() { Mode = FragmentationMode.Off };

    /// <summary>Whether it is used.</summary>
    public FragmentationMode Mode { get; init; } = FragmentationMode.Yes;

    /// <summary>
    /// The largest UDP payload sent, in bytes, a non-ESP marker not counted. The default lets IP packet and marker fit
    /// into 1280 bytes, which every IPv6 link carries.
    /// </summary>
    public int MaximumDatagram { get; init; } = 1228;
}
