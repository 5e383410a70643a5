// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Ipsec.Crypto.Backends;

/// <summary>HMAC (RFC 2104) truncated to its leftmost octets, on one hash object that is reset by every result.</summary>
internal sealed class HmacIntegrity(HashAlgorithmName hash, ReadOnlySpan<byte> key, int icvSize) : IIntegrity
{
    private readonly IncrementalHash _hmac = IncrementalHash.CreateHMAC(hash, key);

    public int IcvSize => icvSize;

    public void Compute(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> icv)
    {
        if (icv.Length != icvSize)
        {
            throw new ArgumentException($"{icv.Length} octets for an ICV of {icvSize}", nameof(icv));
        }

        Span<byte> output = stackalloc byte[SHA512.HashSizeInBytes];
        _hmac.AppendData(a);
        _hmac.AppendData(b);
        _hmac.GetHashAndReset(output);
        output[..icvSize].CopyTo(icv);
    }

    public bool Verify(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> icv)
    {
        if (icv.Length != icvSize)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[SHA512.HashSizeInBytes];
        expected = expected[..icvSize];
        Compute(a, b, expected);
        return CryptographicOperations.FixedTimeEquals(expected, icv);
    }

    public void Dispose() => _hmac.Dispose();
}
