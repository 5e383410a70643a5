// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Security.Cryptography.X509Certificates;
using Ipsec.Daemon.Configuration;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Target;

/// <summary>Values of a profile as people write them.</summary>
internal static class ProfileTexts
{
    /// <summary>As in a gateway's configuration: an address, "user@host", "host", "keyid:" and hexadecimal, or a distinguished name.</summary>
    public static string? Identity(string text, out PeerIdentity identity)
    {
        identity = PeerIdentity.Any;
        if (Texts.Identity(text, out var payload) is { } problem)
        {
            return problem;
        }

        identity = payload!.IdType switch
        {
            IdType.Ipv4Address or IdType.Ipv6Address => PeerIdentity.Address(new IPAddress(payload.Data.Span)),
            IdType.UserFqdn => PeerIdentity.Email(text),
            IdType.KeyId => PeerIdentity.KeyId(payload.Data),
            IdType.DerAsn1Dn => PeerIdentity.DistinguishedName(new X500DistinguishedName(payload.Data.Span)),
            _ => PeerIdentity.Fqdn(text),
        };
        return null;
    }

    /// <summary>An IPv4 network, all protocols and ports.</summary>
    public static string? Ipv4Network(string text, out TrafficSelector network) => Texts.Selector(text, out network)
        ?? (network is { Version: IpVersion.V4, PrefixLength: not null, Protocol: 0, IsAnyPort: true } ? null : $"\"{text}\" is not an IPv4 network such as 198.19.10.0/26");

    /// <summary>Whether an address lies in a network.</summary>
    public static bool IsIn(IPAddress address, TrafficSelector network)
    {
        var number = TrafficSelector.Address(address).FirstAddress;
        return number.Version == network.Version && number.Value >= network.FirstAddress.Value && number.Value <= network.LastAddress.Value;
    }
}
