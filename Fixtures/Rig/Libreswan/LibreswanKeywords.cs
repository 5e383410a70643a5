// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>What Libreswan calls the algorithms in <c>ike=</c> and <c>phase2alg=</c>.</summary>
internal static class LibreswanKeywords
{
    private static readonly Dictionary<string, string> Phase1Encryption = new(StringComparer.Ordinal)
    {
        ["3DES-CBC"] = "3des",
        ["AES-CBC-128"] = "aes128",
        ["AES-CBC-192"] = "aes192",
        ["AES-CBC-256"] = "aes256",
        ["CAMELLIA-CBC-128"] = "camellia128",
        ["CAMELLIA-CBC-192"] = "camellia192",
        ["CAMELLIA-CBC-256"] = "camellia256",
    };

    private static readonly Dictionary<string, string> EspEncryption = new(Phase1Encryption, StringComparer.Ordinal)
    {
        ["NULL"] = "null",
        ["AES-CTR-128"] = "aes_ctr128",
        ["AES-CTR-192"] = "aes_ctr192",
        ["AES-CTR-256"] = "aes_ctr256",
        ["AES-CCM-8-128"] = "aes_ccm_8_128",
        ["AES-CCM-8-192"] = "aes_ccm_8_192",
        ["AES-CCM-8-256"] = "aes_ccm_8_256",
        ["AES-CCM-12-128"] = "aes_ccm_12_128",
        ["AES-CCM-12-192"] = "aes_ccm_12_192",
        ["AES-CCM-12-256"] = "aes_ccm_12_256",
        ["AES-CCM-16-128"] = "aes_ccm_16_128",
        ["AES-CCM-16-192"] = "aes_ccm_16_192",
        ["AES-CCM-16-256"] = "aes_ccm_16_256",
        ["AES-GCM-8-128"] = "aes_gcm_8_128",
        ["AES-GCM-8-192"] = "aes_gcm_8_192",
        ["AES-GCM-8-256"] = "aes_gcm_8_256",
        ["AES-GCM-12-128"] = "aes_gcm_12_128",
        ["AES-GCM-12-192"] = "aes_gcm_12_192",
        ["AES-GCM-12-256"] = "aes_gcm_12_256",
        ["AES-GCM-16-128"] = "aes_gcm_16_128",
        ["AES-GCM-16-192"] = "aes_gcm_16_192",
        ["AES-GCM-16-256"] = "aes_gcm_16_256",
    };

    private static readonly Dictionary<string, string> Phase1Hash = new(StringComparer.Ordinal)
    {
        ["HMAC-MD5"] = "md5",
        ["HMAC-SHA1"] = "sha1",
        ["HMAC-SHA2-256"] = "sha2_256",
        ["HMAC-SHA2-384"] = "sha2_384",
        ["HMAC-SHA2-512"] = "sha2_512",
    };

    private static readonly Dictionary<string, string> IpsecIntegrity = new(StringComparer.Ordinal)
    {
        ["HMAC-MD5-96"] = "md5",
        ["HMAC-SHA1-96"] = "sha1",
        ["HMAC-SHA2-256-128"] = "sha2_256",
        ["HMAC-SHA2-384-192"] = "sha2_384",
        ["HMAC-SHA2-512-256"] = "sha2_512",
        ["AES-XCBC-96"] = "aes_xcbc",
        ["AES-CMAC-96"] = "aes_cmac",
    };

    private static readonly Dictionary<string, string> Groups = new(StringComparer.Ordinal)
    {
        ["MODP-1536"] = "modp1536",
        ["MODP-2048"] = "modp2048",
        ["MODP-3072"] = "modp3072",
        ["MODP-4096"] = "modp4096",
        ["MODP-6144"] = "modp6144",
        ["MODP-8192"] = "modp8192",
        ["ECP-256"] = "dh19",
        ["ECP-384"] = "dh20",
        ["ECP-521"] = "dh21",
        ["CURVE25519"] = "dh31",
    };

    /// <summary>Why something that others have is missing.</summary>
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["MODP-1024"] = "Debian builds it without group 2",
        ["AES-GMAC-128"] = "pluto 4.10 ends itself (failed assertion in setup_half_ipsec_sa) when IKEv1 has negotiated it",
        ["AES-GMAC-192"] = "pluto 4.10 ends itself (failed assertion in setup_half_ipsec_sa) when IKEv1 has negotiated it",
        ["AES-GMAC-256"] = "pluto 4.10 ends itself (failed assertion in setup_half_ipsec_sa) when IKEv1 has negotiated it",
        ["CHACHA20-POLY1305"] = "it has no number in IKEv1 (RFC 7634 gives it one in IKEv2)",
    };

    /// <summary>A cipher of phase 1.</summary>
    /// <exception cref="UnsupportedException">Libreswan has none of that name there.</exception>
    public static string OfPhase1(EncryptionAlgorithm algorithm) => Find(Phase1Encryption, algorithm.Name, "phase 1");

    /// <summary>The hash of phase 1.</summary>
    /// <exception cref="UnsupportedException">Libreswan has none of that name.</exception>
    public static string OfPhase1(PrfAlgorithm algorithm) => Find(Phase1Hash, algorithm.Name, "phase 1");

    /// <summary>A cipher of ESP.</summary>
    /// <exception cref="UnsupportedException">Libreswan has none of that name.</exception>
    public static string Of(EncryptionAlgorithm algorithm) => Find(EspEncryption, algorithm.Name, "ESP");

    /// <summary>An integrity algorithm of ESP or AH.</summary>
    /// <exception cref="UnsupportedException">Libreswan has none of that name.</exception>
    public static string Of(IntegrityAlgorithm algorithm) => Find(IpsecIntegrity, algorithm.Name, "ESP and AH");

    /// <summary>A group.</summary>
    /// <exception cref="UnsupportedException">Libreswan has none of that name.</exception>
    public static string Of(KeyExchangeMethod method) => Find(Groups, method.Name, "IKE");

    private static string Find(Dictionary<string, string> keywords, string name, string where) => keywords.TryGetValue(name, out var keyword)
        ? keyword
        : throw new UnsupportedException($"libreswan has no {name} in {where}{(Reasons.TryGetValue(name, out var reason) ? $": {reason}" : "")}");
}
