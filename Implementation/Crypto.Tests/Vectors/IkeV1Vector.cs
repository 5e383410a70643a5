// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Tests.Vectors;

/// <summary>The keys of a phase 1 SA. Without a pre-shared key the authentication is by signature.</summary>
public sealed record IkeV1Vector(
    string Algorithm,
    string Source,
    byte[]? Psk,
    byte[] CookieI,
    byte[] CookieR,
    byte[] Ni,
    byte[] Nr,
    byte[] Gxy,
    byte[] Skeyid,
    byte[] SkeyidD,
    byte[] SkeyidA,
    byte[] SkeyidE) : Vector(Algorithm, Source)
{
    public static IReadOnlyList<IkeV1Vector> All { get; } = Read<IkeV1Vector>("ikev1.json");
}
