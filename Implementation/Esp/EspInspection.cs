// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>An ESP packet as an observer who has the keys sees it.</summary>
public sealed record EspInspection
{
    /// <summary>SPI field.</summary>
    public required uint Spi { get; init; }

    /// <summary>Sequence number field.</summary>
    public required uint SequenceNumber { get; init; }

    /// <summary>The IV in the packet.</summary>
    public required ReadOnlyMemory<byte> Iv { get; init; }

    /// <summary>The ICV in the packet; empty without integrity.</summary>
    public required ReadOnlyMemory<byte> Icv { get; init; }

    /// <summary>Whether the ICV is right; true when the SA has none.</summary>
    public required bool IsIcvValid { get; init; }

    /// <summary>
    /// What is protected, with TFC padding if any; everything before the pad length field when that field is impossible.
    /// </summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The padding; empty when the pad length field is impossible.</summary>
    public required ReadOnlyMemory<byte> Padding { get; init; }

    /// <summary>Pad length field.</summary>
    public required byte PadLength { get; init; }

    /// <summary>Next header field.</summary>
    public required byte NextHeader { get; init; }

    /// <summary>
    /// What a receiver says of the end of the plaintext: Ok, <see cref="EspOutcome.BadPadLength"/> or
    /// <see cref="EspOutcome.BadPadding"/>.
    /// </summary>
    public required EspOutcome Trailer { get; init; }

    /// <summary>How the packet is laid out on the wire.</summary>
    public required EspLayout Layout { get; init; }
}
