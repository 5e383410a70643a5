// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Ipsec.Crypto;

/// <summary>The operating system's cryptographic random generator. Thread-safe.</summary>
public sealed class SystemRandomSource : IRandomSource
{
    /// <inheritdoc/>
    public void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
}
