// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>What packets that are not complete yet may cost, whoever sends their fragments.</summary>
/// <param name="Packets">Incomplete packets at a time.</param>
/// <param name="Bytes">Bytes kept for all of them.</param>
/// <param name="Fragments">Fragments of one packet.</param>
/// <param name="Time">Time that a packet has to become complete, from its first fragment to arrive.</param>
public sealed record ReassemblyLimits(int Packets, long Bytes, int Fragments, TimeSpan Time)
{
    /// <summary>256 packets, 4 MiB, 128 fragments a packet, 60 seconds (RFC 8200 section 4.5).</summary>
    public static ReassemblyLimits Default { get; } = new(256, 4 << 20, 128, TimeSpan.FromSeconds(60));
}
