// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Authentication;

/// <summary>The X.509 GeneralName of an ID_DER_ASN1_GN (RFC 2407 section 4.6.2.11, RFC 5280 section 4.2.1.6).</summary>
internal static class GeneralName
{
    private const int Rfc822Name = 1;
    private const int DnsName = 2;
    private const int DirectoryName = 4;
    private const int IpAddress = 7;

    /// <summary>The identity of another type that says the same.</summary>
    /// <param name="der">DER of a GeneralName.</param>
    /// <param name="identity">ID_FQDN, ID_USER_FQDN, ID_DER_ASN1_DN, ID_IPV4_ADDR or ID_IPV6_ADDR.</param>
    /// <returns>False for a choice that no other type stands for, and for other bytes.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out IdentificationPayload? identity)
    {
        identity = null;
        if (!AsnDecoder.TryReadEncodedValue(der.Span, AsnEncodingRules.DER, out var tag, out var offset, out var length, out var consumed)
            || consumed != der.Length
            || tag.TagClass != TagClass.ContextSpecific)
        {
            return false;
        }

        var data = der.Slice(offset, length);
        IdType? type = (tag.TagValue, length) switch
        {
            (Rfc822Name, _) => IdType.UserFqdn,
            (DnsName, _) => IdType.Fqdn,
            (DirectoryName, _) => IdType.DerAsn1Dn,
            (IpAddress, 4) => IdType.Ipv4Address,
            (IpAddress, 16) => IdType.Ipv6Address,
            _ => null,
        };
        identity = type is { } known ? new(known, 0, 0, data) : null;
        return identity is not null;
    }
}
