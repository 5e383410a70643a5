// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Scenes;

/// <summary>What is special about a packet that west protects by hand. The ICV is right, so that the receiver judges what is inside.</summary>
public sealed record CraftedPacket
{
    /// <summary>Its sequence number, 64 bits of it; null for the SA's next.</summary>
    public ulong? Number { get; init; }

    /// <summary>Whether west's data plane goes on behind this number.</summary>
    public bool SkipsNumbers { get; init; } = true;

    /// <summary>Whether UDP has a checksum, where ESP stands in UDP.</summary>
    public bool HasUdpChecksum { get; init; }

    /// <summary>Pad length; null for the least.</summary>
    public int? PadLength { get; init; }

    /// <summary>Next header; null for what the mode demands.</summary>
    public byte? NextHeader { get; init; }

    /// <summary>TFC padding behind the payload (RFC 4303 section 2.7).</summary>
    public ReadOnlyMemory<byte> TrafficFlowPadding { get; init; }

    /// <summary>What becomes of payload and trailer before they are encrypted.</summary>
    public Func<byte[], byte[]> Plaintext { get; init; } = plaintext => plaintext;
}
