// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Ipsec.Crypto.Backends;

/// <summary>GCM without a plaintext (RFC 4543 section 2), over data in parts.</summary>
internal sealed class Gmac(ReadOnlySpan<byte> key) : IDisposable
{
    public const int NonceSize = 12;

    public const int TagSize = 16;

    private const int InitialCapacity = 2048;

    private readonly AesGcm _gcm = new(key, TagSize);

    // The platform takes the data in one piece.
    private byte[] _data = new byte[InitialCapacity];

    public void Compute(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, Span<byte> tag)
    {
        int size = a.Length + b.Length + c.Length;
        if (size > _data.Length)
        {
            _data = new byte[size];
        }

        a.CopyTo(_data);
        b.CopyTo(_data.AsSpan(a.Length));
        c.CopyTo(_data.AsSpan(a.Length + b.Length));
        _gcm.Encrypt(nonce, [], Span<byte>.Empty, tag, _data.AsSpan(0, size));
    }

    public void Dispose() => _gcm.Dispose();
}
