// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Crypto;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// The sending end of an ESP SA (RFC 4303 section 3.3). May be used by several threads at once; a packet costs no lock and, after
/// the first few, no allocation.
/// </summary>
public sealed class EspOutboundSa : ISecurityAssociation, IDisposable
{
    private readonly EspGeometry _geometry;
    private readonly EspCipherPool _ciphers;
    private readonly IRandomSource _random;
    private readonly ulong _lastSequenceNumber;
    private ulong _sequenceNumber;

    /// <summary>Sets up the keys.</summary>
    /// <param name="parameters">What was agreed.</param>
    /// <param name="random">Where the IVs of CBC come from, which must not be foreseeable (RFC 3602 section 3).</param>
    /// <param name="firstSequenceNumber">Number of the first packet: 1 on a new SA (RFC 4303 section 3.3.3).</param>
    /// <exception cref="ArgumentException">No SA can have these parameters.</exception>
    public EspOutboundSa(EspSaParameters parameters, IRandomSource random, ulong firstSequenceNumber = 1)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(random);
        parameters.EnsureUsable();
        _lastSequenceNumber = parameters.ExtendedSequenceNumbers ? ulong.MaxValue : uint.MaxValue;
        ArgumentOutOfRangeException.ThrowIfZero(firstSequenceNumber);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstSequenceNumber, _lastSequenceNumber);
        Parameters = parameters;
        _random = random;
        _sequenceNumber = firstSequenceNumber - 1;
        _geometry = new EspGeometry(parameters);
        _ciphers = new EspCipherPool(parameters);
    }

    /// <inheritdoc/>
    public EspSaParameters Parameters { get; }

    /// <inheritdoc/>
    public SaUsage Usage { get; } = new();

    /// <summary>What became of the packets.</summary>
    public EspCounters Counters { get; } = new();

    /// <summary>Number of the last packet sent; one less than the first before that.</summary>
    public ulong SequenceNumber => Volatile.Read(ref _sequenceNumber);

    /// <summary>The most bytes that protection adds to a payload, outer IP header not included.</summary>
    public int MaxOverhead => _geometry.MaxOverhead;

    /// <summary>Length of the ESP packet for a payload.</summary>
    /// <param name="payloadLength">Length of the payload, in bytes.</param>
    /// <returns>Bytes from SPI to ICV.</returns>
    public int ProtectedLength(int payloadLength) => _geometry.ProtectedLength(payloadLength);

    /// <summary>Makes the ESP packet for a payload: header, IV, ciphertext with the least padding, ICV.</summary>
    /// <param name="innerPacket">
    /// The payload: an IP packet in tunnel mode, TFC padding may follow it (RFC 4303 section 2.7); what follows the IP header in
    /// transport mode; anything in a dummy packet.
    /// </param>
    /// <param name="nextHeader">What it is: 4 for IPv4, 59 for a dummy (RFC 4303 section 2.6).</param>
    /// <param name="destination">Takes <see cref="ProtectedLength"/> bytes. Must not overlap the payload.</param>
    /// <param name="written">Bytes written; 0 when the outcome is not Ok.</param>
    /// <returns>Ok, TooLong, BufferTooSmall, SequenceExhausted, or UnknownSpi after <see cref="Dispose"/>.</returns>
    public EspOutcome TryProtect(ReadOnlySpan<byte> innerPacket, byte nextHeader, Span<byte> destination, out int written) =>
        Counters.Count(Protect(innerPacket, nextHeader, destination, EspGeometry.MaxPacketLength - Ipv4Header.MinSize, out written));

    /// <summary>Ends the SA: from now on packets are refused. Those being protected are not.</summary>
    public void Dispose() => _ciphers.Dispose();

    internal EspOutcome Protect(
        ReadOnlySpan<byte> payload, byte nextHeader, Span<byte> destination, int maxLength, out int written)
    {
        written = 0;
        var length = payload.Length <= maxLength ? _geometry.ProtectedLength(payload.Length) : int.MaxValue;
        if (length > maxLength)
        {
            return EspOutcome.TooLong;
        }

        if (length > destination.Length)
        {
            return EspOutcome.BufferTooSmall;
        }

        if (_ciphers.Take() is not { } cipher)
        {
            return EspOutcome.UnknownSpi;
        }

        try
        {
            if (!TryTakeSequenceNumber(out var sequenceNumber))
            {
                return EspOutcome.SequenceExhausted;
            }

            var packet = destination[..length];
            new EspHeader(Parameters.Spi, (uint)sequenceNumber).Write(packet);
            WriteIv(sequenceNumber, packet[EspHeader.Size.._geometry.CiphertextOffset]);
            var text = packet[_geometry.CiphertextOffset..^_geometry.IcvSize];
            payload.CopyTo(text);
            EspTrailer.Write(text[payload.Length..], nextHeader);
            cipher.Seal(sequenceNumber, packet);
            Usage.Count(text.Length);
            written = length;
            return EspOutcome.Ok;
        }
        finally
        {
            _ciphers.Return(cipher);
        }
    }

    // The counter stops at its end instead of cycling (RFC 4303 section 3.3.3).
    private bool TryTakeSequenceNumber(out ulong sequenceNumber)
    {
        var last = Volatile.Read(ref _sequenceNumber);
        while (last < _lastSequenceNumber)
        {
            var found = Interlocked.CompareExchange(ref _sequenceNumber, last + 1, last);
            if (found == last)
            {
                sequenceNumber = last + 1;
                return true;
            }

            last = found;
        }

        sequenceNumber = 0;
        return false;
    }

    // An AEAD's IV must not repeat under a key, and the sequence number never does (RFC 4106 section 3.1).
    // CBC's must not be foreseeable, so a counter will not do (RFC 3602 section 3).
    private void WriteIv(ulong sequenceNumber, Span<byte> iv)
    {
        if (Parameters.EncryptionAlgorithm.IsAead)
        {
            BinaryPrimitives.WriteUInt64BigEndian(iv, sequenceNumber);
        }
        else
        {
            _random.Fill(iv);
        }
    }
}
