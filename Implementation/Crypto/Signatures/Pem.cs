// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Ipsec.Crypto.Signatures;

/// <summary>The blocks of a PEM text (RFC 7468).</summary>
internal static class Pem
{
    public static List<(string Label, byte[] Der)> Blocks(string pem)
    {
        List<(string, byte[])> blocks = [];
        ReadOnlySpan<char> rest = pem;
        while (PemEncoding.TryFind(rest, out PemFields fields))
        {
            blocks.Add((rest[fields.Label].ToString(), Convert.FromBase64String(rest[fields.Base64Data].ToString())));
            rest = rest[fields.Location.End..];
        }

        return blocks;
    }
}
