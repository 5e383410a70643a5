// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Tests.Vectors;

/// <summary>A vector of a cipher that is neither CBC nor AEAD.</summary>
public sealed record CipherVector(
    string Algorithm, string Source, byte[] Key, byte[] Salt, byte[] Iv, byte[] Plaintext, byte[] Ciphertext)
    : Vector(Algorithm, Source)
{
    public static IReadOnlyList<CipherVector> All { get; } = Read<CipherVector>("cipher.json");

    public byte[] Nonce => [.. Salt, .. Iv];
}
