// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Backends;

/// <summary>What an <see cref="IncrementalPrf"/> goes on with.</summary>
internal interface IPrfState : IDisposable
{
    void Append(ReadOnlySpan<byte> part);

    /// <summary>The result over all parts; the state is then at its beginning again.</summary>
    byte[] Finish();
}
