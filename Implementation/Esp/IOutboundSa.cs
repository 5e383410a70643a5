// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;

namespace Ipsec.Esp;

/// <summary>The sending end of an ESP or AH SA.</summary>
public interface IOutboundSa : ISecurityAssociation, IDisposable
{
    /// <summary>What became of the packets.</summary>
    EspCounters Counters { get; }

    /// <summary>Number of the last packet sent; one less than the first before that.</summary>
    ulong SequenceNumber { get; }

    /// <summary>How many packets can still be sent before the sequence number would cycle (RFC 4303 section 3.3.3).</summary>
    ulong SequenceNumbersLeft { get; }

    /// <summary>
    /// Leaves sequence numbers out, as a gateway does that takes an SA over from another and does not know how far that one had come (RFC
    /// 6311 section 5.1).
    /// </summary>
    /// <param name="count">How many; no more than there are left are.</param>
    void SkipSequenceNumbers(ulong count);

    /// <summary>What the path to the SA's receiver takes (RFC 4301 section 4.4.2.1); null when it is not looked after.</summary>
    PathMtu? PathMtu { get; set; }

    /// <summary>Protects a whole packet in the SA's mode.</summary>
    /// <param name="tunnel">Makes the outer headers of tunnel mode.</param>
    /// <param name="packet">A whole IP packet; in tunnel mode it may be a fragment.</param>
    /// <param name="destination">Takes <see cref="EncapsulatedLength"/> bytes. Must not overlap the packet.</param>
    /// <param name="written">Length of the packet to send; 0 when the outcome is not Ok.</param>
    /// <returns>What became of the packet; counted in the SA's counters.</returns>
    EspOutcome TryEncapsulate(TunnelEncapsulator tunnel, ReadOnlySpan<byte> packet, Span<byte> destination, out int written);

    /// <summary>Length of what <see cref="TryEncapsulate"/> makes, with the least padding.</summary>
    /// <param name="packetLength">Length of the packet, in bytes.</param>
    /// <param name="headerLength">Length of its headers, which transport mode leaves in place; 0 in tunnel mode.</param>
    /// <returns>Bytes.</returns>
    int EncapsulatedLength(int packetLength, int headerLength);

    /// <summary>
    /// Whether another SA has to be negotiated: a soft limit of the lifetime is reached, or nine tenths of the sequence numbers are
    /// used (RFC 4303 section 3.3.3).
    /// </summary>
    /// <param name="now">The time.</param>
    /// <returns>True when a replacement is due.</returns>
    bool IsReplacementDue(DateTimeOffset now) =>
        Judge(now) != SaLifetimeState.Alive || SequenceNumbersLeft < (SequenceNumber + SequenceNumbersLeft) / 10;
}
