// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Ipsec.Crypto.Backends;

/// <summary>
/// AES and Triple DES in CBC mode on the platform's CBC transforms, created once. <see cref="SymmetricAlgorithm.EncryptCbc(ReadOnlySpan{byte},
/// ReadOnlySpan{byte}, Span{byte}, PaddingMode)"/> would be plainer, but sets up (and allocates) a cipher context in every call.
/// A transform cannot be given a new IV; it chains on from the last ciphertext block it has seen. As CBC only ever xors the chaining
/// block with the first plaintext block, xoring (last block # IV) into that block has the effect of starting from the IV.
/// </summary>
internal sealed class PlatformCbcCipher : ICbcCipher
{
    private const int InitialCapacity = 2048;

    private readonly ICryptoTransform _encryptor;
    private readonly ICryptoTransform _decryptor;
    private readonly byte[] _encryptorChain;
    private readonly byte[] _decryptorChain;
    private byte[] _buffer = new byte[InitialCapacity];

    private PlatformCbcCipher(SymmetricAlgorithm algorithm)
    {
        BlockSize = algorithm.BlockSize / 8;
        algorithm.Mode = CipherMode.CBC;
        algorithm.Padding = PaddingMode.None;
        algorithm.IV = new byte[BlockSize];
        _encryptor = algorithm.CreateEncryptor();
        _decryptor = algorithm.CreateDecryptor();
        _encryptorChain = new byte[BlockSize];
        _decryptorChain = new byte[BlockSize];
    }

    public int BlockSize { get; }

    public int NonceSize => BlockSize;

    public static PlatformCbcCipher Aes(ReadOnlySpan<byte> key)
    {
        using var aes = System.Security.Cryptography.Aes.Create();
        aes.SetKey(key);
        return new PlatformCbcCipher(aes);
    }

    /// <exception cref="CryptographicException">Two neighbouring keys of the three are equal, which leaves single DES (RFC 2451 section 2.3).</exception>
    public static PlatformCbcCipher TripleDes(ReadOnlySpan<byte> key)
    {
        using var tripleDes = TripleDES.Create();
        tripleDes.SetKey(key);
        return new PlatformCbcCipher(tripleDes);
    }

    public void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext)
    {
        CipherSizes.Check(this, nonce, plaintext, ciphertext);
        if (plaintext.IsEmpty)
        {
            return;
        }

        Load(plaintext);
        Xor(_buffer, nonce);
        Xor(_buffer, _encryptorChain);
        _encryptor.TransformBlock(_buffer, 0, plaintext.Length, _buffer, 0);
        _buffer.AsSpan(plaintext.Length - BlockSize, BlockSize).CopyTo(_encryptorChain);
        _buffer.AsSpan(0, plaintext.Length).CopyTo(ciphertext);
    }

    public void Decrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext)
    {
        CipherSizes.Check(this, nonce, ciphertext, plaintext);
        if (ciphertext.IsEmpty)
        {
            return;
        }

        Span<byte> lastBlock = stackalloc byte[BlockSize];
        ciphertext[^BlockSize..].CopyTo(lastBlock);
        Load(ciphertext);
        _decryptor.TransformBlock(_buffer, 0, ciphertext.Length, _buffer, 0);
        Xor(_buffer, nonce);
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
        for (int i = 0; i < block.Length; i++)
        {
            destination[i] ^= block[i];
        }
    }
}
