// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Ike.V1;

namespace Ipsec.Fixtures.Rig.Tests.StrongSwan;

/// <summary>Matching policies for both sides of a bed.</summary>
internal static class Policies
{
    public const string Child = "net";

    public static readonly Phase1Suite Phase1 = Suite("AES-CBC-128", "HMAC-SHA2-256", "MODP-2048");

    public static readonly Phase2Suite Gcm = new(EncryptionAlgorithm.Named("AES-GCM-16-128"), null);

    public static readonly Phase2Suite Cbc = new(EncryptionAlgorithm.Named("AES-CBC-128"), IntegrityAlgorithm.Named("HMAC-SHA2-256-128"));

    public static Phase1Suite Suite(string encryption, string hash, string group, uint lifetime = 28800) =>
        new(EncryptionAlgorithm.Named(encryption), PrfAlgorithm.Named(hash), KeyExchangeMethod.Named(group), lifetime);

    public static PeerPolicy West(BedAddresses addresses) => new()
    {
        Name = "tunnel",
        Address = addresses.West,
        RemoteAddress = addresses.East,
        Identity = PeerIdentity.Fqdn("west.example"),
        RemoteIdentity = PeerIdentity.Fqdn("east.example"),
        PreSharedKey = "a throw-away \"key\" {for} #tests",
        Phase1 = [Phase1],
        Children = [new() { Name = Child, Local = addresses.WestNet(0), Remote = addresses.EastNet(0), Suites = [Gcm] }],
    };

    public static PeerPolicy Mirror(PeerPolicy west) => west with
    {
        Address = west.RemoteAddress,
        RemoteAddress = west.Address,
        Identity = west.RemoteIdentity,
        RemoteIdentity = west.Identity,
        Children = [.. west.Children.Select(child => child with { Local = child.Remote, Remote = child.Local })],
    };

    public static PeerPolicy With(this PeerPolicy policy, Phase1Suite? phase1 = null, Phase2Suite? phase2 = null, KeyExchangeMethod? pfs = null) => policy with
    {
        Phase1 = [phase1 ?? policy.Phase1[0]],
        Children = [policy.Children[0] with { Suites = [phase2 ?? policy.Children[0].Suites[0]], Pfs = pfs }],
    };
}
