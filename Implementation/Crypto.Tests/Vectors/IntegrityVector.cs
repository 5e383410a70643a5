// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Tests.Vectors;

/// <summary>An ICV. The IV is for algorithms that take one.</summary>
public sealed record IntegrityVector(string Algorithm, string Source, byte[] Key, byte[] Data, byte[] Icv, byte[]? Iv = null)
    : Vector(Algorithm, Source)
{
    public static IReadOnlyList<IntegrityVector> All { get; } = Read<IntegrityVector>("integrity.json");
}
