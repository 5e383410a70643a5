// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ipsec.Crypto.Backends;

/// <summary>
/// AES-CCM with the 11-octet nonce and the 4-octet counter of RFC 4309, put together as RFC 3610 says from the platform's CBC mode (the
/// CBC-MAC is its last block) and from the key stream. The platform's own AES-CCM sets up, and allocates, a context in every call; the
/// tests hold this one against it.
/// </summary>
internal sealed class AesCcmCipher(ReadOnlySpan<byte> key, int tagSize) : IAeadCipher
{
    private const int Block = 16;
    private const int LengthSize = 4;
    private const int InitialCapacity = 2048;

    // RFC 3610 section 2.2: beyond this the length of the AAD has another encoding, and ESP and IKE never come near it.
    private const int LongestAad = 0xfeff;

    private readonly PlatformCbcCipher _mac = PlatformCbcCipher.Aes(key);
    private readonly AesCounterStream _stream = new(key);
    private byte[] _blocks = new byte[InitialCapacity];

    public int NonceSize => Block - 1 - LengthSize;

    public int TagSize => tagSize;

    public void Seal(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag)
    {
        CipherSizes.Check(this, nonce, plaintext, ciphertext, tag);
        Span<byte> whole = stackalloc byte[Block];
        Authenticate(nonce, aad, plaintext, whole);
        Crypt(nonce, plaintext, ciphertext);
        whole[..tagSize].CopyTo(tag);
    }

    public bool TryOpen(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext)
    {
        if (tag.Length != tagSize)
        {
            plaintext.Clear();
            return false;
        }

        CipherSizes.Check(this, nonce, ciphertext, plaintext, tag);
        Span<byte> expected = stackalloc byte[Block];
        Crypt(nonce, ciphertext, plaintext);
        Authenticate(nonce, aad, plaintext, expected);
        if (CryptographicOperations.FixedTimeEquals(expected[..tagSize], tag))
        {
            return true;
        }

        plaintext.Clear();
        return false;
    }

    public void Dispose()
    {
        _mac.Dispose();
        _stream.Dispose();
        CryptographicOperations.ZeroMemory(_blocks);
    }

    // RFC 3610 section 2.3: counter blocks A_i; the message begins with A_1.
    private void Crypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> input, Span<byte> output) =>
        _stream.Apply(CounterPrefix(nonce, stackalloc byte[AesCounterStream.PrefixSize]), firstCounter: 1, input, output);

    // RFC 3610 section 2.2: the CBC-MAC of B_0, the AAD with its length, and the message, each filled up with zeros; then xored with the
    // key stream of A_0.
    private void Authenticate(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> message, Span<byte> tag)
    {
        if (aad.Length > LongestAad)
        {
            throw new ArgumentException($"{aad.Length} octets of AAD are more than {LongestAad}", nameof(aad));
        }

        int aadSize = aad.IsEmpty ? 0 : Padded(sizeof(ushort) + aad.Length);
        Span<byte> blocks = Blocks(Block + aadSize + Padded(message.Length));
        blocks[0] = (byte)((aad.IsEmpty ? 0 : 0x40) | (((tagSize - 2) / 2) << 3) | (LengthSize - 1));
        nonce.CopyTo(blocks[1..]);
        BinaryPrimitives.WriteInt32BigEndian(blocks[(Block - LengthSize)..], message.Length);
        if (!aad.IsEmpty)
        {
            BinaryPrimitives.WriteUInt16BigEndian(blocks[Block..], (ushort)aad.Length);
            aad.CopyTo(blocks[(Block + sizeof(ushort))..]);
        }

        message.CopyTo(blocks[(Block + aadSize)..]);
        Span<byte> zero = stackalloc byte[Block];
        zero.Clear();
        _mac.Encrypt(zero, blocks, blocks);
        _stream.Apply(CounterPrefix(nonce, stackalloc byte[AesCounterStream.PrefixSize]), firstCounter: 0, blocks[^Block..], tag);
    }

    private Span<byte> Blocks(int size)
    {
        if (size > _blocks.Length)
        {
            CryptographicOperations.ZeroMemory(_blocks);
            _blocks = new byte[size];
        }

        Span<byte> blocks = _blocks.AsSpan(0, size);
        blocks.Clear();
        return blocks;
    }

    private static ReadOnlySpan<byte> CounterPrefix(ReadOnlySpan<byte> nonce, Span<byte> prefix)
    {
        prefix[0] = LengthSize - 1;
        nonce.CopyTo(prefix[1..]);
        return prefix;
    }

    private static int Padded(int size) => (size + Block - 1) / Block * Block;
}
