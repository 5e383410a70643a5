// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Ipsec.Wire.V1;

namespace Ipsec.Sa;

/// <summary>
/// Which identities a PAD entry is about (RFC 4301 section 4.4.3.1): one name, all names of a domain, or a range of addresses.
/// </summary>
public sealed record PadIdentity
{
    private readonly ReadOnlyMemory<byte> _value;

    private PadIdentity(PadIdentityKind kind, ReadOnlyMemory<byte> value, TrafficSelector? addresses = null)
    {
        Kind = kind;
        _value = value;
        Addresses = addresses;
    }

    /// <summary>What kind of identity is meant.</summary>
    public PadIdentityKind Kind { get; }

    /// <summary>The addresses of <see cref="PadIdentityKind.Address"/>; null for other kinds.</summary>
    public TrafficSelector? Addresses { get; }

    /// <summary>Everybody: for what comes last and refuses, or for opportunistic protection.</summary>
    public static PadIdentity Anybody { get; } = new(PadIdentityKind.Anybody, default);

    /// <summary>A DNS name such as "west.example", or with a leading dot all names below a domain.</summary>
    /// <param name="name">The name; case does not matter.</param>
    /// <returns>The identity.</returns>
    public static PadIdentity Dns(string name) => new(PadIdentityKind.Dns, Encoding.ASCII.GetBytes(name));

    /// <summary>A mail address such as "user@west.example", or with a leading at sign all of a domain.</summary>
    /// <param name="address">The address; case does not matter.</param>
    /// <returns>The identity.</returns>
    public static PadIdentity Email(string address) => new(PadIdentityKind.Email, Encoding.ASCII.GetBytes(address));

    /// <summary>A distinguished name.</summary>
    /// <param name="der">Its DER encoding, compared byte for byte.</param>
    /// <returns>The identity.</returns>
    public static PadIdentity DistinguishedName(ReadOnlyMemory<byte> der) => new(PadIdentityKind.DistinguishedName, der);

    /// <summary>A key ID.</summary>
    /// <param name="id">The octets.</param>
    /// <returns>The identity.</returns>
    public static PadIdentity KeyId(ReadOnlyMemory<byte> id) => new(PadIdentityKind.KeyId, id);

    /// <summary>An address, a subnet or a range of addresses.</summary>
    /// <param name="addresses">The addresses; protocol and ports do not count.</param>
    /// <returns>The identity.</returns>
    public static PadIdentity Address(TrafficSelector addresses) => new(PadIdentityKind.Address, default, addresses);

    /// <summary>Whether the entry is about a peer that calls itself so.</summary>
    /// <param name="identification">IDii or IDir of phase 1.</param>
    /// <returns>True when it matches.</returns>
    public bool Matches(IdentificationPayload identification)
    {
        ArgumentNullException.ThrowIfNull(identification);
        var data = identification.Data.Span;
        return Kind switch
        {
            PadIdentityKind.Anybody => true,
            PadIdentityKind.Dns => identification.IdType == IdType.Fqdn && MatchesName(data, (byte)'.'),
            PadIdentityKind.Email => identification.IdType == IdType.UserFqdn && MatchesName(data, (byte)'@'),
            PadIdentityKind.DistinguishedName => identification.IdType == IdType.DerAsn1Dn && data.SequenceEqual(_value.Span),
            PadIdentityKind.KeyId => identification.IdType == IdType.KeyId && data.SequenceEqual(_value.Span),
            _ => MatchesAddress(identification),
        };
    }

    /// <inheritdoc/>
    public bool Equals(PadIdentity? other) =>
        other is not null && Kind == other.Kind && Addresses == other.Addresses && _value.Span.SequenceEqual(other._value.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Kind);
        hash.Add(Addresses);
        hash.AddBytes(_value.Span);
        return hash.ToHashCode();
    }

    /// <summary>Kind and value.</summary>
    /// <returns>For example "Dns west.example" or "Address 198.51.100.0/24".</returns>
    public override string ToString() => Kind switch
    {
        PadIdentityKind.Anybody => $"{Kind}",
        PadIdentityKind.Dns or PadIdentityKind.Email => $"{Kind} {Encoding.ASCII.GetString(_value.Span)}",
        PadIdentityKind.Address => $"{Kind} {Addresses}",
        _ => $"{Kind} {Convert.ToHexStringLower(_value.Span)}",
    };

    private bool MatchesName(ReadOnlySpan<byte> name, byte separator)
    {
        var wanted = _value.Span;
        return wanted.Length > 1 && wanted[0] == separator
            ? name.Length > wanted.Length && Ascii.EqualsIgnoreCase(name[^wanted.Length..], wanted)
            : Ascii.EqualsIgnoreCase(name, wanted);
    }

    private bool MatchesAddress(IdentificationPayload identification) =>
        identification.IdType is IdType.Ipv4Address or IdType.Ipv6Address
        && TrafficSelector.TryFrom(identification, out var single)
        && Addresses!.ContainsAddress(single.FirstAddress);
}
