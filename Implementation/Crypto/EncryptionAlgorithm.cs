// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;

using Ipsec.Crypto.Backends;

namespace Ipsec.Crypto;

/// <summary>
/// An encryption algorithm with one key size, and everything it is called by the protocols around it. Sizes are in octets.
/// The rows are in EncryptionAlgorithm.Rows.cs.
/// </summary>
public sealed partial class EncryptionAlgorithm
{
    private Func<ReadOnlySpan<byte>, ICbcCipher>? _cbc;
    private Func<ReadOnlySpan<byte>, IAeadCipher>? _aead;

    private EncryptionAlgorithm()
    {
    }

    /// <summary>All rows.</summary>
    public static IReadOnlyList<EncryptionAlgorithm> All => Table.Rows;

    /// <summary>
    /// Our name: algorithm, ICV size in octets if it has several, key size in bits if it has several. "AES-CBC-256", "AES-GCM-16-128",
    /// "3DES-CBC".
    /// </summary>
    public required string Name { get; init; }

    /// <summary>The document that says how ESP uses it, "RFC 3602".</summary>
    public required string Rfc { get; init; }

    /// <summary>Value of the IKEv1 phase 1 attribute 1, Encryption Algorithm (RFC 2409 appendix A); null: not for IKEv1 phase 1.</summary>
    public required ushort? IkeV1Phase1Id { get; init; }

    /// <summary>ESP transform identifier of the IPsec DOI (RFC 2407 section 4.4.4); null: not for ESP under IKEv1.</summary>
    public required byte? IkeV1EspId { get; init; }

    /// <summary>IKEv2 transform type 1 identifier (RFC 7296 section 3.3.2).</summary>
    public required ushort IkeV2Id { get; init; }

    /// <summary>
    /// The other IKEv2 transform identifier, under which ESP carries no IV and the sequence number takes its place in the nonce
    /// (RFC 8750 section 7); null where there is none. IKEv1 cannot negotiate it.
    /// </summary>
    public ushort? IkeV2ImplicitIvId { get; init; }

    /// <summary>How it works, which says which of the three Create methods makes it.</summary>
    public required EncryptionMode Mode { get; init; }

    /// <summary>Whether proposals carry a Key Length attribute: always for ciphers with several key sizes, never for others.</summary>
    public required bool HasKeyLengthAttribute { get; init; }

    /// <summary>The key, without the salt.</summary>
    public required int KeySize { get; init; }

    /// <summary>The cipher's block. For AEADs too, though they need no padding to it.</summary>
    public required int BlockSize { get; init; }

    /// <summary>The IV that travels in each packet: a block for CBC, 8 for AEADs and counter mode, 0 for NULL.</summary>
    public required int IvSize { get; init; }

    /// <summary>
    /// The secret part of the nonce, taken from the key material after the key (RFC 4106 section 8.1, RFC 3686 section 5.1): 4 octets, 3
    /// for CCM (RFC 4309 section 7.1), 0 for CBC and NULL.
    /// </summary>
    public required int SaltSize { get; init; }

    /// <summary>The tag of an AEAD; 0 when integrity is another algorithm's matter.</summary>
    public required int IcvSize { get; init; }

    /// <summary>Whether nobody can read what it protects: not with NULL, nor with the AEAD that only authenticates (RFC 4543).</summary>
    public bool IsConfidential { get; init; } = true;

    /// <summary>Whether it protects integrity as well.</summary>
    public bool IsAead => Mode == EncryptionMode.Aead;

    /// <summary>
    /// Whether the IV has to be new for each packet and nothing else, so that a counter will do (RFC 3686 section 3.1, RFC 4106 section
    /// 3.1); an IV of CBC has to be unpredictable (RFC 3602 section 3).
    /// </summary>
    public bool HasCounterIv => Mode is EncryptionMode.Counter or EncryptionMode.Aead;

    /// <summary>To what multiple the plaintext has to be filled up: the block in CBC mode, otherwise 1.</summary>
    public int PaddingUnit => Mode == EncryptionMode.Cbc ? BlockSize : 1;

    /// <summary>What ciphers and AEADs take for each packet: salt, then IV.</summary>
    public int NonceSize => SaltSize + IvSize;

