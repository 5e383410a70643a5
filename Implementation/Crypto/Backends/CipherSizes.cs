// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Backends;

/// <summary>What every cipher asks of the lengths it is given.</summary>
internal static class CipherSizes
{
    public static void Check(ICipher cipher, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (nonce.Length != cipher.NonceSize)
        {
            throw new ArgumentException($"the IV has {nonce.Length} octets, not {cipher.NonceSize}", nameof(nonce));
        }

        if (input.Length % cipher.BlockSize != 0)
        {
            throw new ArgumentException($"{input.Length} octets are no whole number of blocks", nameof(input));
        }

        if (output.Length != input.Length)
        {
            throw new ArgumentException($"{output.Length} octets of output for {input.Length} of input", nameof(output));
        }
    }

    public static void Check(
        IAeadCipher cipher, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> input, Span<byte> output, ReadOnlySpan<byte> tag)
    {
        if (nonce.Length != cipher.NonceSize)
        {
            throw new ArgumentException($"the nonce has {nonce.Length} octets, not {cipher.NonceSize}", nameof(nonce));
        }

        if (output.Length != input.Length)
        {
            throw new ArgumentException($"{output.Length} octets of output for {input.Length} of input", nameof(output));
        }

        if (tag.Length != cipher.TagSize)
        {
            throw new ArgumentException($"the tag has {tag.Length} octets, not {cipher.TagSize}", nameof(tag));
        }
    }
}
