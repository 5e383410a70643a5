// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Policies;

/// <summary>An identity of phase 1, of any type (RFC 2407 section 4.6.2), or the demand for none in particular.</summary>
public sealed record PeerIdentity
{
    private readonly string _text;

    private PeerIdentity(IdentificationPayload? payload, string text)
    {
        Payload = payload;
        _text = text;
    }

    /// <summary>Whatever the other side says. Only to be demanded, not to be had.</summary>
    public static PeerIdentity Any { get; } = new(payload: null, "any");

    /// <summary>The identity as an ID payload carries it; null for any.</summary>
    public IdentificationPayload? Payload { get; }

    /// <summary>Whether every identity will do.</summary>
    [MemberNotNullWhen(false, nameof(Payload))]
    public bool IsAny => Payload is null;

    /// <summary>Its type; <see cref="IdType.None"/> for any.</summary>
    public IdType Type => Payload?.IdType ?? IdType.None;

    /// <summary>ID_FQDN.</summary>
    /// <param name="name">For example "west.example".</param>
    /// <returns>The identity.</returns>
    public static PeerIdentity Fqdn(string name) => new(IdentificationPayload.Fqdn(name), name);

    /// <summary>ID_USER_FQDN, an e-mail address.</summary>
    /// <param name="name">For example "someone@west.example".</param>
    /// <returns>The identity.</returns>
    public static PeerIdentity Email(string name) => new(IdentificationPayload.UserFqdn(name), name);

    /// <summary>ID_IPV4_ADDR or ID_IPV6_ADDR.</summary>
    /// <param name="address">The address; not necessarily one that packets come from.</param>
    /// <returns>The identity.</returns>
    public static PeerIdentity Address(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new(
            address.AddressFamily == AddressFamily.InterNetwork ? IdentificationPayload.Ipv4Address(address) : IdentificationPayload.Ipv6Address(address),
            address.ToString());
    }

    /// <summary>ID_DER_ASN1_DN.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The identity.</returns>
    public static PeerIdentity DistinguishedName(X500DistinguishedName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new(IdentificationPayload.DistinguishedName(name.RawData), name.Name);
    }

    /// <summary>ID_KEY_ID.</summary>
    /// <param name="octets">Opaque octets.</param>
    /// <returns>The identity.</returns>
    public static PeerIdentity KeyId(ReadOnlyMemory<byte> octets) => new(IdentificationPayload.KeyId(octets), $"key id {Convert.ToHexStringLower(octets.Span)}");

    /// <summary>The identity for people.</summary>
    /// <returns>Name, address or octets.</returns>
    public override string ToString() => _text;
}
