// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// The receiving end of an ESP SA (RFC 4303 section 3.4). May be used by several threads at once; a packet costs no lock and, after
/// the first few, no allocation.
/// </summary>
public sealed class EspInboundSa : ISecurityAssociation, IDisposable
{
    private const byte NoNextHeader = (byte)IpProtocol.NoNextHeader;

    private readonly EspGeometry _geometry;
    private readonly EspCipherPool _ciphers;

    /// <summary>Sets up the keys and an empty replay window.</summary>
    /// <param name="parameters">What was agreed.</param>
    /// <param name="highestSequenceNumber">Highest number received before: 0 on a new SA (RFC 4303 section 3.4.3).</param>
    /// <exception cref="ArgumentException">No SA can have these parameters.</exception>
    public EspInboundSa(EspSaParameters parameters, ulong highestSequenceNumber = 0)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.EnsureUsable();
        Parameters = parameters;
        ReplayWindow = parameters.ReplayWindowSize == 0
            ? null
            : new AntiReplayWindow(parameters.ReplayWindowSize, highestSequenceNumber);
        _geometry = new EspGeometry(parameters);
        _ciphers = new EspCipherPool(parameters);
    }

    /// <inheritdoc/>
    public EspSaParameters Parameters { get; }

    /// <inheritdoc/>
    public SaUsage Usage { get; } = new();

    /// <summary>What became of the packets.</summary>
    public EspCounters Counters { get; } = new();

    /// <summary>Which sequence numbers were accepted; null when the receiver does not look at them.</summary>
    public AntiReplayWindow? ReplayWindow { get; }

    /// <summary>Room that the plaintext of a packet needs while its padding is still on it.</summary>
    /// <param name="espLength">Length of the ESP packet, SPI to ICV, in bytes.</param>
    /// <returns>Bytes; 0 when no packet has that length.</returns>
    public int PlaintextLength(int espLength) => _geometry.Measure(espLength, out var length) == EspOutcome.Ok ? length : 0;

    /// <summary>
    /// Takes the payload out of an ESP packet, by the steps of RFC 4303 section 3.4: SPI, replay check, ICV, decryption, replay mark,
    /// padding, next header. Whether the payload is the SA's traffic is the caller's next question (RFC 4301 section 5.2 step 4),
    /// as is cutting off TFC padding; <see cref="TunnelDecapsulator"/> does both.
    /// </summary>
    /// <param name="espPacket">From SPI to ICV.</param>
    /// <param name="plaintext">Takes <see cref="PlaintextLength"/> bytes; unspecified when the outcome is not Ok.</param>
    /// <param name="written">Length of the payload; 0 when the outcome is not Ok.</param>
    /// <param name="nextHeader">What it is; 0 when the packet did not get as far as decryption.</param>
    /// <param name="sequenceNumber">Sequence number field, whatever the outcome; 0 when there is none.</param>
    /// <returns>What became of the packet.</returns>
    public EspOutcome TryUnprotect(
        ReadOnlySpan<byte> espPacket, Span<byte> plaintext, out int written, out byte nextHeader, out uint sequenceNumber) =>
        Counters.Count(Unprotect(espPacket, plaintext, out written, out nextHeader, out sequenceNumber));

    /// <summary>Ends the SA: from now on packets are refused. Those being processed are not.</summary>
    public void Dispose() => _ciphers.Dispose();

    internal EspOutcome Unprotect(
        ReadOnlySpan<byte> espPacket, Span<byte> plaintext, out int written, out byte nextHeader, out uint sequenceNumber)
    {
        written = 0;
        nextHeader = 0;
        sequenceNumber = 0;
        if (!EspHeader.TryRead(espPacket, out var header, out _))
        {
            return EspOutcome.TooShort;
        }

        sequenceNumber = header.SequenceNumber;
        if (header.Spi != Parameters.Spi)
        {
            return EspOutcome.UnknownSpi;
        }

        var outcome = _geometry.Measure(espPacket.Length, out var length);
        if (outcome != EspOutcome.Ok)
        {
            return outcome;
        }

        if (plaintext.Length < length)
        {
            return EspOutcome.BufferTooSmall;
        }

        var wholeNumber = Parameters.ExtendedSequenceNumbers ? ReplayWindow!.Expand(sequenceNumber) : sequenceNumber;
        outcome = Outcome(ReplayWindow?.Check(wholeNumber));
        if (outcome == EspOutcome.Ok)
        {
            outcome = Open(wholeNumber, espPacket, plaintext[..length]);
        }

        return outcome == EspOutcome.Ok ? Strip(plaintext[..length], out written, out nextHeader) : outcome;
    }

    private static EspOutcome Outcome(ReplayVerdict? verdict) => verdict switch
    {
        null or ReplayVerdict.Fresh => EspOutcome.Ok,
        ReplayVerdict.Replayed => EspOutcome.Replayed,
        ReplayVerdict.TooOld => EspOutcome.TooOld,
        ReplayVerdict.Zero => EspOutcome.SequenceZero,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "A verdict without an outcome."),
    };

    private static EspOutcome Strip(ReadOnlySpan<byte> plaintext, out int written, out byte nextHeader)
    {
        var outcome = EspTrailer.Check(plaintext, out var payloadLength, out nextHeader);
        if (outcome == EspOutcome.Ok && nextHeader == NoNextHeader)
        {
            outcome = EspOutcome.DummyPacket;
        }

        written = outcome == EspOutcome.Ok ? payloadLength : 0;
        return outcome;
    }

    private EspOutcome Open(ulong sequenceNumber, ReadOnlySpan<byte> espPacket, Span<byte> plaintext)
    {
        if (_ciphers.Take() is not { } cipher)
        {
            return EspOutcome.UnknownSpi;
        }

        try
        {
            if (!cipher.TryOpen(sequenceNumber, espPacket, plaintext))
            {
                return EspOutcome.IntegrityFailure;
            }
        }
        finally
        {
            _ciphers.Return(cipher);
        }

        // Only now: what is not authentic must not move the window (RFC 4303 section 3.4.3).
        var outcome = Outcome(ReplayWindow?.Accept(sequenceNumber));
        if (outcome == EspOutcome.Ok)
        {
            Usage.Count(plaintext.Length);
        }

        return outcome;
    }
}
