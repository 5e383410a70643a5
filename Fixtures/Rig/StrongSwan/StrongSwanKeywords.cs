// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>What strongSwan calls the algorithms in a proposal.</summary>
internal static class StrongSwanKeywords
{
    private static readonly Dictionary<string, string> Encryption = new(StringComparer.Ordinal)
    {
        ["NULL"] = "null",
        ["3DES-CBC"] = "3des",
        ["AES-CBC-128"] = "aes128",
        ["AES-CBC-192"] = "aes192",
        ["AES-CBC-256"] = "aes256",
        ["AES-CTR-128"] = "aes128ctr",
        ["AES-CTR-192"] = "aes192ctr",
        ["AES-CTR-256"] = "aes256ctr",
        ["AES-CCM-8-128"] = "aes128ccm8",
        ["AES-CCM-8-192"] = "aes192ccm8",
        ["AES-CCM-8-256"] = "aes256ccm8",
        ["AES-CCM-12-128"] = "aes128ccm12",
        ["AES-CCM-12-192"] = "aes192ccm12",
        ["AES-CCM-12-256"] = "aes256ccm12",
        ["AES-CCM-16-128"] = "aes128ccm16",
        ["AES-CCM-16-192"] = "aes192ccm16",
        ["AES-CCM-16-256"] = "aes256ccm16",
        ["AES-GCM-8-128"] = "aes128gcm8",
        ["AES-GCM-8-192"] = "aes192gcm8",
        ["AES-GCM-8-256"] = "aes256gcm8",
        ["AES-GCM-12-128"] = "aes128gcm12",
        ["AES-GCM-12-192"] = "aes192gcm12",
        ["AES-GCM-12-256"] = "aes256gcm12",
        ["AES-GCM-16-128"] = "aes128gcm16",
        ["AES-GCM-16-192"] = "aes192gcm16",
        ["AES-GCM-16-256"] = "aes256gcm16",
        ["AES-GMAC-128"] = "aes128gmac",
        ["AES-GMAC-192"] = "aes192gmac",
        ["AES-GMAC-256"] = "aes256gmac",
        ["CAMELLIA-CBC-128"] = "camellia128",
        ["CAMELLIA-CBC-192"] = "camellia192",
        ["CAMELLIA-CBC-256"] = "camellia256",
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
        ["AES-XCBC-96"] = "aesxcbc",
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
        ["MODP-1024-160"] = "modp1024s160",
        ["MODP-2048-224"] = "modp2048s224",
        ["MODP-2048-256"] = "modp2048s256",
        ["ECP-192"] = "ecp192",
        ["ECP-224"] = "ecp224",
        ["ECP-256"] = "ecp256",
        ["ECP-384"] = "ecp384",
        ["ECP-521"] = "ecp521",
        ["BRAINPOOL-224"] = "ecp224bp",
        ["BRAINPOOL-256"] = "ecp256bp",
        ["BRAINPOOL-384"] = "ecp384bp",
        ["BRAINPOOL-512"] = "ecp512bp",
        ["CURVE25519"] = "curve25519",
        ["CURVE448"] = "curve448",
    };

    /// <summary>Names that strongSwan has, but not in IKEv1, and why not.</summary>
    private static readonly Dictionary<string, string> NotInIkeV1 = new(StringComparer.Ordinal)
    {
        ["CHACHA20-POLY1305"] = "it has no number in IKEv1 (RFC 7634 gives it one in IKEv2)",
        ["AES-CMAC-96"] = "strongswan gives it no number in IKEv1",
        ["AES128-XCBC"] = "it is a PRF of IKEv2, and IKEv1 negotiates a hash",
        ["AES128-CMAC"] = "it is a PRF of IKEv2, and IKEv1 negotiates a hash",
        ["AES-GMAC-128"] = "strongswan has no GMAC for AH",
        ["AES-GMAC-192"] = "strongswan has no GMAC for AH",
        ["AES-GMAC-256"] = "strongswan has no GMAC for AH",
    };

    /// <summary>A cipher.</summary>
    /// <exception cref="UnsupportedException">strongSwan has none of that name.</exception>
    public static string Of(EncryptionAlgorithm algorithm) => Find(Encryption, algorithm.Name);

    /// <summary>The hash of phase 1.</summary>
    /// <exception cref="UnsupportedException">strongSwan has none of that name.</exception>
    public static string Of(PrfAlgorithm algorithm) => Find(Hash, algorithm.Name);

    /// <summary>An integrity algorithm of ESP or AH.</summary>
    /// <exception cref="UnsupportedException">strongSwan has none of that name.</exception>
    public static string Of(IntegrityAlgorithm algorithm) => Find(Integrity, algorithm.Name);

    /// <summary>A group.</summary>
    /// <exception cref="UnsupportedException">strongSwan has none of that name.</exception>
    public static string Of(KeyExchangeMethod method) => Find(Group, method.Name);

    private static string Find(Dictionary<string, string> keywords, string name) => keywords.TryGetValue(name, out var keyword)
        ? keyword
        : throw new UnsupportedException($"strongswan has no {name}{(NotInIkeV1.TryGetValue(name, out var reason) ? $": {reason}" : "")}");
}
