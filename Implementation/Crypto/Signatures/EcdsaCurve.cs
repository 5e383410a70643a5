// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Ipsec.Crypto.Signatures;

/// <summary>A curve of RFC 4754 section 7 with the hash that belongs to it. Sizes are in octets.</summary>
/// <param name="Kind">The kind of its keys.</param>
/// <param name="Oid">The curve's object identifier (RFC 5480 section 2.1.1.1).</param>
/// <param name="Bits">Bits of the field.</param>
/// <param name="Hash">What is applied to the data before it is signed.</param>
internal sealed record EcdsaCurve(KeyKind Kind, string Oid, int Bits, HashAlgorithmName Hash)
{
    private static readonly EcdsaCurve[] All =
    [
        new(KeyKind.EcdsaP256, "1.2.840.10045.3.1.7", 256, HashAlgorithmName.SHA256),
        new(KeyKind.EcdsaP384, "1.3.132.0.34", 384, HashAlgorithmName.SHA384),
        new(KeyKind.EcdsaP521, "1.3.132.0.35", 521, HashAlgorithmName.SHA512),
    ];

    /// <summary>Octets in each of r and s.</summary>
    public int ScalarSize => (Bits + 7) / 8;

    /// <summary>The curve with an object identifier; null when it is another one's.</summary>
    public static EcdsaCurve? Of(string? oid) => All.FirstOrDefault(curve => curve.Oid == oid);
}
