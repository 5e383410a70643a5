// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Ipsec.Crypto.Backends;

/// <summary>
/// AES-CBC on the platform's CBC transforms, created once. <see cref="SymmetricAlgorithm.EncryptCbc(ReadOnlySpan{byte},
/// ReadOnlySpan{byte}, Span{byte}, PaddingMode)"/> would be plainer, but sets up (and allocates) a cipher context in every call.
/// A transform cannot be given a new IV; it chains on from the last ciphertext block it has seen. As CBC only ever xors the chaining
/// block with the first plaintext block, xoring (last block # IV) into that block has the effect of starting from the IV.
/// </summary>
internal sealed class AesCbcCipher : ICbcCipher
{
    private const int Block = 16;
    private const int InitialCapacity = 2048;

    private readonly ICryptoTransform _encryptor;
    private readonly ICryptoTransform _decryptor;
    private readonly byte[] _encryptorChain = new byte[Block];
    private readonly byte[] _decryptorChain = new byte[Block];
    private byte[] _buffer = new byte[InitialCapacity];

    public AesCbcCipher(ReadOnlySpan<byte> key)
    {
        using Aes aes = Aes.Create();
        aes.SetKey(key);
        aes.Mode = CipherMode.CBC;
        aes.Padding = PaddingMode.None;
        aes.IV = new byte[Block];
        _encryptor = aes.CreateEncryptor();
        _decryptor = aes.CreateDecryptor();
    }

    public int BlockSize => Block;

    public void Encrypt(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext)
    {
        CheckSizes(iv, plaintext, ciphertext);
        if (plaintext.IsEmpty)
        {
            return;
        }

        Load(plaintext);
        Xor(_buffer, iv);
        Xor(_buffer, _encryptorChain);
        _encryptor.TransformBlock(_buffer, 0, plaintext.Length, _buffer, 0);
        _buffer.AsSpan(plaintext.Length - Block, Block).CopyTo(_encryptorChain);
        _buffer.AsSpan(0, plaintext.Length).CopyTo(ciphertext);
    }

    public void Decrypt(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext)
    {
        CheckSizes(iv, ciphertext, plaintext);
        if (ciphertext.IsEmpty)
        {
            return;
        }

        Span<byte> lastBlock = stackalloc byte[Block];
        ciphertext[^Block..].CopyTo(lastBlock);
        Load(ciphertext);
        _decryptor.TransformBlock(_buffer, 0, ciphertext.Length, _buffer, 0);
        Xor(_buffer, iv);
        Xor(_buffer, _decryptorChain);
        lastBlock.CopyTo(_decryptorChain);
        _buffer.AsSpan(0, ciphertext.Length).CopyTo(plaintext);
    }

    public void Dispose()
    {
        _encryptor.Dispose();
        _decryptor.Dispose();
        CryptographicOperations.ZeroMemory(_buffer);
    }

    private void Load(ReadOnlySpan<byte> input)
    {
        if (input.Length > _buffer.Length)
        {
            CryptographicOperations.ZeroMemory(_buffer);
            _buffer = new byte[input.Length];
        }

        input.CopyTo(_buffer);
    }

    private static void Xor(Span<byte> destination, ReadOnlySpan<byte> block)
    {
        for (int i = 0; i < Block; i++)
        {
            destination[i] ^= block[i];
        }
    }

    private static void CheckSizes(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (iv.Length != Block)
        {
            throw new ArgumentException($"the IV has {iv.Length} octets, not {Block}", nameof(iv));
        }

        if (input.Length % Block != 0)
        {
            throw new ArgumentException($"{input.Length} octets are no whole number of blocks", nameof(input));
        }

        if (output.Length != input.Length)
        {
            throw new ArgumentException($"{output.Length} octets of output for {input.Length} of input", nameof(output));
        }
    }
}
