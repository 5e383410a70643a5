// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// The sending end of an AH SA (RFC 4302 section 3.3). May be used by several threads at once; a packet costs no lock and, after the
/// first few, no allocation.
/// </summary>
public sealed class AhOutboundSa : IOutboundSa
{
    private readonly AhGeometry _geometry;
    private readonly CipherPool<AhCipher> _ciphers;
    private readonly SequenceCounter _sequence;

    /// <summary>Sets up the key.</summary>
    /// <param name="parameters">What was agreed.</param>
    /// <param name="firstSequenceNumber">Number of the first packet: 1 on a new SA (RFC 4302 section 3.3.2).</param>
    /// <exception cref="ArgumentException">No SA can have these parameters.</exception>
    public AhOutboundSa(AhSaParameters parameters, ulong firstSequenceNumber = 1)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.EnsureUsable();
        Parameters = parameters;
        _sequence = new SequenceCounter(parameters, firstSequenceNumber);
        _geometry = new AhGeometry(parameters);
        _ciphers = new CipherPool<AhCipher>(() => new AhCipher(parameters));
    }

    /// <summary>What was agreed when the SA was made.</summary>
    public AhSaParameters Parameters { get; }

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

    /// <summary>Length of the Authentication Header with ICV and padding.</summary>
    /// <param name="version">Version of the packets that carry it, on which the padding depends.</param>
    /// <returns>Bytes.</returns>
    public int HeaderLength(IpVersion version) => _geometry.HeaderLength(version);

    /// <inheritdoc/>
    public EspOutcome TryEncapsulate(TunnelEncapsulator tunnel, ReadOnlySpan<byte> packet, Span<byte> destination, out int written)
    {
        ArgumentNullException.ThrowIfNull(tunnel);
        return Parameters.Mode == SaMode.Tunnel
            ? tunnel.TryEncapsulate(this, packet, destination, out written)
            : TransportEncapsulator.TryEncapsulate(this, packet, destination, out written);
    }

    /// <inheritdoc/>
    public int EncapsulatedLength(int packetLength, int headerLength) => packetLength
        + HeaderLength(Parameters.SourceNumber.Version)
        + (Parameters.Mode == SaMode.Tunnel ? OuterHeader.SizeFor(Parameters) : 0);

    /// <summary>Ends the SA: from now on packets are refused. Those being protected are not.</summary>
    public void Dispose() => _ciphers.Dispose();

    /// <summary>Tunnel mode: a new outer header, AH, the inner packet.</summary>
    internal EspOutcome Protect(
        ReadOnlySpan<byte> outer, IpProtocol nextHeader, ReadOnlySpan<byte> payload, Span<byte> destination, out int written)
    {
        IpPacketHead head = default;
        var protocolOffset = outer[0] >> 4 == (byte)IpVersion.V4 ? 9 : Ipv6Header.NextHeaderOffset;
        return Protect(new KeptHeaders(outer, head, outer.Length, protocolOffset), (byte)nextHeader, payload, destination, out written);
    }

    /// <summary>Headers, AH, payload.</summary>
    internal EspOutcome Protect(
        KeptHeaders headers, byte nextHeader, ReadOnlySpan<byte> payload, Span<byte> destination, out int written)
    {
        written = 0;
        var ahLength = _geometry.HeaderLength(headers.Version);
        var length = headers.Length + ahLength + payload.Length;
        var limit = EspGeometry.MaxPacketLength + (headers.Version == IpVersion.V6 ? Ipv6Header.Size : 0);
        if (length > limit)
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

        var cipher = _ciphers.Take();
        try
        {
            return cipher is null ? EspOutcome.UnknownSpi
                : !_sequence.TryTake(out var sequenceNumber) ? EspOutcome.SequenceExhausted
                : Seal(cipher, sequenceNumber, headers, ahLength, nextHeader, payload, destination[..length], out written);
        }
        finally
        {
            _ciphers.Return(cipher);
        }
    }

    private EspOutcome Seal(
        AhCipher cipher,
        ulong sequenceNumber,
        KeptHeaders headers,
        int ahLength,
        byte nextHeader,
        ReadOnlySpan<byte> payload,
        Span<byte> packet,
        out int written)
    {
        written = 0;
        var ah = packet.Slice(headers.Length, ahLength);
        ah.Clear();
        new AhHeader((IpProtocol)nextHeader, ahLength, 0, Parameters.Spi, (uint)sequenceNumber).Write(ah);
        if (_geometry.IvSize > 0)
        {
            // Unique under the key, as the sequence number is (RFC 4543 section 3.1).
            BinaryPrimitives.WriteUInt64BigEndian(ah[AhHeader.FixedSize..], sequenceNumber);
        }

        payload.CopyTo(packet[(headers.Length + ahLength)..]);
        headers.Write(packet, (byte)IpProtocol.Ah);
        if (!AhMutableFields.TryMute(packet[..headers.Length]))
        {
            return EspOutcome.BadInnerPacket;
        }

        Span<byte> icv = stackalloc byte[_geometry.IcvSize];
        cipher.Compute(sequenceNumber, packet, ah.Slice(AhHeader.FixedSize, _geometry.IvSize), icv);
        icv.CopyTo(ah[_geometry.IcvOffset..]);
        headers.Write(packet, (byte)IpProtocol.Ah);
        Usage.Count(packet.Length);
        written = packet.Length;
        return EspOutcome.Ok;
    }
}
