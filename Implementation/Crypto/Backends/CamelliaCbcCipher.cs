// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace Ipsec.Crypto.Backends;

/// <summary>
/// Camellia-CBC on Bouncy Castle's mode, set up once with an IV of zeros, to which a reset brings it back. To set it up for each message
/// would cost a key schedule; that the IV is not zero is made good by xoring it into the first block of plaintext, which is all that CBC
/// does with it. The engine itself allocates 40 octets for each block: the one exception to what <see cref="ICipher"/> says.
/// </summary>
internal sealed class CamelliaCbcCipher : ICbcCipher
{
    private const int Block = 16;

    private readonly CbcBlockCipher _encryptor = new(new CamelliaEngine());
    private readonly CbcBlockCipher _decryptor = new(new CamelliaEngine());

    public CamelliaCbcCipher(ReadOnlySpan<byte> key)
    {
        var parameters = new ParametersWithIV(new KeyParameter(key), new byte[Block]);
        _encryptor.Init(forEncryption: true, parameters);
        _decryptor.Init(forEncryption: false, parameters);
    }

    public int BlockSize => Block;

    public int NonceSize => Block;

    public void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext)
    {
        CipherSizes.Check(this, nonce, plaintext, ciphertext);
        Span<byte> block = stackalloc byte[Block];
        _encryptor.Reset();
        for (int at = 0; at < plaintext.Length; at += Block)
        {
            plaintext.Slice(at, Block).CopyTo(block);
            if (at == 0)
            {
                Xor(block, nonce);
            }

            _encryptor.ProcessBlock(block, ciphertext.Slice(at, Block));
        }

        CryptographicOperations.ZeroMemory(block);
    }

    public void Decrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext)
    {
        CipherSizes.Check(this, nonce, ciphertext, plaintext);
        Span<byte> block = stackalloc byte[Block];
        _decryptor.Reset();
        for (int at = 0; at < ciphertext.Length; at += Block)
        {
            ciphertext.Slice(at, Block).CopyTo(block);
            _decryptor.ProcessBlock(block, plaintext.Slice(at, Block));
        }

        if (!plaintext.IsEmpty)
        {
            Xor(plaintext, nonce);
        }
    }

    // Bouncy Castle's key schedule is private to it; there is nothing else to release.
    public void Dispose()
    {
    }

    private static void Xor(Span<byte> destination, ReadOnlySpan<byte> block)
    {
        for (int i = 0; i < Block; i++)
        {
            destination[i] ^= block[i];
        }
    }
}
