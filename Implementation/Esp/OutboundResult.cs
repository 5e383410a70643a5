// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;

namespace Ipsec.Esp;

/// <summary>What became of a packet on its way out (RFC 4301 section 5.1).</summary>
/// <param name="Outcome">Ok: it was protected. Bypassed: it goes as it is. Otherwise why it does not go.</param>
/// <param name="Entry">The SPD entry that decided.</param>
/// <param name="Sa">The SA that was applied first; null without one.</param>
/// <param name="Length">Length of the protected packet, in bytes; 0 when the outcome is not Ok.</param>
public readonly record struct OutboundResult(EspOutcome Outcome, SpdEntry Entry, IOutboundSa? Sa, int Length)
{
    /// <summary>What an SA for the packet is to carry, when there is none (RFC 4301 section 4.4.1.2).</summary>
    public SelectorPair? Wanted { get; init; }

    /// <summary>Whether a replacement of the SA has to be negotiated: it has nearly, or quite, run out.</summary>
    public bool IsReplacementDue { get; init; }

    /// <summary>With PathMtuExceeded: the longest packet that would have been taken, in bytes.</summary>
    public int Mtu { get; init; }

    /// <summary>With PathMtuExceeded: whether the packet may be divided, so that nobody has to be told (RFC 4301 section 8.2.1).</summary>
    public bool MayFragment { get; init; }
}
