// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>The algorithms as pluto names them in its log: mostly IANA's IKEv2 names, the key length behind them.</summary>
internal static class LibreswanNames
{
    private static readonly Dictionary<string, string> Groups = new(StringComparer.Ordinal)
    {
        ["DH19"] = "ECP-256",
        ["DH20"] = "ECP-384",
        ["DH21"] = "ECP-521",
        ["DH31"] = "CURVE25519",
    };

    /// <summary>A cipher.</summary>
    /// <param name="name">For example AES_GCM_16_128.</param>
    /// <returns>Null for none, or one that the suite does not know.</returns>
    public static EncryptionAlgorithm? Encryption(string name)
    {
        var words = name.Replace("NULL_AUTH_AES_GMAC", "AES_GMAC", StringComparison.Ordinal).Replace("3DES_CBC_192", "3DES_CBC", StringComparison.Ordinal).Replace('_', '-');
        return EncryptionAlgorithm.TryFind(words, out var algorithm) ? algorithm : null;
    }

    /// <summary>An integrity algorithm.</summary>
    /// <param name="name">For example HMAC_SHA2_256_128.</param>
    /// <returns>Null for none, or one that the suite does not know.</returns>
    public static IntegrityAlgorithm? Integrity(string name) => IntegrityAlgorithm.TryFind(name.Replace('_', '-'), out var algorithm) ? algorithm : null;

    /// <summary>The hash of phase 1.</summary>
    /// <param name="name">For example HMAC_SHA2_256.</param>
    /// <returns>Null for none, or one that the suite does not know.</returns>
    public static PrfAlgorithm? Hash(string name) => PrfAlgorithm.TryFind(name.Replace('_', '-'), out var algorithm) ? algorithm : null;

    /// <summary>A group.</summary>
    /// <param name="name">For example MODP2048 or DH19.</param>
    /// <returns>Null for none, or one that the suite does not know.</returns>
    public static KeyExchangeMethod? Group(string name)
    {
        var words = Groups.TryGetValue(name, out var curve) ? curve : name.Replace("MODP", "MODP-", StringComparison.Ordinal);
        return KeyExchangeMethod.TryFind(words, out KeyExchangeMethod? method) ? method : null;
    }
}
