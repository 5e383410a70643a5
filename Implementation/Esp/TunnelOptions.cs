// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>How outer headers are made and inner ones changed at a tunnel's ends (RFC 4301 sections 5.1.2.1 and 5.1.2.2).</summary>
public sealed record TunnelOptions
{
    /// <summary>TTL or hop limit of outer headers when none is asked for.</summary>
    public const byte DefaultHopLimit = 64;

    /// <summary>What becomes of the DF bit of an outer IPv4 header. An inner IPv6 packet counts as one with DF set.</summary>
    public DontFragmentPolicy DontFragment { get; init; } = DontFragmentPolicy.Copy;

    /// <summary>TTL or hop limit of the outer header, which has nothing to do with the inner one (RFC 4301 section 5.1.2.1 note 2).</summary>
    public byte HopLimit { get; init; } = DefaultHopLimit;

    /// <summary>DSCP of the outer header; null copies the inner one: RFC 2983 section 3.1, the uniform model.</summary>
    public byte? Dscp { get; init; }

    /// <summary>
    /// Whether the receiver gives the inner header the outer one's DSCP. Anybody on the path can change that one, so the default is no
    /// (RFC 4301 section 5.1.2.2 note 9).
    /// </summary>
    public bool CopyDscpInwards { get; init; }

    /// <summary>What the sender puts into the outer ECN field (RFC 6040 section 4.1).</summary>
    public EcnMode Ecn { get; init; } = EcnMode.Normal;

    /// <summary>
    /// Whether an outer IPv6 header has the inner one's flow label, which suits end systems, not gateways (RFC 4301 section 5.1.2.2
    /// note 8).
    /// </summary>
    public bool CopyFlowLabel { get; init; }

    /// <summary>
    /// Inner packets shorter than this get TFC padding up to it, in bytes (RFC 4303 section 2.7); 0 for none. The receiver has to cut
    /// it off, as tunnel mode lets it.
    /// </summary>
    public int PadTo { get; init; }
}
