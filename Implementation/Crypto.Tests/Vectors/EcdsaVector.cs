// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Tests.Vectors;

/// <summary>An ECDSA signature. <c>Deterministic</c>: made as RFC 6979 says, so that signing has to give the same.</summary>
public sealed record EcdsaVector(
    string Algorithm, string Source, bool Deterministic, byte[] PrivateKey, byte[] X, byte[] Y, byte[] Data, byte[] Signature)
    : Vector(Algorithm, Source)
{
    public static IReadOnlyList<EcdsaVector> All { get; } = Read<EcdsaVector>("ecdsa.json");
}
