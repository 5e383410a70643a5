// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Tests.Certificates;

/// <summary>Small changes of octets.</summary>
internal static class Mutation
{
    public static byte[] Of(byte[] octets, int at, byte value, int operation)
    {
        int index = at % octets.Length;
        return operation switch
        {
            0 => [.. octets[..index], value, .. octets[(index + 1)..]],
            1 => octets[..index],
            2 => [.. octets[..index], value, .. octets[index..]],
            _ => [.. octets[..index], .. octets[(index + 1)..]],
        };
    }
}
