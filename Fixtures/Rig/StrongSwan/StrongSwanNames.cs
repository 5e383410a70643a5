// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>The algorithms that strongSwan names in its lists: IANA's IKEv2 names, key lengths apart.</summary>
internal static class StrongSwanNames
{
    /// <summary>A cipher.</summary>
    /// <param name="name">For example AES_GCM_16.</param>
    /// <param name="keyBits">Its key length; null where it has but one.</param>
    /// <returns>Null for none, or one that the suite does not know.</returns>
    public static EncryptionAlgorithm? Encryption(string? name, string? keyBits)
    {
        var words = (name ?? "").Replace("NULL_AES_GMAC", "AES_GMAC", StringComparison.Ordinal).Replace('_', '-');
        return EncryptionAlgorithm.TryFind(keyBits is null ? words : $"{words}-{keyBits}", out var algorithm) || EncryptionAlgorithm.TryFind(words, out algorithm)
            ? algorithm
            : null;
    }

    /// <summary>An integrity algorithm.</summary>
    /// <param name="name">For example HMAC_SHA2_256_128.</param>
    /// <returns>Null for none, or one that the suite does not know.</returns>
    public static IntegrityAlgorithm? Integrity(string? name) => IntegrityAlgorithm.TryFind((name ?? "").Replace('_', '-'), out var algorithm) ? algorithm : null;

    /// <summary>The hash of phase 1.</summary>
    /// <param name="name">For example PRF_HMAC_SHA1.</param>
    /// <returns>Null for none, or one that the suite does not know.</returns>
    public static PrfAlgorithm? Prf(string? name) =>
        PrfAlgorithm.TryFind((name ?? "").Replace("PRF_", "", StringComparison.Ordinal).Replace('_', '-'), out var algorithm) ? algorithm : null;

    /// <summary>A group.</summary>
    /// <param name="name">For example MODP_2048 or ECP_256_BP.</param>
    /// <returns>Null for none, or one that the suite does not know.</returns>
    public static KeyExchangeMethod? Group(string? name)
    {
        var words = (name ?? "").Replace("CURVE_", "CURVE", StringComparison.Ordinal).Replace('_', '-');
        words = words.EndsWith("-BP", StringComparison.Ordinal) ? words[..^3].Replace("ECP", "BRAINPOOL", StringComparison.Ordinal) : words;
        return KeyExchangeMethod.TryFind(words, out KeyExchangeMethod? method) ? method : null;
    }
}
