// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Crypto;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// The algorithms of one SA with their keys set up: separate ones (RFC 4303 section 3.3.2.1) or a combined one (section 3.3.2.2).
/// For one thread at a time.
/// </summary>
internal sealed class EspCipher : IDisposable
{
    private readonly EspGeometry _geometry;
    private readonly bool _extended;
    private readonly bool _implicitIv;
    private readonly ICipher? _cipher;
    private readonly IIntegrity? _integrity;
    private readonly IAeadCipher? _aead;
    private readonly byte[] _nonce;
    private readonly int _saltSize;

    public EspCipher(EspSaParameters parameters)
    {
        var algorithm = parameters.EncryptionAlgorithm;
        _geometry = new EspGeometry(parameters);
        _extended = parameters.ExtendedSequenceNumbers;
        _saltSize = algorithm.SaltSize;
        _implicitIv = parameters.ImplicitIv;
        _nonce = new byte[algorithm.NonceSize];
        parameters.Salt.Span.CopyTo(_nonce);
        if (algorithm.IsAead)
        {
            _aead = algorithm.CreateAead(parameters.EncryptionKey.Span);
        }
        else
        {
            _cipher = algorithm.CreateCipher(parameters.EncryptionKey.Span);
            _integrity = parameters.IntegrityAlgorithm?.Create(parameters.IntegrityKey.Span);
        }
    }

    /// <summary>Encrypts in place and appends the ICV.</summary>
    /// <param name="sequenceNumber">The whole number; the packet shows its low half.</param>
    /// <param name="packet">Header, IV and plaintext with trailer are there; the ICV's bytes are not.</param>
    public void Seal(ulong sequenceNumber, Span<byte> packet)
    {
        var nonce = Nonce(sequenceNumber, packet);
        var authenticated = packet[..^_geometry.IcvSize];
        var text = authenticated[_geometry.CiphertextOffset..];
        var icv = packet[^_geometry.IcvSize..];
        Span<byte> scratch = stackalloc byte[AadMaxSize];
        if (_aead is not null)
        {
            _aead.Seal(nonce, Aad(sequenceNumber, packet, scratch), text, text, icv);
            return;
        }

        _cipher!.Encrypt(nonce, text, text);
        _integrity?.Compute(authenticated, ImplicitTail(sequenceNumber, scratch), icv);
    }

    /// <summary>Verifies the ICV and, only if it is right, decrypts.</summary>
    /// <param name="sequenceNumber">The whole number.</param>
    /// <param name="packet">A packet of measured length.</param>
    /// <param name="plaintext">Exactly as long as the ciphertext.</param>
    /// <returns>False when the ICV is wrong. Always true without integrity.</returns>
    public bool TryOpen(ulong sequenceNumber, ReadOnlySpan<byte> packet, Span<byte> plaintext)
    {
        if (_aead is not null)
        {
            Span<byte> scratch = stackalloc byte[AadMaxSize];
            var aad = Aad(sequenceNumber, packet, scratch);
            return _aead.TryOpen(Nonce(sequenceNumber, packet), aad, Ciphertext(packet), packet[^_geometry.IcvSize..], plaintext);
        }

        if (!HasRightIcv(sequenceNumber, packet))
        {
            return false;
        }

        Decrypt(packet, plaintext);
        return true;
    }

    /// <summary>Verifies the ICV of a separate integrity algorithm; true without one.</summary>
    public bool HasRightIcv(ulong sequenceNumber, ReadOnlySpan<byte> packet)
    {
        Span<byte> scratch = stackalloc byte[AadMaxSize];
        return _integrity is null
            || _integrity.Verify(packet[..^_geometry.IcvSize], ImplicitTail(sequenceNumber, scratch), packet[^_geometry.IcvSize..]);
    }

    /// <summary>Decrypts without asking for the ICV; possible with separate algorithms only.</summary>
    public void Decrypt(ReadOnlySpan<byte> packet, Span<byte> plaintext) =>
        _cipher!.Decrypt(Nonce(0, packet), Ciphertext(packet), plaintext);

    public void Dispose()
    {
        _cipher?.Dispose();
        _integrity?.Dispose();
        _aead?.Dispose();
    }

    private const int AadMaxSize = 12;

    // Salt and IV; the latter is the packet's, or the whole sequence number where RFC 8750 section 4 has it so.
    private ReadOnlySpan<byte> Nonce(ulong sequenceNumber, ReadOnlySpan<byte> packet)
    {
        var iv = _nonce.AsSpan(_saltSize);
        if (_implicitIv)
        {
            BinaryPrimitives.WriteUInt64BigEndian(iv, sequenceNumber);
        }
        else
        {
            packet[EspHeader.Size.._geometry.CiphertextOffset].CopyTo(iv);
        }

        return _nonce;
    }

    private ReadOnlySpan<byte> Ciphertext(ReadOnlySpan<byte> packet) => packet[_geometry.CiphertextOffset..^_geometry.IcvSize];

    // SPI and sequence number, the latter whole and in its natural order (RFC 4106 section 5).
    private ReadOnlySpan<byte> Aad(ulong sequenceNumber, ReadOnlySpan<byte> packet, Span<byte> scratch)
    {
        if (!_extended)
        {
            return packet[..EspHeader.Size];
        }

        packet[..sizeof(uint)].CopyTo(scratch);
        BinaryPrimitives.WriteUInt64BigEndian(scratch[sizeof(uint)..], sequenceNumber);
        return scratch[..AadMaxSize];
    }

    // With separate algorithms the high half comes behind the next header, and is not sent (RFC 4303 section 3.3.2.1 step 4).
    private ReadOnlySpan<byte> ImplicitTail(ulong sequenceNumber, Span<byte> scratch)
    {
        if (!_extended)
        {
            return [];
        }

        BinaryPrimitives.WriteUInt32BigEndian(scratch, (uint)(sequenceNumber >> 32));
        return scratch[..sizeof(uint)];
    }
}
