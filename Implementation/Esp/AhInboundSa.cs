// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// The receiving end of an AH SA (RFC 4302 section 3.4). May be used by several threads at once; a packet costs no lock and, after the
/// first few, no allocation.
/// </summary>
public sealed class AhInboundSa : IInboundSa
{
    private readonly AhGeometry _geometry;
    private readonly CipherPool<AhCipher> _ciphers;

    /// <summary>Sets up the key and an empty replay window.</summary>
    /// <param name="parameters">What was agreed.</param>
    /// <param name="highestSequenceNumber">Highest number received before: 0 on a new SA (RFC 4302 section 3.4.3).</param>
    /// <exception cref="ArgumentException">No SA can have these parameters.</exception>
    public AhInboundSa(AhSaParameters parameters, ulong highestSequenceNumber = 0)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.EnsureUsable();
        Parameters = parameters;
        ReplayWindow = parameters.ReplayWindowSize == 0
            ? null
            : new AntiReplayWindow(parameters.ReplayWindowSize, highestSequenceNumber);
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
    public AntiReplayWindow? ReplayWindow { get; }

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

    /// <summary>
    /// Looks at the header, the sequence number and the ICV, in this order (RFC 4302 sections 3.4.2 to 3.4.4), and marks the number of
    /// an authentic packet.
    /// </summary>
    /// <param name="head">The packet's headers.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="scratch">Room for the packet with its mutable fields zero: as many bytes as it has.</param>
    /// <param name="ah">The Authentication Header.</param>
    /// <param name="payload">What follows it in the packet.</param>
    internal EspOutcome Check(
        in IpPacketHead head, ReadOnlySpan<byte> packet, Span<byte> scratch, out AhHeader ah, out ReadOnlySpan<byte> payload)
    {
        ah = default;
        payload = default;
        var outcome = Examine(head, packet, out ah);
        if (outcome != EspOutcome.Ok)
        {
            return outcome;
        }

        var headers = new KeptHeaders(packet, head, head.HeaderLength, head.ProtocolOffset);
        var body = packet[head.HeaderLength..head.TotalLength];
        if (scratch.Length < headers.Length + body.Length)
        {
            return EspOutcome.BufferTooSmall;
        }

        payload = body[ah.Length..];
        var number = Parameters.ExtendedSequenceNumbers ? ReplayWindow!.Expand(ah.SequenceNumber) : ah.SequenceNumber;
        outcome = Replay.Outcome(ReplayWindow?.Check(number));
        if (outcome != EspOutcome.Ok)
        {
            return outcome;
        }

        var muted = scratch[..(headers.Length + body.Length)];
        body.CopyTo(muted[headers.Length..]);
        headers.Write(muted, (byte)IpProtocol.Ah);
        return AhMutableFields.TryMute(muted[..headers.Length]) ? Verify(number, headers.Length, muted) : EspOutcome.BadInnerPacket;
    }

    private EspOutcome Examine(in IpPacketHead head, ReadOnlySpan<byte> packet, out AhHeader ah)
    {
        ah = default;
        return head.IsFragment ? EspOutcome.Fragment
            : head.Protocol != IpProtocol.Ah ? EspOutcome.EncapsulationMismatch
            : !AhHeader.TryRead(packet[head.HeaderLength..head.TotalLength], out ah, out _) ? EspOutcome.TooShort
            : ah.Spi != Parameters.Spi ? EspOutcome.UnknownSpi
            : ah.Length != _geometry.HeaderLength(head.Version) ? EspOutcome.BadLength
            : EspOutcome.Ok;
    }

    private EspOutcome Verify(ulong sequenceNumber, int ahOffset, Span<byte> muted)
    {
        if (Parameters.Lifetime.IsUsedUp(Usage))
        {
            return EspOutcome.LifetimeEnded;
        }

        var cipher = _ciphers.Take();
        try
        {
            if (cipher is null)
            {
                return EspOutcome.UnknownSpi;
            }

            var iv = muted.Slice(ahOffset + AhHeader.FixedSize, _geometry.IvSize);
            var field = muted.Slice(ahOffset + _geometry.IcvOffset, _geometry.IcvSize);
            Span<byte> icv = stackalloc byte[_geometry.IcvSize];
            field.CopyTo(icv);
            field.Clear();
            if (!cipher.IsRight(sequenceNumber, muted, iv, icv))
            {
                return EspOutcome.IntegrityFailure;
            }
        }
        finally
        {
            _ciphers.Return(cipher);
        }

        // Only now: what is not authentic must not move the window (RFC 4302 section 3.4.3).
        var outcome = Replay.Outcome(ReplayWindow?.Accept(sequenceNumber));
        if (outcome == EspOutcome.Ok)
        {
            Usage.Count(muted.Length);
        }

        return outcome;
    }
}
