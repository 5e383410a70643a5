// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Certificates;

/// <summary>Identities as the alternative names of a certificate's subject (RFC 5280 section 4.2.1.6), where an ID payload is looked for (RFC 4945 section 3).</summary>
internal static class SubjectAlternativeNames
{
    /// <summary>The extension; null when no identity has a place there.</summary>
    public static X509Extension? Of(IEnumerable<PeerIdentity> identities)
    {
        var builder = new SubjectAlternativeNameBuilder();
        var isEmpty = true;
        foreach (var payload in identities.Select(identity => identity.Payload).OfType<IdentificationPayload>())
        {
            switch (payload.IdType)
            {
                case IdType.Fqdn:
                    builder.AddDnsName(Encoding.ASCII.GetString(payload.Data.Span));
                    break;
                case IdType.UserFqdn:
                    builder.AddEmailAddress(Encoding.ASCII.GetString(payload.Data.Span));
                    break;
                case IdType.Ipv4Address or IdType.Ipv6Address when payload.TryGetAddress(out var address):
                    builder.AddIpAddress(address);
                    break;
                default:
                    continue;
            }

            isEmpty = false;
        }

        return isEmpty ? null : builder.Build();
    }
}
