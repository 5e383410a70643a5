// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Ipsec.Crypto.Backends;

/// <summary>AUTH_AES_GMAC, for AH alone (RFC 4543 section 4). The key is that of AES with four octets of salt behind it (section 5.4).</summary>
internal sealed class GmacIntegrity : IIntegrity
{
    public const int SaltSize = 4;

    private readonly Gmac _gmac;
    private readonly byte[] _nonce = new byte[Gmac.NonceSize];

    public GmacIntegrity(ReadOnlySpan<byte> keyAndSalt)
    {
        _gmac = new Gmac(keyAndSalt[..^SaltSize]);
        keyAndSalt[^SaltSize..].CopyTo(_nonce);
    }

    public int IcvSize => Gmac.TagSize;

    public int IvSize => Gmac.NonceSize - SaltSize;

    public void Compute(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> icv) => throw NeedsIv();

    public bool Verify(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> icv) => throw NeedsIv();

    public void Compute(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> icv)
    {
        if (iv.Length != IvSize)
        {
            throw new ArgumentException($"the IV has {iv.Length} octets, not {IvSize}", nameof(iv));
        }

        if (icv.Length != IcvSize)
        {
            throw new ArgumentException($"{icv.Length} octets for an ICV of {IcvSize}", nameof(icv));
        }

        iv.CopyTo(_nonce.AsSpan(SaltSize));
        _gmac.Compute(_nonce, a, b, [], icv);
    }

    public bool Verify(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> icv)
    {
        if (icv.Length != IcvSize)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[Gmac.TagSize];
        Compute(iv, a, b, expected);
        return CryptographicOperations.FixedTimeEquals(expected, icv);
    }

    public void Dispose() => _gmac.Dispose();

    private static InvalidOperationException NeedsIv() => new("AES-GMAC takes an IV for each message");
}
