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
public sealed class EspOutboundSa : IOutboundSa
{
    private readonly EspGeometry _geometry;
    private readonly CipherPool<EspCipher> _ciphers;
    private readonly IRandomSource _random;
    private readonly SequenceCounter _sequence;

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
        _sequence = new SequenceCounter(parameters, firstSequenceNumber);
        Parameters = parameters;
        _random = random;
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
    public ulong SequenceNumber => _sequence.Last;

    /// <inheritdoc/>
    public ulong SequenceNumbersLeft => _sequence.Left;

    /// <inheritdoc/>
    public void SkipSequenceNumbers(ulong count) => _sequence.Skip(count);

    /// <inheritdoc/>
    public PathMtu? PathMtu { get; set; }

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
    /// <returns>
    /// Ok, TooLong, BufferTooSmall, SequenceExhausted or LifetimeEnded (a replacement SA is due then), or UnknownSpi after
    /// <see cref="Dispose"/>.
    /// </returns>
    public EspOutcome TryProtect(ReadOnlySpan<byte> innerPacket, byte nextHeader, Span<byte> destination, out int written) =>
        Counters.Count(Protect(innerPacket, nextHeader, destination, EspGeometry.MaxPacketLength - Ipv4Header.MinSize, out written));

    /// <summary>
    /// Makes an ESP packet with more than the least padding, which hides the payload's length (RFC 4303 section 2.4), and with TFC
    /// padding (section 2.7).
    /// </summary>
    /// <param name="payload">The payload.</param>
    /// <param name="nextHeader">What it is.</param>
    /// <param name="padding">How much of either padding.</param>
    /// <param name="destination">Takes <see cref="ProtectedLength"/> of payload and TFC padding, and what the padding exceeds the least.</param>
    /// <param name="written">Bytes written; 0 when the outcome is not Ok.</param>
    /// <returns>As <see cref="TryProtect(ReadOnlySpan{byte}, byte, Span{byte}, out int)"/>, or BadPadLength: see <see cref="EspPadding"/>.</returns>
    public EspOutcome TryProtect(
        ReadOnlySpan<byte> payload, byte nextHeader, EspPadding padding, Span<byte> destination, out int written) =>
        Counters.Count(Protect(payload, nextHeader, destination, EspGeometry.MaxPacketLength - Ipv4Header.MinSize, out written, padding));

    /// <summary>Makes a dummy packet, which the receiver discards (RFC 4303 section 2.6).</summary>
    /// <param name="length">Length of its meaningless payload, in bytes.</param>
    /// <param name="destination">Takes <see cref="ProtectedLength"/> bytes.</param>
    /// <param name="written">Bytes written; 0 when the outcome is not Ok.</param>
    /// <returns>As <see cref="TryProtect(ReadOnlySpan{byte}, byte, Span{byte}, out int)"/>.</returns>
    public EspOutcome TryProtectDummy(int length, Span<byte> destination, out int written) =>
        TryProtect([], (byte)IpProtocol.NoNextHeader, new EspPadding(TfcLength: length), destination, out written);

