// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>One packet of a batch: where its bytes are, where they go, and what became of it.</summary>
public record struct EspBatchItem
{
    /// <summary>Where the bytes to process begin in the input.</summary>
    public int InputOffset { get; set; }

    /// <summary>Number of bytes to process.</summary>
    public int InputLength { get; set; }

    /// <summary>Where the result begins in the output.</summary>
    public int OutputOffset { get; set; }

    /// <summary>Before: room for the result, in bytes. After: its length, 0 when the outcome is not Ok.</summary>
    public int OutputLength { get; set; }

    /// <summary>What the payload is: set by the caller on the way out, by the SA on the way in.</summary>
    public byte NextHeader { get; set; }

    /// <summary>What became of the packet.</summary>
    public EspOutcome Outcome { get; set; }
}
