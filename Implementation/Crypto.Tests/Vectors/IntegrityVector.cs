// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Tests.Vectors;

public sealed record IntegrityVector(string Algorithm, string Source, byte[] Key, byte[] Data, byte[] Icv) : Vector(Algorithm, Source)
{
    public static IReadOnlyList<IntegrityVector> All { get; } = Read<IntegrityVector>("integrity.json");
}
