// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>The receiving end of an ESP or AH SA.</summary>
public interface IInboundSa : ISecurityAssociation, IDisposable
{
    /// <summary>What became of the packets.</summary>
    EspCounters Counters { get; }

    /// <summary>Which sequence numbers were accepted; null when the receiver does not look at them.</summary>
    AntiReplayWindow? ReplayWindow { get; }

    /// <summary>Takes a packet out of its protection in the SA's mode.</summary>
    /// <param name="tunnel">What a tunnel end does with the inner header.</param>
    /// <param name="head">The packet's headers, as <see cref="IpPacketHead.TryRead"/> gave them.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="destination">Takes as many bytes as the packet. Must not overlap it.</param>
    /// <param name="written">Length of the packet as it was before; 0 when the outcome is not Ok.</param>
    /// <returns>
    /// What became of the packet; counted in the SA's counters. Selectors are checked unless the SA is the outer part of a bundle,
    /// whose result is not the SA's traffic yet.
    /// </returns>
    EspOutcome TryDecapsulate(
        TunnelDecapsulator tunnel, in IpPacketHead head, ReadOnlySpan<byte> packet, Span<byte> destination, out int written);
}
