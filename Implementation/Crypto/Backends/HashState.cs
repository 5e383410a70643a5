// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Ipsec.Crypto.Backends;

/// <summary>A hash or HMAC of the platform.</summary>
internal sealed class HashState(IncrementalHash hash) : IPrfState
{
    public void Append(ReadOnlySpan<byte> part) => hash.AppendData(part);

    public byte[] Finish() => hash.GetHashAndReset();

    public void Dispose() => hash.Dispose();
}
