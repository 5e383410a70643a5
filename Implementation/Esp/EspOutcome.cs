// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>
/// What became of a packet, in the order in which the checks are made. Everything but <see cref="Ok"/> and
/// <see cref="Bypassed"/> means that it was not passed on.
/// </summary>
public enum EspOutcome
{
    /// <summary>The packet was protected, or it was authentic, fresh and sound.</summary>
    Ok,

    /// <summary>No valid SA for the packet: its SPI is not this SA's, or the SA was deleted (RFC 4303 section 3.4.2).</summary>
    UnknownSpi,

    /// <summary>An IP fragment where ESP takes whole packets only (RFC 4303 sections 3.3.4 and 3.4.1).</summary>
    Fragment,

    /// <summary>
    /// Fewer bytes than header, IV, the shortest trailer and ICV take (RFC 4303 section 2), or than AH declares (RFC 4302 section 2.2).
    /// </summary>
    TooShort,

    /// <summary>
    /// The ciphertext is not a whole number of blocks, or ends off a 4-byte boundary (RFC 4303 section 2.4); AH's payload length is not
    /// the one that the algorithm's ICV and its least padding have (RFC 4302 section 3.3.3.2.1).
    /// </summary>
    BadLength,

    /// <summary>The result would not fit into an IPv4 packet: 65535 bytes (RFC 791 section 3.1, total length).</summary>
    TooLong,

    /// <summary>The caller's buffer cannot take the result; nothing was changed.</summary>
    BufferTooSmall,

    /// <summary>No sequence number is left; a further one would cycle (RFC 4303 section 3.3.3).</summary>
    SequenceExhausted,

    /// <summary>Sequence number 0, which no sender with replay protection uses: the first is 1 (RFC 4303 section 2.2).</summary>
    SequenceZero,

    /// <summary>The sequence number lies left of the window (RFC 4303 section 3.4.3).</summary>
    TooOld,

    /// <summary>A packet with this sequence number was accepted before (RFC 4303 section 3.4.3).</summary>
    Replayed,

    /// <summary>The ICV is wrong (RFC 4303 sections 3.4.4.1 step 1 and 3.4.4.2 step 2). The window has not moved.</summary>
    IntegrityFailure,

    /// <summary>
    /// The pad length is larger than what there is before it, or, on the way out, no pad length that the caller may ask for (RFC 4303
    /// section 2.5).
    /// </summary>
    BadPadLength,

    /// <summary>The padding is not 1, 2, 3 and so on (RFC 4303 section 2.4).</summary>
    BadPadding,

    /// <summary>Next header 59: traffic that is there to be discarded, and no error (RFC 4303 section 2.6).</summary>
    DummyPacket,

    /// <summary>The next header is not what the SA's mode calls for: 4 or 41 in a tunnel, nothing a host could mistake for one in transport mode (RFC 4303 section 2.6).</summary>
    BadNextHeader,

    /// <summary>What was to be protected, or came out, is no sound IP packet (RFC 4301 section 5.2 step 4).</summary>
    BadInnerPacket,

    /// <summary>The packet inside is not the SA's traffic (RFC 4301 section 5.2 step 5).</summary>
    SelectorMismatch,

    /// <summary>The outer header says congestion, the packet inside cannot (RFC 6040 section 4.2).</summary>
    CongestionNotExpressible,

    /// <summary>A hard limit of bytes or packets is reached, and the SA must not be used any more (RFC 4301 section 4.4.2.1).</summary>
    LifetimeEnded,

    /// <summary>UDP encapsulation where the SA has none, or none where it has (RFC 3948 section 2.1).</summary>
    EncapsulationMismatch,

    /// <summary>Not all SAs of a bundle were applied, or not in their order (RFC 2401 section 5.2.1 step 3).</summary>
    BundleMismatch,

    /// <summary>The policy discards such traffic (RFC 4301 sections 5.1 and 5.2).</summary>
    PolicyDiscards,

    /// <summary>The policy wants protection that the packet did not have (RFC 4301 section 5.2 step 3b).</summary>
    ProtectionMissing,

    /// <summary>The policy wants protection and there is no SA yet (RFC 4301 section 5.1 step 3b).</summary>
    NoSa,

    /// <summary>The protected packet is longer than the path takes and must not be fragmented (RFC 4301 section 8.2.1).</summary>
    PathMtuExceeded,

    /// <summary>A fragment that does not fit the others of its packet, or that the limits of reassembly forbid (RFC 8200 section 4.5).</summary>
    BadFragment,

    /// <summary>No error: the packet is one of several, and waits for the others.</summary>
    FragmentKept,

    /// <summary>No error: the policy lets the packet pass without protection (RFC 4301 section 4.4.1).</summary>
    Bypassed,

    /// <summary>No error: an ICMP message about the path of an SA, which was for this endpoint alone (RFC 4301 section 8.2.1).</summary>
    PathMtuLearned,
}
