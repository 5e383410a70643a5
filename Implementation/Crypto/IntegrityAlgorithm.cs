// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

using Ipsec.Crypto.Backends;

namespace Ipsec.Crypto;

/// <summary>An integrity algorithm of ESP, AH and IKEv2, and everything it is called. Sizes are in octets.</summary>
public sealed class IntegrityAlgorithm
{
    /// <summary>The authentication name in Wireshark's table <c>esp_sa</c> where there is no integrity algorithm: with an AEAD.</summary>
    public const string WiresharkEspNameOfNone = "NULL";

    /// <summary>The integrity name in Wireshark's table <c>ikev2_decryption_table</c> where there is none: with an AEAD.</summary>
    public const string WiresharkIkeV2NameOfNone = "NONE [RFC4306]";

    // Wireshark decrypts with these and does not verify the ICV, of whose algorithm it has only the length.
    private const string WiresharkEspNameOfUnchecked = "ANY 96 bit authentication [no checking]";
    private const string WiresharkIkeV2NameOfUnchecked = "ANY 96-bits of Authentication [No Checking]";

    private static readonly AlgorithmTable<IntegrityAlgorithm> Table = new(
        "integrity algorithm",
        row => row.Name,
        new IntegrityAlgorithm
        {
            Name = "HMAC-MD5-96",
            Rfc = "RFC 2403",
            _create = key => new HmacIntegrity(HashAlgorithmName.MD5, key, 12),
            IkeV1AuthId = 1,
            IkeV1AhId = 2,
            IkeV2Id = 1,
            KeySize = 16,
            IcvSize = 12,
            WiresharkEspName = "HMAC-MD5-96 [RFC2403]",
            WiresharkIkeV2Name = "HMAC_MD5_96 [RFC2403]",
        },
        new IntegrityAlgorithm
        {
            Name = "HMAC-SHA1-96",
            Rfc = "RFC 2404",
            _create = key => new HmacIntegrity(HashAlgorithmName.SHA1, key, 12),
            IkeV1AuthId = 2,
            IkeV1AhId = 3,
            IkeV2Id = 2,
            KeySize = 20,
            IcvSize = 12,
            WiresharkEspName = "HMAC-SHA-1-96 [RFC2404]",
            WiresharkIkeV2Name = "HMAC_SHA1_96 [RFC2404]",
        },
        HmacSha2(HashAlgorithmName.SHA256, bits: 256, ikeV1Id: 5, ikeV2Id: 12),
        HmacSha2(HashAlgorithmName.SHA384, bits: 384, ikeV1Id: 6, ikeV2Id: 13),
        HmacSha2(HashAlgorithmName.SHA512, bits: 512, ikeV1Id: 7, ikeV2Id: 14),
        new IntegrityAlgorithm
        {
            Name = "AES-XCBC-96",
            Rfc = "RFC 3566",
            _create = key => new MacIntegrity(AesCbcMac.Xcbc(key), 12),
            IkeV1AuthId = 9,
            IkeV1AhId = 9,
            IkeV2Id = 5,
            KeySize = 16,
            IcvSize = 12,
            WiresharkEspName = WiresharkEspNameOfUnchecked,
            WiresharkIkeV2Name = WiresharkIkeV2NameOfUnchecked,
        },

        // RFC 4494 section 7 registers it for IKEv2; the IPsec DOI has no number for it.
        new IntegrityAlgorithm
        {
            Name = "AES-CMAC-96",
            Rfc = "RFC 4494",
            _create = key => new MacIntegrity(AesCbcMac.Cmac(key), 12),
            IkeV1AuthId = null,
            IkeV1AhId = null,
            IkeV2Id = 8,
            KeySize = 16,
            IcvSize = 12,
            WiresharkEspName = WiresharkEspNameOfUnchecked,
            WiresharkIkeV2Name = WiresharkIkeV2NameOfUnchecked,
        },
        AesGmac(keyBits: 128, ikeV1Id: 11, ikeV2Id: 9),
        AesGmac(keyBits: 192, ikeV1Id: 12, ikeV2Id: 10),
        AesGmac(keyBits: 256, ikeV1Id: 13, ikeV2Id: 11));

    private Func<ReadOnlySpan<byte>, IIntegrity> _create = null!;

    private IntegrityAlgorithm()
    {
    }

    /// <summary>All rows.</summary>
    public static IReadOnlyList<IntegrityAlgorithm> All => Table.Rows;

