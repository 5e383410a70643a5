// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Tests.Vectors;

public sealed record CbcVector(string Algorithm, string Source, byte[] Key, byte[] Iv, byte[] Plaintext, byte[] Ciphertext)
    : Vector(Algorithm, Source)
{
    public static IReadOnlyList<CbcVector> All { get; } = Read<CbcVector>("cbc.json");
}
