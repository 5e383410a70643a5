// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>
/// What became of a packet, in the order in which the checks are made. Everything but <see cref="Ok"/> means that it was not passed on.
/// </summary>
public enum EspOutcome
{
    /// <summary>The packet was protected, or it was authentic, fresh and sound.</summary>
    Ok,

    /// <summary>No valid SA for the packet: its SPI is not this SA's, or the SA was deleted (RFC 4303 section 3.4.2).</summary>
    UnknownSpi,

    /// <summary>An IP fragment where ESP takes whole packets only (RFC 4303 sections 3.3.4 and 3.4.1).</summary>
    Fragment,

    /// <summary>Fewer bytes than header, IV, the shortest trailer and ICV take (RFC 4303 section 2).</summary>
    TooShort,

    /// <summary>The ciphertext is not a whole number of blocks, or ends off a 4-byte boundary (RFC 4303 section 2.4).</summary>
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

    /// <summary>The pad length is larger than what there is before it (RFC 4303 section 2.5).</summary>
    BadPadLength,

    /// <summary>The padding is not 1, 2, 3 and so on (RFC 4303 section 2.4).</summary>
    BadPadding,

    /// <summary>Next header 59: traffic that is there to be discarded, and no error (RFC 4303 section 2.6).</summary>
    DummyPacket,

    /// <summary>The next header is not what the SA's mode calls for: 4 in an IPv4 tunnel (RFC 4303 section 2.6).</summary>
    BadNextHeader,

    /// <summary>What was to be protected, or came out, is no sound IPv4 packet (RFC 4301 section 5.2 step 4).</summary>
    BadInnerPacket,

    /// <summary>The packet inside is not the SA's traffic (RFC 4301 section 5.2 step 5).</summary>
    SelectorMismatch,

    /// <summary>The outer header says congestion, the packet inside cannot (RFC 6040 section 4.2).</summary>
    CongestionNotExpressible,
}