    /// <summary>Our name, with the bits of the ICV at its end: "HMAC-SHA2-256-128".</summary>
    public required string Name { get; init; }

    /// <summary>The document that defines it, "RFC 4868".</summary>
    public required string Rfc { get; init; }

    /// <summary>Value of the IKEv1 phase 2 attribute 5, Authentication Algorithm (RFC 2407 section 4.5); null: not under IKEv1.</summary>
    public required ushort? IkeV1AuthId { get; init; }

    /// <summary>AH transform identifier of the IPsec DOI (RFC 2407 section 4.4.3); null: not under IKEv1.</summary>
    public required byte? IkeV1AhId { get; init; }

    /// <summary>IKEv2 transform type 3 identifier (RFC 7296 section 3.3.2).</summary>
    public required ushort IkeV2Id { get; init; }

    /// <summary>What an SA takes from the key material: the key; for AES-GMAC with four octets of salt behind it (RFC 4543 section 5.4).</summary>
    public required int KeySize { get; init; }

    /// <summary>The integrity check value after truncation, without an IV before it.</summary>
    public required int IcvSize { get; init; }

    /// <summary>The IV that AH carries before the ICV, in AES-GMAC (RFC 4543 section 4); 0 with all others.</summary>
    public int IvSize { get; private init; }

    /// <summary>Whether ESP may use it; what takes an IV is for AH alone (RFC 4543 section 5.3).</summary>
    public bool IsForEsp => IvSize == 0;

    /// <summary>The authentication name in Wireshark's table <c>esp_sa</c>; null for what ESP does not use.</summary>
    public required string? WiresharkEspName { get; init; }

    /// <summary>The integrity name in Wireshark's table <c>ikev2_decryption_table</c>; null for what IKEv2 messages do not use.</summary>
    public required string? WiresharkIkeV2Name { get; init; }

    /// <summary>Finds a row by <see cref="Name"/>, whatever the case of its letters.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out IntegrityAlgorithm? algorithm) => Table.TryFind(name, out algorithm);

    /// <summary>The row called <paramref name="name"/>, which must exist.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static IntegrityAlgorithm Named(string name) => Table.Named(name);

    /// <summary>Finds the row that a value of IKEv1's Authentication Algorithm attribute means.</summary>
    public static IntegrityAlgorithm? FindIkeV1(ushort authId) => All.FirstOrDefault(row => row.IkeV1AuthId == authId);

    /// <summary>Sets up the algorithm under a key.</summary>
    /// <exception cref="ArgumentException">The key is not <see cref="KeySize"/> octets long.</exception>
    public IIntegrity Create(ReadOnlySpan<byte> key) =>
        key.Length == KeySize
            ? _create(key)
            : throw new ArgumentException($"{Name} takes a key of {KeySize} octets, not {key.Length}", nameof(key));

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    // RFC 4868 section 2.6: the key is as long as the hash, the ICV half of it. The DOI gives both attribute and AH the same number.
    private static IntegrityAlgorithm HmacSha2(HashAlgorithmName hash, int bits, byte ikeV1Id, ushort ikeV2Id) => new()
    {
        Name = $"HMAC-SHA2-{bits}-{bits / 2}",
        Rfc = "RFC 4868",
        _create = key => new HmacIntegrity(hash, key, bits / 16),
        IkeV1AuthId = ikeV1Id,
        IkeV1AhId = ikeV1Id,
        IkeV2Id = ikeV2Id,
        KeySize = bits / 8,
        IcvSize = bits / 16,
        WiresharkEspName = $"HMAC-SHA-{bits}-{bits / 2} [RFC4868]",
        WiresharkIkeV2Name = $"HMAC_SHA2_{bits}_{bits / 2} [RFC4868]",
    };

    private static IntegrityAlgorithm AesGmac(int keyBits, byte ikeV1Id, ushort ikeV2Id) => new()
    {
        Name = $"AES-GMAC-{keyBits}",
        Rfc = "RFC 4543",
        _create = key => new GmacIntegrity(key),
        IkeV1AuthId = ikeV1Id,
        IkeV1AhId = ikeV1Id,
        IkeV2Id = ikeV2Id,
        KeySize = (keyBits / 8) + GmacIntegrity.SaltSize,
        IvSize = 8,
        IcvSize = 16,
        WiresharkEspName = null,
        WiresharkIkeV2Name = null,
    };
}
