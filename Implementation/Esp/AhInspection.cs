// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>An AH packet as an observer who has the key sees it.</summary>
public sealed record AhInspection
{
    /// <summary>The header.</summary>
    public required AhHeader Header { get; init; }

    /// <summary>The IV before the ICV, which AES-GMAC has; empty otherwise.</summary>
    public required ReadOnlyMemory<byte> Iv { get; init; }

    /// <summary>The ICV in the packet.</summary>
    public required ReadOnlyMemory<byte> Icv { get; init; }

    /// <summary>What follows the ICV in the header.</summary>
    public required ReadOnlyMemory<byte> Padding { get; init; }

    /// <summary>Whether the ICV is right.</summary>
    public required bool IsIcvValid { get; init; }

    /// <summary>What follows the header.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>How the packet is laid out on the wire, from the IP header on.</summary>
    public required EspLayout Layout { get; init; }
}
