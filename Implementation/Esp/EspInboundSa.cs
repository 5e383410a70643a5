// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// The receiving end of an ESP SA (RFC 4303 section 3.4). May be used by several threads at once; a packet costs no lock and, after
/// the first few, no allocation.
/// </summary>
public sealed class EspInboundSa : IInboundSa
{
    private const byte NoNextHeader = (byte)IpProtocol.NoNextHeader;

    private readonly EspGeometry _geometry;
    private readonly CipherPool<EspCipher> _ciphers;

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
        _ciphers = new CipherPool<EspCipher>(() => new EspCipher(parameters));
    }

    /// <summary>What was agreed when the SA was made.</summary>
    public EspSaParameters Parameters { get; }

    /// <inheritdoc/>
    SaParameters ISecurityAssociation.Parameters => Parameters;

    /// <inheritdoc/>
    public SaUsage Usage { get; } = new();

    /// <inheritdoc/>
    public EspCounters Counters { get; } = new();

    /// <inheritdoc/>
    public AntiReplayWindow? ReplayWindow { get; }

    /// <summary>Room that the plaintext of a packet needs while its padding is still on it.</summary>
    /// <param name="espLength">Length of the ESP packet, SPI to ICV, in bytes.</param>
    /// <returns>Bytes; 0 when no packet has that length.</returns>
    public int PlaintextLength(int espLength) => _geometry.Measure(espLength, out var length) == EspOutcome.Ok ? length : 0;

    /// <summary>
    /// Takes the payload out of an ESP packet, by the steps of RFC 4303 section 3.4: SPI, replay check, ICV, decryption, replay mark,
    /// padding, next header. Whether the payload is the SA's traffic is the caller's next question (RFC 4301 section 5.2 step 4),
    /// as is cutting off TFC padding; <see cref="TryDecapsulate"/> does both.
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

    /// <summary>Takes the payloads out of many packets with the keys taken up once.</summary>
    /// <param name="input">Where the packets lie.</param>
    /// <param name="output">Where the payloads go.</param>
    /// <param name="items">Which bytes; outcomes, lengths and next headers are written here.</param>
    /// <returns>How many are Ok.</returns>
    public int UnprotectBatch(ReadOnlySpan<byte> input, Span<byte> output, Span<EspBatchItem> items)
    {
        var succeeded = 0;
        var cipher = _ciphers.Take();
        try
        {
            foreach (ref var item in items)
            {
                item.Outcome = Counters.Count(Unprotect(
                    cipher,
                    input.Slice(item.InputOffset, item.InputLength),
                    output.Slice(item.OutputOffset, item.OutputLength),
                    out var written,
                    out var nextHeader,
                    out _));
                item.OutputLength = written;
                item.NextHeader = nextHeader;
                succeeded += item.Outcome == EspOutcome.Ok ? 1 : 0;
            }
        }
        finally
        {
            _ciphers.Return(cipher);
        }

        return succeeded;
    }

    /// <inheritdoc/>
    public EspOutcome TryDecapsulate(
        TunnelDecapsulator tunnel, in IpPacketHead head, ReadOnlySpan<byte> packet, Span<byte> destination, out int written)
    {
        ArgumentNullException.ThrowIfNull(tunnel);
        return Parameters.Mode == SaMode.Tunnel
            ? tunnel.TryDecapsulate(this, head, packet, destination, out written)
            : TransportDecapsulator.TryDecapsulate(this, head, packet, destination, out written);
    }

    /// <summary>Ends the SA: from now on packets are refused. Those being processed are not.</summary>
    public void Dispose() => _ciphers.Dispose();

    internal EspOutcome Unprotect(
        ReadOnlySpan<byte> espPacket, Span<byte> plaintext, out int written, out byte nextHeader, out uint sequenceNumber)
    {
        var cipher = _ciphers.Take();
        try
        {
            return Unprotect(cipher, espPacket, plaintext, out written, out nextHeader, out sequenceNumber);
        }
        finally
        {
            _ciphers.Return(cipher);
        }
    }

    private EspOutcome Unprotect(
        EspCipher? cipher,
        ReadOnlySpan<byte> espPacket,
        Span<byte> plaintext,
        out int written,
        out byte nextHeader,
        out uint sequenceNumber)
    {
        written = 0;
        nextHeader = 0;
        sequenceNumber = 0;
        if (!EspHeader.TryRead(espPacket, out var header, out _))
        {
            return EspOutcome.TooShort;
        }

        sequenceNumber = header.SequenceNumber;
        if (cipher is null || header.Spi != Parameters.Spi)
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
        outcome = Replay.Outcome(ReplayWindow?.Check(wholeNumber));
        if (outcome == EspOutcome.Ok)
        {
            outcome = Open(cipher, wholeNumber, espPacket, plaintext[..length]);
        }

        return outcome == EspOutcome.Ok ? Strip(plaintext[..length], out written, out nextHeader) : outcome;
    }

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

    private EspOutcome Open(EspCipher cipher, ulong sequenceNumber, ReadOnlySpan<byte> espPacket, Span<byte> plaintext)
    {
        if (Parameters.Lifetime.IsUsedUp(Usage))
        {
            return EspOutcome.LifetimeEnded;
        }

        if (!cipher.TryOpen(sequenceNumber, espPacket, plaintext))
        {
            return EspOutcome.IntegrityFailure;
        }

        // Only now: what is not authentic must not move the window (RFC 4303 section 3.4.3).
        var outcome = Replay.Outcome(ReplayWindow?.Accept(sequenceNumber));
        if (outcome == EspOutcome.Ok)
        {
            Usage.Count(plaintext.Length);
        }

        return outcome;
    }
}
