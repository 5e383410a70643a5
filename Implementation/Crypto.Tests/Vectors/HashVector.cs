// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Tests.Vectors;

public sealed record HashVector(string Algorithm, string Source, byte[] Data, byte[] Output) : Vector(Algorithm, Source)
{
    public static IReadOnlyList<HashVector> All { get; } = Read<HashVector>("hash.json");
}
