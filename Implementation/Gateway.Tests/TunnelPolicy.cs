// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Gateway.Tests;

/// <summary>Two matching connections: 198.18.1.0/24 behind west, 198.19.1.0/24 behind east.</summary>
internal static class TunnelPolicy
{
    public const uint WestHost = 0xC612_0105;
    public const uint EastHost = 0xC613_0107;

    public static ConnectionPolicy West(IPEndPoint west, IPEndPoint east) => Connection(west, east, "west", "east", "198.18.1.0", "198.19.1.0");

    public static ConnectionPolicy East(IPEndPoint west, IPEndPoint east) => Connection(east, west, "east", "west", "198.19.1.0", "198.18.1.0");

    private static ConnectionPolicy Connection(IPEndPoint local, IPEndPoint remote, string id, string peer, string ours, string theirs)
    {
        EncryptionAlgorithm.TryFind("AES-CBC-128", out var cbc).Should().BeTrue();
        EncryptionAlgorithm.TryFind("AES-GCM-16-128", out var gcm).Should().BeTrue();
        PrfAlgorithm.TryFind("HMAC-SHA2-256", out var prf).Should().BeTrue();
        KeyExchangeMethod.TryFind("ECP-256", out var group).Should().BeTrue();
        return new()
        {
            Name = "tunnel",
            Local = local,
            Remote = remote,
            LocalIdentity = IdentificationPayload.Fqdn($"{id}.example"),
            RemoteIdentity = IdentificationPayload.Fqdn($"{peer}.example"),
            PreSharedKey = "a shared secret of two gateways"u8.ToArray(),
            Phase1 = [new Phase1Suite(cbc!, prf!, group!, 28800)],
            Children =
            [
                new()
                {
                    Name = "net",
                    LocalSelector = IdentificationPayload.Ipv4Subnet(IPAddress.Parse(ours), 24),
                    RemoteSelector = IdentificationPayload.Ipv4Subnet(IPAddress.Parse(theirs), 24),
                    Suites = [new Phase2Suite(gcm!, null)],
                },
            ],
        };
    }
}
