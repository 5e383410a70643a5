// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ipsec.Crypto;

/// <summary>
/// A repeatable stream of octets for tests and replays: block n is HMAC-SHA-256(seed, n), seed and n as 8 octets, big endian.
/// The stream does not depend on how it is cut into calls. Thread-safe; with several threads the order of the calls decides who
/// gets which octets. Not a source of secrets: whoever knows the seed knows everything.
/// </summary>
public sealed class SeededRandomSource : IRandomSource
{
    private const int SeedSize = sizeof(ulong);

    private readonly Lock _lock = new();
    private readonly byte[] _seed = new byte[SeedSize];
    private readonly byte[] _block = new byte[HMACSHA256.HashSizeInBytes];
    private ulong _nextBlock;
    private int _used;

    /// <summary>Creates the stream that belongs to <paramref name="seed"/>.</summary>
    public SeededRandomSource(ulong seed)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_seed, seed);
        _used = _block.Length;
    }

    /// <inheritdoc/>
    public void Fill(Span<byte> destination)
    {
        lock (_lock)
        {
            while (!destination.IsEmpty)
            {
                if (_used == _block.Length)
                {
                    ComputeNextBlock();
                }

                int count = Math.Min(destination.Length, _block.Length - _used);
                _block.AsSpan(_used, count).CopyTo(destination);
                destination = destination[count..];
                _used += count;
            }
        }
    }

    private void ComputeNextBlock()
    {
        Span<byte> counter = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(counter, _nextBlock++);
        HMACSHA256.HashData(_seed, counter, _block);
        _used = 0;
    }
}
