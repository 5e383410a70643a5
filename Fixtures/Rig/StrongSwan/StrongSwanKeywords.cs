// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>What strongSwan calls the algorithms in a proposal.</summary>
internal static class StrongSwanKeywords
{
    private static readonly Dictionary<string, string> Encryption = new(StringComparer.Ordinal)
    {
        ["AES-CBC-128"] = "aes128",
        ["AES-CBC-192"] = "aes192",
        ["AES-CBC-256"] = "aes256",
        ["AES-GCM-16-128"] = "aes128gcm16",
        ["AES-GCM-16-192"] = "aes192gcm16",
        ["AES-GCM-16-256"] = "aes256gcm16",
    };

    private static readonly Dictionary<string, string> Hash = new(StringComparer.Ordinal)
    {
        ["HMAC-MD5"] = "md5",
        ["HMAC-SHA1"] = "sha1",
        ["HMAC-SHA2-256"] = "sha256",
        ["HMAC-SHA2-384"] = "sha384",
        ["HMAC-SHA2-512"] = "sha512",
    };

    private static readonly Dictionary<string, string> Integrity = new(StringComparer.Ordinal)
    {
        ["HMAC-MD5-96"] = "md5",
        ["HMAC-SHA1-96"] = "sha1",
        ["HMAC-SHA2-256-128"] = "sha256",
        ["HMAC-SHA2-384-192"] = "sha384",
        ["HMAC-SHA2-512-256"] = "sha512",
    };

    private static readonly Dictionary<string, string> Group = new(StringComparer.Ordinal)
    {
        ["MODP-768"] = "modp768",
        ["MODP-1024"] = "modp1024",
        ["MODP-1536"] = "modp1536",
        ["MODP-2048"] = "modp2048",
        ["MODP-3072"] = "modp3072",
        ["MODP-4096"] = "modp4096",
        ["MODP-6144"] = "modp6144",
        ["MODP-8192"] = "modp8192",
        ["ECP-192"] = "ecp192",
        ["ECP-224"] = "ecp224",
        ["ECP-256"] = "ecp256",
        ["ECP-384"] = "ecp384",
        ["ECP-521"] = "ecp521",
    };

    /// <summary>A cipher.</summary>
    /// <exception cref="UnsupportedException">strongSwan has none of that name.</exception>
    public static string Of(EncryptionAlgorithm algorithm) => Find(Encryption, algorithm.Name);

    /// <summary>The hash of phase 1.</summary>
    /// <exception cref="UnsupportedException">strongSwan has none of that name.</exception>
    public static string Of(PrfAlgorithm algorithm) => Find(Hash, algorithm.Name);

    /// <summary>An integrity algorithm of ESP.</summary>
    /// <exception cref="UnsupportedException">strongSwan has none of that name.</exception>
    public static string Of(IntegrityAlgorithm algorithm) => Find(Integrity, algorithm.Name);

    /// <summary>A group.</summary>
    /// <exception cref="UnsupportedException">strongSwan has none of that name.</exception>
    public static string Of(KeyExchangeMethod method) => Find(Group, method.Name);

    private static string Find(Dictionary<string, string> keywords, string name) =>
        keywords.TryGetValue(name, out var keyword) ? keyword : throw new UnsupportedException($"strongswan has no {name}");
}
