// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto;

/// <summary>
/// Where cookies, nonces, SPIs, initialization vectors and private values come from. The layers above draw from what they are
/// given, so that a seeded source makes a whole exchange repeatable byte for byte.
/// </summary>
public interface IRandomSource
{
    /// <summary>Fills all of <paramref name="destination"/>; any length, zero included.</summary>
    void Fill(Span<byte> destination);
}
