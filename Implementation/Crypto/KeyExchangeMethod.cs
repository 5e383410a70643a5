// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

using Ipsec.Crypto.Backends;

namespace Ipsec.Crypto;

/// <summary>A Diffie-Hellman group. IKEv1 (attribute 4, Group Description) and IKEv2 (transform type 4) number them alike.</summary>
public sealed partial class KeyExchangeMethod
{
    // Exponents are at least twice as long as the strength that RFC 3526 section 8 estimates for the group, and 256 bits or more.
    private static readonly AlgorithmTable<KeyExchangeMethod> Table = new(
        "key exchange method",
        row => row.Name,
        Modp(1, "RFC 2409", ModpPrimes.Modp768, privateValueSize: 32),
        Modp(2, "RFC 2409", ModpPrimes.Modp1024, privateValueSize: 32),
        Modp(5, "RFC 3526", ModpPrimes.Modp1536, privateValueSize: 32),
        Modp(14, "RFC 3526", ModpPrimes.Modp2048, privateValueSize: 40),
        Modp(15, "RFC 3526", ModpPrimes.Modp3072, privateValueSize: 48),
        Modp(16, "RFC 3526", ModpPrimes.Modp4096, privateValueSize: 60),
        Modp(17, "RFC 3526", ModpPrimes.Modp6144, privateValueSize: 68),
        Modp(18, "RFC 3526", ModpPrimes.Modp8192, privateValueSize: 78),
        Ecp(19, "ECP", "RFC 5903", ECCurve.NamedCurves.nistP256, bits: 256),
        Ecp(20, "ECP", "RFC 5903", ECCurve.NamedCurves.nistP384, bits: 384),
        Ecp(21, "ECP", "RFC 5903", ECCurve.NamedCurves.nistP521, bits: 521),
        Subgroup(22, SubgroupNumbers.Modp1024With160Prime, SubgroupNumbers.Modp1024With160Generator, SubgroupNumbers.Modp1024With160Order),
        Subgroup(23, SubgroupNumbers.Modp2048With224Prime, SubgroupNumbers.Modp2048With224Generator, SubgroupNumbers.Modp2048With224Order),
        Subgroup(24, SubgroupNumbers.Modp2048With256Prime, SubgroupNumbers.Modp2048With256Generator, SubgroupNumbers.Modp2048With256Order),
        Ecp(27, "BRAINPOOL", "RFC 6932", ECCurve.NamedCurves.brainpoolP224r1, bits: 224),
        Ecp(28, "BRAINPOOL", "RFC 6932", ECCurve.NamedCurves.brainpoolP256r1, bits: 256),
        Ecp(29, "BRAINPOOL", "RFC 6932", ECCurve.NamedCurves.brainpoolP384r1, bits: 384),
        Ecp(30, "BRAINPOOL", "RFC 6932", ECCurve.NamedCurves.brainpoolP512r1, bits: 512),
        new KeyExchangeMethod(new X25519Group())
        {
            Name = "CURVE25519",
            Rfc = "RFC 8031",
            Id = 31,
            PublicValueSize = X25519Group.Size,
            SharedSecretSize = X25519Group.Size,
        });

    private readonly IKeyExchangeGroup _group;

    private KeyExchangeMethod(IKeyExchangeGroup group) => _group = group;

    /// <summary>All rows.</summary>
    public static IReadOnlyList<KeyExchangeMethod> All => Table.Rows;

    /// <summary>Our name: kind and bits of the field, "MODP-2048", "ECP-256"; for a small subgroup its bits too, "MODP-2048-224".</summary>
    public required string Name { get; init; }

    /// <summary>The document that defines the group, "RFC 3526".</summary>
    public required string Rfc { get; init; }

    /// <summary>The group's number.</summary>
    public required ushort Id { get; init; }

    /// <summary>Octets in the body of a KE payload.</summary>
    public required int PublicValueSize { get; init; }

    /// <summary>Octets in g^xy.</summary>
    public required int SharedSecretSize { get; init; }

    /// <summary>Finds a row by <see cref="Name"/> or number, in any case of letters: "MODP-2048", "group 14", "14".</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out KeyExchangeMethod? method)
    {
        if (Table.TryFind(name, out method))
        {
            return true;
        }

        const string Prefix = "group ";
        ReadOnlySpan<char> number = name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? name.AsSpan(Prefix.Length) : name;
        if (ushort.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out ushort id))
        {
            method = Find(id);
        }

        return method is not null;
    }

    /// <summary>The row called <paramref name="name"/>, which must exist.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static KeyExchangeMethod Named(string name) => TryFind(name, out KeyExchangeMethod? method) ? method : Table.Named(name);

    /// <summary>Finds a row by its number.</summary>
    public static KeyExchangeMethod? Find(ushort id) => All.FirstOrDefault(row => row.Id == id);

    /// <summary>Draws a private value. The same octets from <paramref name="random"/> give the same public value.</summary>
    public IKeyExchange Generate(IRandomSource random) => _group.Generate(this, random);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>One side with a given private value (big endian), as published vectors need it.</summary>
    internal IKeyExchange FromPrivateValue(ReadOnlySpan<byte> privateValue) => _group.FromPrivateValue(this, privateValue);

    private static KeyExchangeMethod Modp(ushort id, string rfc, string prime, int privateValueSize)
    {
        var group = new ModpGroup(prime, privateValueSize);
        return Modp(id, $"MODP-{group.ElementSize * 8}", rfc, group);
    }

    private static KeyExchangeMethod Subgroup(ushort id, string prime, string generator, string order)
    {
        var group = new ModpGroup(prime, generator, order);
        return Modp(id, $"MODP-{group.ElementSize * 8}-{order.Length * 4}", "RFC 5114", group);
    }

    private static KeyExchangeMethod Modp(ushort id, string name, string rfc, ModpGroup group) => new(group)
    {
        Name = name,
        Rfc = rfc,
        Id = id,
        PublicValueSize = group.ElementSize,
        SharedSecretSize = group.ElementSize,
    };

    private static KeyExchangeMethod Ecp(ushort id, string kind, string rfc, ECCurve curve, int bits)
    {
        int coordinateSize = (bits + 7) / 8;
        return new KeyExchangeMethod(new EcpGroup(curve, coordinateSize))
        {
            Name = $"{kind}-{bits}",
            Rfc = rfc,
            Id = id,
            PublicValueSize = 2 * coordinateSize,
            SharedSecretSize = coordinateSize,
        };
    }
}
