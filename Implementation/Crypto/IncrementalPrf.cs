// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto.Backends;

namespace Ipsec.Crypto;

/// <summary>
/// A PRF or hash computation over data that comes in parts: <c>prf.Begin(key).Append(a).Append(b).Finish()</c>. Not thread-safe.
/// </summary>
public sealed class IncrementalPrf : IDisposable
{
    private readonly IPrfState _state;

    internal IncrementalPrf(IPrfState state) => _state = state;

    /// <summary>Adds octets to the data; an empty part changes nothing.</summary>
    public IncrementalPrf Append(ReadOnlySpan<byte> part)
    {
        _state.Append(part);
        return this;
    }

    /// <summary>Adds one octet to the data.</summary>
    public IncrementalPrf Append(byte octet) => Append([octet]);

    /// <summary>The result over all parts. The object is then at its beginning again, with the same key.</summary>
    public byte[] Finish() => _state.Finish();

    /// <inheritdoc/>
    public void Dispose() => _state.Dispose();
}
