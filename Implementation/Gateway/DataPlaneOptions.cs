// SPDX-License-Identifier: Apache-2.0

using Ipsec.Esp;

namespace Ipsec.Gateway;

/// <summary>What a data plane does with headers, with packets that are too long for their path, and with fragments.</summary>
public sealed record DataPlaneOptions
{
    /// <summary>How outer headers are made and inner ones changed.</summary>
    public TunnelOptions Tunnel { get; init; } = new();

    /// <summary>
    /// MTU of the first link of every path, in bytes: what is longer when protected is divided, or its sender told (RFC 4301 section 8.2).
    /// Null: paths are not looked after.
    /// </summary>
    public int? LinkMtu { get; init; }

    /// <summary>When packets that are too long for their path are divided.</summary>
    public FragmentationOrder Fragmentation { get; init; } = FragmentationOrder.BeforeProtection;

    /// <summary>What incomplete packets may cost, in each direction.</summary>
    public ReassemblyLimits Reassembly { get; init; } = ReassemblyLimits.Default;

    /// <summary>
    /// Whether ICMP messages from the unprotected side may lower the MTU of a path. Anybody can send them (RFC 4301 sections 6.1.1 and
    /// 8.2.1), but never below what each path has to take.
    /// </summary>
    public bool BelieveIcmp { get; init; } = true;

    /// <summary>
    /// Sequence number of the first packet of each SA: 1 (RFC 4303 section 3.3.3), unless it is to be seen what happens near the end of the
    /// numbers. The receiver's window begins there, too.
    /// </summary>
    public ulong FirstSequenceNumber { get; init; } = 1;
}
