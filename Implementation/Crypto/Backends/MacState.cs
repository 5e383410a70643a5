// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Backends;

/// <summary>A message authentication code as a pseudo-random function.</summary>
internal sealed class MacState(AesCbcMac mac) : IPrfState
{
    private const int Size = 16;

    public void Append(ReadOnlySpan<byte> part) => mac.Append(part);

    public byte[] Finish()
    {
        byte[] output = new byte[Size];
        mac.Finish(output);
        return output;
    }

    public void Dispose() => mac.Dispose();
}
