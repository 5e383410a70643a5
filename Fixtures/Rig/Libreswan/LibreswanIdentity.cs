// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>How Libreswan writes an identity.</summary>
internal static class LibreswanIdentity
{
    /// <summary>For <c>leftid=</c>, <c>rightid=</c> and ipsec.secrets. What is no text is written in hexadecimal.</summary>
    /// <exception cref="UnsupportedException">Libreswan has no such type.</exception>
    public static string Of(PeerIdentity identity) => identity.Payload switch
    {
        null => "%any",
        { IdType: IdType.Fqdn } name => $"@{Encoding.UTF8.GetString(name.Data.Span)}",
        { IdType: IdType.UserFqdn } name => Encoding.UTF8.GetString(name.Data.Span),
        { IdType: IdType.Ipv4Address or IdType.Ipv6Address } => identity.ToString(),
        { IdType: IdType.DerAsn1Dn } name => $"@~{Convert.ToHexStringLower(name.Data.Span)}",
        { IdType: IdType.KeyId } id => $"@#{Convert.ToHexStringLower(id.Data.Span)}",
        { } other => throw new UnsupportedException($"libreswan takes no identity of type {other.IdType} in a policy"),
    };
}
