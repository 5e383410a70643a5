// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>What became of a packet on its way in (RFC 4301 section 5.2).</summary>
/// <param name="Outcome">Ok: its protection was taken off. Bypassed: it is taken as it is. Otherwise why it is not taken.</param>
/// <param name="Sa">The SA whose protection came off last; null without one.</param>
/// <param name="Length">Length of the packet that was inside, in bytes; 0 when the outcome is not Ok.</param>
public readonly record struct InboundResult(EspOutcome Outcome, IInboundSa? Sa, int Length);