    /// <summary>
    /// The encryption name in Wireshark's table <c>esp_sa</c>; null where Wireshark 4.0 has none. Beside an AEAD its authentication must
    /// be <see cref="IntegrityAlgorithm.WiresharkEspNameOfNone"/>; with that Wireshark verifies the tag, with anything else it gives up.
    /// </summary>
    public required string? WiresharkEspName { get; init; }

    /// <summary>
    /// The encryption name in Wireshark's table <c>ikev2_decryption_table</c>; null where Wireshark 4.0 has none. Its IKEv1 table has
    /// only cookie and key.
    /// </summary>
    public required string? WiresharkIkeV2Name { get; init; }

    /// <summary>The key in bits, as the Key Length attribute gives it.</summary>
    public int KeyBits => KeySize * 8;

    /// <summary>What one direction of an SA takes from the key material: key, then salt.</summary>
    public int KeyMaterialSize => KeySize + SaltSize;

    /// <summary>Finds a row by <see cref="Name"/>, whatever the case of its letters.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out EncryptionAlgorithm? algorithm) =>
        Table.TryFind(name, out algorithm);

    /// <summary>The row called <paramref name="name"/>, which must exist.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static EncryptionAlgorithm Named(string name) => Table.Named(name);

    /// <summary>Finds the row that IKEv1 phase 1 attributes mean.</summary>
    /// <param name="id">Encryption Algorithm attribute.</param>
    /// <param name="keyBits">Key Length attribute; null when absent, which fits only ciphers of one key size.</param>
    public static EncryptionAlgorithm? FindPhase1(ushort id, int? keyBits) =>
        All.FirstOrDefault(row => row.IkeV1Phase1Id == id && row.HasKeyLength(keyBits));

    /// <summary>Finds the row that an ESP transform of IKEv1 means.</summary>
    /// <param name="id">Transform identifier.</param>
    /// <param name="keyBits">Key Length attribute; null when absent, which fits only ciphers of one key size.</param>
    public static EncryptionAlgorithm? FindEsp(byte id, int? keyBits) =>
        All.FirstOrDefault(row => row.IkeV1EspId == id && row.HasKeyLength(keyBits));

    /// <summary>Sets up a cipher of any mode but AEAD under a key, which does not include the salt.</summary>
    /// <exception cref="ArgumentException">The key is not <see cref="KeySize"/> octets long.</exception>
    /// <exception cref="InvalidOperationException">The row is an AEAD.</exception>
    public ICipher CreateCipher(ReadOnlySpan<byte> key)
    {
        CheckKeySize(key);
        return Mode switch
        {
            EncryptionMode.Cbc => _cbc!(key),
            EncryptionMode.Counter => new AesCounterCipher(key),
            EncryptionMode.Null => new NullCipher(),
            _ => throw new InvalidOperationException($"{Name} is an AEAD"),
        };
    }

    /// <summary>Sets up a CBC cipher under a key.</summary>
    /// <exception cref="ArgumentException">The key is not <see cref="KeySize"/> octets long.</exception>
    /// <exception cref="InvalidOperationException">The row is of another mode.</exception>
    public ICbcCipher CreateCbc(ReadOnlySpan<byte> key)
    {
        CheckKeySize(key);
        return (_cbc ?? throw new InvalidOperationException($"{Name} is not a CBC cipher"))(key);
    }

    /// <summary>Sets up the AEAD under a key, which does not include the salt.</summary>
    /// <exception cref="ArgumentException">The key is not <see cref="KeySize"/> octets long.</exception>
    /// <exception cref="InvalidOperationException">The row is not an AEAD.</exception>
    public IAeadCipher CreateAead(ReadOnlySpan<byte> key)
    {
        CheckKeySize(key);
        return (_aead ?? throw new InvalidOperationException($"{Name} is not an AEAD"))(key);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private bool HasKeyLength(int? keyBits) => HasKeyLengthAttribute ? keyBits == KeyBits : keyBits is null;

    private void CheckKeySize(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeySize)
        {
            throw new ArgumentException($"{Name} takes a key of {KeySize} octets, not {key.Length}", nameof(key));
        }
    }
}
