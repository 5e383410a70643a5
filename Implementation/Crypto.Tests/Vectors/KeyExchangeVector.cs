// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Tests.Vectors;

public sealed record KeyExchangeVector(
    string Algorithm, string Source, byte[] PrivateI, byte[] PublicI, byte[] PrivateR, byte[] PublicR, byte[] Shared)
    : Vector(Algorithm, Source)
{
    public static IReadOnlyList<KeyExchangeVector> All { get; } = Read<KeyExchangeVector>("key-exchange.json");
}
