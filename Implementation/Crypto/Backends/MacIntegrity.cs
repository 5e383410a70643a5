// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Ipsec.Crypto.Backends;

/// <summary>A message authentication code truncated to its leftmost octets.</summary>
internal sealed class MacIntegrity(AesCbcMac mac, int icvSize) : IIntegrity
{
    private const int WholeSize = 16;

    public int IcvSize => icvSize;

    public void Compute(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> icv)
    {
        if (icv.Length != icvSize)
        {
            throw new ArgumentException($"{icv.Length} octets for an ICV of {icvSize}", nameof(icv));
        }

        Span<byte> output = stackalloc byte[WholeSize];
        mac.Append(a);
        mac.Append(b);
        mac.Finish(output);
        output[..icvSize].CopyTo(icv);
    }

    public bool Verify(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> icv)
    {
        if (icv.Length != icvSize)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[WholeSize];
        expected = expected[..icvSize];
        Compute(a, b, expected);
        return CryptographicOperations.FixedTimeEquals(expected, icv);
    }

    public void Dispose() => mac.Dispose();
}
