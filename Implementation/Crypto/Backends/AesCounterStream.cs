// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Ipsec.Crypto.Backends;

/// <summary>
/// The key stream of AES in counter mode: consecutive counter blocks, encrypted by the platform's ECB transform in one call. The
/// platform itself offers counter mode only inside its AEADs. The counter is the last four octets of the block.
/// </summary>
internal sealed class AesCounterStream : IDisposable
{
    /// <summary>Octets of a counter block before the counter.</summary>
    public const int PrefixSize = 12;

    private const int Block = 16;
    private const int InitialCapacity = 2048;

    private readonly ICryptoTransform _encryptor;
    private byte[] _stream = new byte[InitialCapacity];

    public AesCounterStream(ReadOnlySpan<byte> key)
    {
        using var aes = Aes.Create();
        aes.SetKey(key);
        aes.Mode = CipherMode.ECB;
        aes.Padding = PaddingMode.None;
        _encryptor = aes.CreateEncryptor();
    }

    /// <summary>Xors with the key stream.</summary>
    /// <param name="prefix"><see cref="PrefixSize"/> octets.</param>
    /// <param name="firstCounter">The counter of the first block.</param>
    /// <param name="input">Any length.</param>
    /// <param name="output">As long as <paramref name="input"/>; may be the same memory.</param>
    public void Apply(ReadOnlySpan<byte> prefix, uint firstCounter, ReadOnlySpan<byte> input, Span<byte> output)
    {
        int blocks = (input.Length + Block - 1) / Block;
        if (blocks == 0)
        {
            return;
        }

        if (blocks * Block > _stream.Length)
        {
            _stream = new byte[blocks * Block];
        }

        Span<byte> stream = _stream.AsSpan(0, blocks * Block);
        for (int i = 0; i < blocks; i++)
        {
            Span<byte> block = stream.Slice(i * Block, Block);
            prefix.CopyTo(block);
            BinaryPrimitives.WriteUInt32BigEndian(block[PrefixSize..], unchecked(firstCounter + (uint)i));
        }

        _encryptor.TransformBlock(_stream, 0, stream.Length, _stream, 0);
        Xor(input, stream[..input.Length], output);
    }

    public void Dispose()
    {
        _encryptor.Dispose();
        CryptographicOperations.ZeroMemory(_stream);
    }

    private static void Xor(ReadOnlySpan<byte> input, ReadOnlySpan<byte> stream, Span<byte> output)
    {
        int at = 0;
        for (; at <= input.Length - Vector<byte>.Count; at += Vector<byte>.Count)
        {
            (new Vector<byte>(input[at..]) ^ new Vector<byte>(stream[at..])).CopyTo(output[at..]);
        }

        for (; at < input.Length; at++)
        {
            output[at] = (byte)(input[at] ^ stream[at]);
        }
    }
}
