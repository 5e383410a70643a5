// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ipsec.Crypto.Backends;

/// <summary>
/// The two descendants of CBC-MAC: AES-XCBC-MAC (RFC 3566 section 4), which neither the platform nor Bouncy Castle has, and AES-CMAC
/// (RFC 4493), of which Bouncy Castle's allocates in every call; the tests hold this one against it. Both are the last block of a CBC
/// encryption in which one of two masks is xored into the last block of the message: one for a whole block, one for a block that was
/// filled up. They differ in where the masks and the cipher's key come from.
/// </summary>
internal sealed class AesCbcMac : IDisposable
{
    public const int Size = 16;

    private const int InitialCapacity = 2048;

    private readonly PlatformCbcCipher _cipher;
    private readonly byte[] _wholeBlockMask;
    private readonly byte[] _paddedBlockMask;
    private byte[] _message = new byte[InitialCapacity];
    private int _length;

    private AesCbcMac(PlatformCbcCipher cipher, byte[] wholeBlockMask, byte[] paddedBlockMask)
    {
        _cipher = cipher;
        _wholeBlockMask = wholeBlockMask;
        _paddedBlockMask = paddedBlockMask;
    }

    /// <summary>RFC 3566 section 4: K1, K2 and K3 are the encryptions of three constants; K1 is the key.</summary>
    public static AesCbcMac Xcbc(ReadOnlySpan<byte> key)
    {
        using var cipher = PlatformCbcCipher.Aes(key);
        return new AesCbcMac(PlatformCbcCipher.Aes(Encrypted(cipher, 1)), Encrypted(cipher, 2), Encrypted(cipher, 3));
    }

    /// <summary>RFC 4493 section 2.3: K1 and K2 are the encryption of zeros, doubled once and twice; the key is the key.</summary>
    public static AesCbcMac Cmac(ReadOnlySpan<byte> key)
    {
        var cipher = PlatformCbcCipher.Aes(key);
        byte[] k1 = Doubled(Encrypted(cipher, 0));
        return new AesCbcMac(cipher, k1, Doubled(k1));
    }

    public void Append(ReadOnlySpan<byte> part)
    {
        // Room for the last block to be filled up.
        int needed = _length + part.Length + Size;
        if (needed > _message.Length)
        {
            byte[] larger = new byte[Math.Max(needed, 2 * _message.Length)];
            _message.AsSpan(0, _length).CopyTo(larger);
            _message = larger;
        }

        part.CopyTo(_message.AsSpan(_length));
        _length += part.Length;
    }

    /// <summary>The code over all parts; the object is then at its beginning again.</summary>
    /// <param name="output"><see cref="Size"/> octets.</param>
    public void Finish(Span<byte> output)
    {
        int whole = _length / Size * Size;
        bool isPadded = whole < _length || _length == 0;
        int size = isPadded ? whole + Size : whole;
        Span<byte> blocks = _message.AsSpan(0, size);
        if (isPadded)
        {
            blocks[_length] = 0x80;
            blocks[(_length + 1)..].Clear();
        }

        Xor(blocks[^Size..], isPadded ? _paddedBlockMask : _wholeBlockMask);
        Span<byte> zero = stackalloc byte[Size];
        zero.Clear();
        _cipher.Encrypt(zero, blocks, blocks);
        blocks[^Size..].CopyTo(output);
        _length = 0;
    }

    public void Dispose()
    {
        _cipher.Dispose();
        CryptographicOperations.ZeroMemory(_wholeBlockMask);
        CryptographicOperations.ZeroMemory(_paddedBlockMask);
        CryptographicOperations.ZeroMemory(_message);
    }

    private static byte[] Encrypted(PlatformCbcCipher cipher, byte octet)
    {
        byte[] block = new byte[Size];
        block.AsSpan().Fill(octet);
        cipher.Encrypt(new byte[Size], block, block);
        return block;
    }

    // Multiplication by x in GF(2^128): a shift to the left, and the constant 0x87 for the bit that falls out.
    private static byte[] Doubled(byte[] block)
    {
        UInt128 number = BinaryPrimitives.ReadUInt128BigEndian(block);
        UInt128 doubled = (number << 1) ^ ((number >> 127) != 0 ? 0x87 : UInt128.Zero);
        byte[] result = new byte[Size];
        BinaryPrimitives.WriteUInt128BigEndian(result, doubled);
        return result;
    }

    private static void Xor(Span<byte> destination, ReadOnlySpan<byte> block)
    {
        for (int i = 0; i < Size; i++)
        {
            destination[i] ^= block[i];
        }
    }
}
