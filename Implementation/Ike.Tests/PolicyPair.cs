// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using Ipsec.Crypto;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests;

/// <summary>Matching policies of two gateways, to be changed by the test.</summary>
internal sealed record PolicyPair
{
    public static readonly IPEndPoint WestEnd = new(IPAddress.Parse("198.51.100.10"), 500);
    public static readonly IPEndPoint EastEnd = new(IPAddress.Parse("198.51.100.2"), 500);

    public PolicyPair()
    {
        West = Policy(WestEnd, EastEnd, "west.example", "east.example", 18, 19);
        East = Policy(EastEnd, WestEnd, "east.example", "west.example", 19, 18);
    }

    public ConnectionPolicy West { get; init; }

    public ConnectionPolicy East { get; init; }

    public PolicyPair WithPhase1(string encryption, string hash, string group) => this with
    {
        West = West with { Phase1 = [Phase1(encryption, hash, group)] },
        East = East with { Phase1 = [Phase1(encryption, hash, group)] },
    };

    public PolicyPair WithChild(string encryption, string? integrity, string? pfs) => this with
    {
        West = West with { Children = [West.Children[0] with { Suites = [Phase2(encryption, integrity)], Pfs = pfs is null ? null : Group(pfs) }] },
        East = East with { Children = [East.Children[0] with { Suites = [Phase2(encryption, integrity)], Pfs = pfs is null ? null : Group(pfs) }] },
    };

    public static Phase1Suite Phase1(string encryption, string hash, string group, uint seconds = 28800) =>
        new(Encryption(encryption), Prf(hash), Group(group), seconds);

    public static Phase2Suite Phase2(string encryption, string? integrity)
    {
        IntegrityAlgorithm? found = null;
        if (integrity is not null)
        {
            IntegrityAlgorithm.TryFind(integrity, out found).Should().BeTrue();
        }

        return new(Encryption(encryption), found);
    }

    public static KeyExchangeMethod Group(string name)
    {
        KeyExchangeMethod.TryFind(name, out var found).Should().BeTrue();
        return found!;
    }

    private static EncryptionAlgorithm Encryption(string name)
    {
        EncryptionAlgorithm.TryFind(name, out var found).Should().BeTrue();
        return found!;
    }

    private static PrfAlgorithm Prf(string name)
    {
        PrfAlgorithm.TryFind(name, out var found).Should().BeTrue();
        return found!;
    }

    private static ConnectionPolicy Policy(IPEndPoint local, IPEndPoint remote, string id, string peer, byte ours, byte theirs) => new()
    {
        Name = "tunnel",
        Local = local,
        Remote = remote,
        LocalIdentity = IdentificationPayload.Fqdn(id),
        RemoteIdentity = IdentificationPayload.Fqdn(peer),
        PreSharedKey = Encoding.ASCII.GetBytes("a shared secret of two gateways"),
        Phase1 = [Phase1("AES-CBC-128", "HMAC-SHA2-256", "ECP-256")],
        Children = [Child("net", ours, theirs, 1), Child("other", ours, theirs, 2)],
        Retransmission = new(TimeSpan.FromSeconds(1), 2, 3),
    };

    private static ChildPolicy Child(string name, byte ours, byte theirs, byte net) => new()
    {
        Name = name,
        LocalSelector = Subnet(ours, net),
        RemoteSelector = Subnet(theirs, net),
        Suites = [Phase2("AES-GCM-16-128", null)],
    };

    private static IdentificationPayload Subnet(byte second, byte third) =>
        IdentificationPayload.Ipv4Subnet(new IPAddress([198, second, third, 0]), 24);
}
