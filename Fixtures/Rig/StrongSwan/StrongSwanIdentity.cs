// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>How strongSwan writes an identity.</summary>
internal static class StrongSwanIdentity
{
    /// <summary>With the type in front: without, strongSwan would guess it from the text. What is no text is written in hexadecimal.</summary>
    /// <exception cref="UnsupportedException">strongSwan has no such type.</exception>
    public static string Of(PeerIdentity identity) => identity.Payload switch
    {
        null => "%any",
        { IdType: IdType.Fqdn } name => $"fqdn:{Encoding.UTF8.GetString(name.Data.Span)}",
        { IdType: IdType.UserFqdn } name => $"email:{Encoding.UTF8.GetString(name.Data.Span)}",
        { IdType: IdType.Ipv4Address or IdType.Ipv6Address } => identity.ToString(),
        { IdType: IdType.DerAsn1Dn } name => $"asn1dn:#{Convert.ToHexStringLower(name.Data.Span)}",
        { IdType: IdType.KeyId } id => $"keyid:#{Convert.ToHexStringLower(id.Data.Span)}",
        { } other => throw new UnsupportedException($"strongswan takes no identity of type {other.IdType} in a policy"),
    };
}
