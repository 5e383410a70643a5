// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Tests.Vectors;

public sealed record AeadVector(
    string Algorithm, string Source, byte[] Key, byte[] Salt, byte[] Iv, byte[] Aad, byte[] Plaintext, byte[] Ciphertext, byte[] Tag)
    : Vector(Algorithm, Source)
{
    public static IReadOnlyList<AeadVector> All { get; } = Read<AeadVector>("aead.json");

    public byte[] Nonce => [.. Salt, .. Iv];
}