    /// <summary>Protects many payloads with the keys taken up once.</summary>
    /// <param name="input">Where the payloads lie.</param>
    /// <param name="output">Where the packets go.</param>
    /// <param name="items">Which bytes; outcomes and lengths are written here.</param>
    /// <returns>How many are Ok.</returns>
    public int ProtectBatch(ReadOnlySpan<byte> input, Span<byte> output, Span<EspBatchItem> items)
    {
        var succeeded = 0;
        var cipher = _ciphers.Take();
        try
        {
            foreach (ref var item in items)
            {
                var written = 0;
                item.Outcome = Counters.Count(cipher is null ? EspOutcome.UnknownSpi : Protect(
                    cipher,
                    input.Slice(item.InputOffset, item.InputLength),
                    item.NextHeader,
                    output.Slice(item.OutputOffset, item.OutputLength),
                    EspGeometry.MaxPacketLength - Ipv4Header.MinSize,
                    default,
                    out written));
                item.OutputLength = written;
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
    public EspOutcome TryEncapsulate(TunnelEncapsulator tunnel, ReadOnlySpan<byte> packet, Span<byte> destination, out int written)
    {
        ArgumentNullException.ThrowIfNull(tunnel);
        return Parameters.Mode == SaMode.Tunnel
            ? tunnel.TryEncapsulate(this, packet, destination, out written)
            : TransportEncapsulator.TryEncapsulate(this, packet, destination, out written);
    }

    /// <inheritdoc/>
    public int EncapsulatedLength(int packetLength, int headerLength) => Parameters.Mode == SaMode.Tunnel
        ? TunnelEncapsulator.EncapsulatedLength(this, packetLength)
        : headerLength + UdpSize + ProtectedLength(packetLength - headerLength);

    /// <summary>Ends the SA: from now on packets are refused. Those being protected are not.</summary>
    public void Dispose() => _ciphers.Dispose();

    /// <summary>Size of the UDP header before the ESP packet; 0 without encapsulation.</summary>
    internal int UdpSize => Parameters.Nat is null ? 0 : UdpHeader.Size;

    internal EspOutcome Protect(
        ReadOnlySpan<byte> payload,
        byte nextHeader,
        Span<byte> destination,
        int maxLength,
        out int written,
        EspPadding padding = default)
    {
        written = 0;
        var cipher = _ciphers.Take();
        try
        {
            return cipher is null
                ? EspOutcome.UnknownSpi
                : Protect(cipher, payload, nextHeader, destination, maxLength, padding, out written);
        }
        finally
        {
            _ciphers.Return(cipher);
        }
    }

    private EspOutcome Protect(
        EspCipher cipher,
        ReadOnlySpan<byte> payload,
        byte nextHeader,
        Span<byte> destination,
        int maxLength,
        in EspPadding padding,
        out int written)
    {
        written = 0;
        if (!padding.TryMeasure(_geometry, payload.Length, out var textLength))
        {
            return EspOutcome.BadPadLength;
        }

        var length = _geometry.CiphertextOffset + (long)textLength + _geometry.IcvSize;
        if (length > maxLength)
        {
            return EspOutcome.TooLong;
        }

        if (length > destination.Length)
        {
            return EspOutcome.BufferTooSmall;
        }

        if (Parameters.Lifetime.IsUsedUp(Usage))
        {
            return EspOutcome.LifetimeEnded;
        }

        if (!_sequence.TryTake(out var sequenceNumber))
        {
            return EspOutcome.SequenceExhausted;
        }

        var packet = destination[..(int)length];
        new EspHeader(Parameters.Spi, (uint)sequenceNumber).Write(packet);
        WriteIv(sequenceNumber, packet[EspHeader.Size.._geometry.CiphertextOffset]);
        var text = packet.Slice(_geometry.CiphertextOffset, textLength);
        payload.CopyTo(text);
        text.Slice(payload.Length, padding.TfcLength).Clear();
        EspTrailer.Write(text[(payload.Length + padding.TfcLength)..], nextHeader);
        cipher.Seal(sequenceNumber, packet);
        Usage.Count(text.Length);
        written = packet.Length;
        return EspOutcome.Ok;
    }

    // The IV of a counter mode must not repeat under a key, and the sequence number never does (RFC 4106 section 3.1; RFC 3686
    // section 2.1). CBC's must not be foreseeable, so a counter will not do (RFC 3602 section 3).
    private void WriteIv(ulong sequenceNumber, Span<byte> iv)
    {
        if (iv.Length == sizeof(ulong) && _geometry.HasCounterIv)
        {
            BinaryPrimitives.WriteUInt64BigEndian(iv, sequenceNumber);
        }
        else
        {
            _random.Fill(iv);
        }
    }
}
