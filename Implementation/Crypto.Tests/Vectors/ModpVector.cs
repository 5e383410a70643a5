// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Tests.Vectors;

/// <summary>A vector for a MODP group that is no row, with the numbers that define the group.</summary>
public sealed record ModpVector(
    string Source, byte[] Prime, byte[] Generator, byte[] PrivateI, byte[] PublicI, byte[] PrivateR, byte[] PublicR, byte[] Shared)
{
    public static IReadOnlyList<ModpVector> All { get; } = Vector.Read<ModpVector>("modp-rfc5114.json");

    public override string ToString() => Source;
}
