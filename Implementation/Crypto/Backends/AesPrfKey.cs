// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Backends;

/// <summary>How the pseudo-random functions made with AES come from a key of any length to one of 16 octets.</summary>
internal static class AesPrfKey
{
    private const int Size = 16;

    /// <summary>RFC 4434 section 2: a shorter key is filled up with zeros, a longer one is replaced by its code under a key of zeros.</summary>
    public static byte[] Xcbc(ReadOnlySpan<byte> key)
    {
        if (key.Length > Size)
        {
            return Code(AesCbcMac.Xcbc(new byte[Size]), key);
        }

        byte[] filled = new byte[Size];
        key.CopyTo(filled);
        return filled;
    }

    /// <summary>RFC 4615 section 3: a key of any other length is replaced by its code under a key of zeros.</summary>
    public static byte[] Cmac(ReadOnlySpan<byte> key) => key.Length == Size ? key.ToArray() : Code(AesCbcMac.Cmac(new byte[Size]), key);

    private static byte[] Code(AesCbcMac mac, ReadOnlySpan<byte> data)
    {
        using (mac)
        {
            byte[] code = new byte[Size];
            mac.Append(data);
            mac.Finish(code);
            return code;
        }
    }
}
