// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

using Ipsec.Crypto.Backends;

namespace Ipsec.Crypto;

/// <summary>
/// A pseudo-random function: a hash and its HMAC (RFC 2104), or a code made with AES, which IKEv2 alone knows. In IKEv1 prf and hash come
/// from the one negotiated hash algorithm, as no prf was ever registered (RFC 2409 section 4). Sizes are in octets. Thread-safe.
/// </summary>
public sealed class PrfAlgorithm
{
    private static readonly AlgorithmTable<PrfAlgorithm> Table = new(
        "PRF",
        row => row.Name,
        Hmac(HashAlgorithmName.MD5, "MD5", "RFC 2104", MD5.HashSizeInBytes, ikeV1Id: 1, ikeV2Id: 1),
        Hmac(HashAlgorithmName.SHA1, "SHA1", "RFC 2104", SHA1.HashSizeInBytes, ikeV1Id: 2, ikeV2Id: 2),
        Hmac(HashAlgorithmName.SHA256, "SHA2-256", "RFC 4868", SHA256.HashSizeInBytes, ikeV1Id: 4, ikeV2Id: 5),
        Hmac(HashAlgorithmName.SHA384, "SHA2-384", "RFC 4868", SHA384.HashSizeInBytes, ikeV1Id: 5, ikeV2Id: 6),
        Hmac(HashAlgorithmName.SHA512, "SHA2-512", "RFC 4868", SHA512.HashSizeInBytes, ikeV1Id: 6, ikeV2Id: 7),
        Aes("AES128-XCBC", "RFC 4434", ikeV2Id: 4, AesPrfKey.Xcbc, key => AesCbcMac.Xcbc(key)),
        Aes("AES128-CMAC", "RFC 4615", ikeV2Id: 8, AesPrfKey.Cmac, key => AesCbcMac.Cmac(key)));

    private Func<ReadOnlySpan<byte>, IPrfState> _begin = null!;

    private PrfAlgorithm()
    {
    }

    /// <summary>All rows.</summary>
    public static IReadOnlyList<PrfAlgorithm> All => Table.Rows;

    /// <summary>Our name: "HMAC-SHA2-256".</summary>
    public required string Name { get; init; }

    /// <summary>The name of the hash alone: "SHA2-256"; null where there is none.</summary>
    public required string? HashName { get; init; }

    /// <summary>The document that the IKEv2 registry names for it, "RFC 4868".</summary>
    public required string Rfc { get; init; }

    /// <summary>Value of the IKEv1 phase 1 attribute 2, Hash Algorithm (RFC 2409 appendix A); null: not for IKEv1.</summary>
    public required ushort? IkeV1HashId { get; init; }

    /// <summary>IKEv2 transform type 2 identifier (RFC 7296 section 3.3.2).</summary>
    public required ushort IkeV2Id { get; init; }

    /// <summary>What the hash and the PRF give.</summary>
    public required int OutputSize { get; init; }

    private HashAlgorithmName? Algorithm { get; init; }

    private HashAlgorithmName HashAlgorithm => Algorithm ?? throw new InvalidOperationException($"{Name} has no hash");

    /// <summary>Finds a row by <see cref="Name"/>, whatever the case of its letters.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out PrfAlgorithm? algorithm) => Table.TryFind(name, out algorithm);

    /// <summary>The row called <paramref name="name"/>, which must exist.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static PrfAlgorithm Named(string name) => Table.Named(name);

    /// <summary>Finds the row that a value of IKEv1's Hash Algorithm attribute means.</summary>
    public static PrfAlgorithm? FindIkeV1(ushort hashId) => All.FirstOrDefault(row => row.IkeV1HashId == hashId);

    /// <summary>hash(a).</summary>
    /// <exception cref="InvalidOperationException">There is no hash.</exception>
    public byte[] Hash(ReadOnlySpan<byte> a) => CryptographicOperations.HashData(HashAlgorithm, a);

    /// <summary>hash(a | b), and so on up to four parts (NAT-D hashes four, RFC 3947 section 3.2).</summary>
    /// <exception cref="InvalidOperationException">There is no hash.</exception>
    public byte[] Hash(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c = default, ReadOnlySpan<byte> d = default)
    {
        using var hash = new IncrementalPrf(new HashState(IncrementalHash.CreateHash(HashAlgorithm)));
        return hash.Append(a).Append(b).Append(c).Append(d).Finish();
    }

    /// <summary>prf(key, data), with keys of any length, the empty one included.</summary>
    public byte[] Compute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        if (Algorithm is HashAlgorithmName algorithm)
        {
            return CryptographicOperations.HmacData(algorithm, key, data);
        }

        using IncrementalPrf prf = Begin(key);
        return prf.Append(data).Finish();
    }

    /// <summary>prf(key, a | b), and so on up to four parts. For more, or several results under one key: <see cref="Begin"/>.</summary>
    public byte[] Compute(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c = default, ReadOnlySpan<byte> d = default)
    {
        using IncrementalPrf prf = Begin(key);
        return prf.Append(a).Append(b).Append(c).Append(d).Finish();
    }

    /// <summary>Begins a prf computation whose data is appended in parts.</summary>
    public IncrementalPrf Begin(ReadOnlySpan<byte> key) => new(_begin(key));

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static PrfAlgorithm Hmac(
        HashAlgorithmName algorithm, string hashName, string rfc, int outputSize, ushort ikeV1Id, ushort ikeV2Id) => new()
        {
            Name = $"HMAC-{hashName}",
            HashName = hashName,
            Rfc = rfc,
            Algorithm = algorithm,
            _begin = key => new HashState(IncrementalHash.CreateHMAC(algorithm, key)),
            IkeV1HashId = ikeV1Id,
            IkeV2Id = ikeV2Id,
            OutputSize = outputSize,
        };

    private static PrfAlgorithm Aes(
        string name, string rfc, ushort ikeV2Id, Func<ReadOnlySpan<byte>, byte[]> toKey, Func<ReadOnlySpan<byte>, AesCbcMac> create) => new()
        {
            Name = name,
            HashName = null,
            Rfc = rfc,
            IkeV1HashId = null,
            IkeV2Id = ikeV2Id,
            OutputSize = 16,
            _begin = key => new MacState(create(toKey(key))),
        };
}
