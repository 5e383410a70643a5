// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto.Certificates;
using Ipsec.Crypto.Signatures;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Authentication;
using Ipsec.Ike.V1.Policy;
using Ipsec.Ike.V1.Transactions;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests.Phase1;

/// <summary>Matching policies for every authentication method in both modes.</summary>
internal static class Methods
{
    public static IEnumerable<AuthenticationMethod> All => AuthenticationForm.All.Select(form => form.Method);

    /// <summary>One method of each shape that phase 1 messages take: for tests that try much with each.</summary>
    public static IEnumerable<AuthenticationMethod> Shapes { get; } =
    [
        AuthenticationMethod.PreSharedKey, AuthenticationMethod.RsaSignatures, AuthenticationMethod.EcdsaSha384,
        AuthenticationMethod.HybridInitRsa, AuthenticationMethod.RsaEncryption, AuthenticationMethod.RevisedRsaEncryption,
    ];

    public static IEnumerable<object[]> ShapesInBothModes =>
        from mode in Enum.GetValues<Phase1Mode>()
        from method in Shapes
        select new object[] { mode, method };

    public static IEnumerable<object[]> AllInBothModes =>
        from mode in Enum.GetValues<Phase1Mode>()
        from method in All
        select new object[] { mode, method };

    /// <summary>How many datagrams phase 1 takes.</summary>
    public static int Messages(Phase1Mode mode) => mode == Phase1Mode.Main ? 6 : 3;

    /// <summary>West and east with all they need, west being the initiator of what is not the same on both sides.</summary>
    public static PolicyPair Pair(Phase1Mode mode, AuthenticationMethod method, string hash = "HMAC-SHA2-256")
    {
        var pair = new PolicyPair();
        var form = AuthenticationForm.Find(method)!;
        return new PolicyPair
        {
            West = Policy(pair.West, mode, form, hash, peer: 0, mayHaveKey: form.ConcealsIdentity || form.Initiator != ProofKind.Hash),
            East = Policy(pair.East, mode, form, hash, peer: 1, mayHaveKey: form.ConcealsIdentity || form.Responder != ProofKind.Hash),
        };
    }

    /// <summary>A certificate with the names of one of the two gateways.</summary>
    public static Certificate Certificate(TestPki.Authority authority, KeyKind kind, int peer)
    {
        var name = peer == 0 ? "west" : "east";
        var address = (peer == 0 ? PolicyPair.WestEnd : PolicyPair.EastEnd).Address;
        return authority.Issue(TestPki.Key(kind, peer), $"CN={name},O=Example", names =>
        {
            names.AddDnsName($"{name}.example");
            names.AddEmailAddress($"admin@{name}.example");
            names.AddIpAddress(address);
            names.AddIpAddress(System.Net.IPAddress.Parse($"2001:db8::{peer + 1}"));
        });
    }

    private static ConnectionPolicy Policy(ConnectionPolicy policy, Phase1Mode mode, AuthenticationForm form, string hash, int peer, bool mayHaveKey)
    {
        policy = policy with
        {
            Mode = mode,
            AcceptedModes = [mode],
            Phase1 = [PolicyPair.Phase1("AES-CBC-128", hash, "ECP-256") with { Authentication = form.Method }],
            PreSharedKey = form.Skeyid == SkeyidSource.PreSharedKey ? policy.PreSharedKey : ReadOnlyMemory<byte>.Empty,
            Xauth = XauthRoles.Of(form.Method, isInitiator: true) == XauthRole.None ? null : new() { Credentials = PolicyPairs.Joe, Users = [PolicyPairs.Joe] },
        };
        if (form.Key is not { } kind)
        {
            return policy;
        }

        ImmutableArray<Certificate> chain = mayHaveKey ? [Certificate(TestPki.Root, kind, peer)] : [];
        return policy with
        {
            Certificates = new() { Chain = chain, Key = mayHaveKey ? TestPki.Key(kind, peer).Private : null, Trust = TestPki.Root.Trust },
            PeerPublicKey = form.ConcealsIdentity ? TestPki.Key(kind, 1 - peer).Public : null,
        };
    }
}
