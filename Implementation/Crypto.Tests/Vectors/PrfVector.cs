// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Tests.Vectors;

public sealed record PrfVector(string Algorithm, string Source, byte[] Key, byte[] Data, byte[] Output) : Vector(Algorithm, Source)
{
    public static IReadOnlyList<PrfVector> All { get; } = Read<PrfVector>("prf.json");
}
