// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace Ipsec.Wire.Tests;

/// <summary>Octets written by hand, as people lay out packets: hexadecimal with spaces and line breaks, "; ..." is a remark.</summary>
internal static class Hex
{
    public static byte[] Bytes(string text)
    {
        var digits = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            digits.Append(line.Split(';')[0].Replace(" ", "", StringComparison.Ordinal).Trim());
        }

        return Convert.FromHexString(digits.ToString());
    }

    public static string Text(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
