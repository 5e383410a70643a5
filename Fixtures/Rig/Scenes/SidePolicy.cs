// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto;
using Ipsec.Fixtures.Rig.Certificates;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Ike.V1;
using Ipsec.Sa;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <summary>What one side of a scenario is willing to do, before addresses are known.</summary>
public sealed record SidePolicy
{
    private const uint Phase1Seconds = 28800;
    private const string WithoutIntegrity = " without integrity";

    /// <summary>The type of the side's identity.</summary>
    public IdentityKind Identity { get; init; } = IdentityKind.Fqdn;

    /// <summary>The identity that the side has whatever the connection is called, when it is of the type asked for; null for one made of the connection's name.</summary>
    public GivenIdentity? GivenIdentity { get; init; }

    /// <summary>Which identity the side demands of the other.</summary>
    public IdentityDemand Demand { get; init; } = IdentityDemand.Claimed;

    /// <summary>The pre-shared key. Throw-away: it protects nothing but test traffic.</summary>
    public string PreSharedKey { get; init; } = "a throw-away key of west and east";

    /// <summary>The side's certificate; null for none.</summary>
    public CertificateChoice? Certificate { get; init; }

    /// <summary>The side's part in extended authentication; null for none.</summary>
    public XauthChoice? Xauth { get; init; }

    /// <summary>The side's part in mode config; null for none.</summary>
    public ModeConfigChoice? ModeConfig { get; init; }

    /// <summary>The exchange of phase 1 that the side starts and takes.</summary>
    public Phase1Mode Mode { get; init; } = Phase1Mode.Main;

    /// <summary>Phase 1 suites, most preferred first.</summary>
    public ImmutableArray<Phase1Suite> Phase1 { get; init; } = [Suite("AES-CBC-128", "HMAC-SHA2-256", "ECP-256")];

    /// <summary>When the side starts to replace an IKE SA, in seconds; null for nine tenths of its lifetime.</summary>
    public uint? Phase1RekeySeconds { get; init; }

    /// <summary>What the side does about NATs.</summary>
    public NatTraversalChoice NatTraversal { get; init; } = NatTraversalChoice.Auto;

    /// <summary>The port on which the side starts phase 1, and to which it sends: 500, or 4500 where it speaks NAT traversal from the beginning (RFC 3947 section 4).</summary>
    public int IkePort { get; init; } = PeerPolicy.DefaultIkePort;

    /// <summary>Fragmentation of IKE messages; null for what the implementation does by itself.</summary>
    public FragmentationPeerPolicy? Fragmentation { get; init; }

    /// <summary>Dead peer detection; null for none of the side's own.</summary>
    public DeadPeerPolicy? DeadPeerDetection { get; init; }

    /// <summary>What becomes of an older IKE SA with the same peer.</summary>
    public UniquenessChoice Uniqueness { get; init; } = UniquenessChoice.Never;

    /// <summary>Vendor IDs to send beside the implementation's own.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> VendorIds { get; init; } = [];

    /// <summary>Phase 2 suites, most preferred first.</summary>
    public ImmutableArray<Phase2Suite> Phase2 { get; init; } = [EspSuite("AES-GCM-16-128")];

    /// <summary>Group for perfect forward secrecy; null for none.</summary>
    public KeyExchangeMethod? Pfs { get; init; }

    /// <summary>Tunnel or transport.</summary>
    public SaMode Encapsulation { get; init; } = SaMode.Tunnel;

    /// <summary>What traffic is protected; in transport mode always that between the outer addresses, apart from protocol and ports.</summary>
    public SelectorChoice Selectors { get; init; } = new();

    /// <summary>Width of the side's replay window in packets; null for what the implementation has by itself.</summary>
    public int? ReplayWindow { get; init; }

    /// <summary>Lifetime of a pair of IPsec SAs in seconds.</summary>
    public uint ChildSeconds { get; init; } = 3600;

    /// <summary>Whether the side's quick modes say nothing of lifetimes.</summary>
    public bool OmitsLifetime { get; init; }

    /// <summary>Whether the side's quick modes name no client identities.</summary>
    public bool OmitsIdentities { get; init; }

    /// <summary>Whether the side sets the commit bit in its quick modes (RFC 2408 section 3.1).</summary>
    public bool SetsCommitBit { get; init; }

    /// <summary>
    /// Number of the private group for perfect forward secrecy that new group mode has to give first (RFC 2409 section 5.6); null for none.
    /// A side that has one takes private groups from the other side.
    /// </summary>
    public ushort? PrivateGroup { get; init; }

    /// <summary>When the side starts to replace a pair, in seconds; null for nine tenths of its lifetime.</summary>
    public uint? ChildRekeySeconds { get; init; }

    /// <summary>Lifetime of a pair in kilobytes; null for no such limit.</summary>
    public uint? ChildKilobytes { get; init; }

    /// <summary>When the side starts to replace a pair, in kilobytes; null for nine tenths of that lifetime.</summary>
    public uint? ChildRekeyKilobytes { get; init; }

    /// <summary>A phase 1 suite by the names of its parts.</summary>
    /// <param name="encryption">For example "AES-CBC-128".</param>
    /// <param name="hash">For example "HMAC-SHA2-256".</param>
    /// <param name="group">For example "MODP-2048".</param>
    /// <returns>The suite.</returns>
    /// <exception cref="ArgumentException">A name is not in the algorithm table; the message lists those that are.</exception>
    public static Phase1Suite Suite(string encryption, string hash, string group) =>
        new(EncryptionAlgorithm.Named(encryption), PrfAlgorithm.Named(hash), KeyExchangeMethod.Named(group), Phase1Seconds);

    /// <summary>An ESP suite as scenarios write it: "AES-GCM-16-128", "AES-CBC-128 and HMAC-SHA2-256-128" or "AES-CBC-128 without integrity".</summary>
    /// <param name="text">One or two names.</param>
    /// <returns>The suite.</returns>
    /// <exception cref="ArgumentException">A name is not in the algorithm table.</exception>
    public static Phase2Suite EspSuite(string text) => text.Split(" and ") switch
    {
        [var cipher] when cipher.EndsWith(WithoutIntegrity, StringComparison.Ordinal) => Phase2Suite.EspWithoutIntegrity(EncryptionAlgorithm.Named(cipher[..^WithoutIntegrity.Length])),
        [var aead] => new(EncryptionAlgorithm.Named(aead), null),
        [var encryption, var integrity] => new(EncryptionAlgorithm.Named(encryption), IntegrityAlgorithm.Named(integrity)),
        _ => throw new ArgumentException($"\"{text}\" is not an ESP suite: write one name, or two with \" and \" between them", nameof(text)),
    };

    /// <summary>A suite of ESP, AH or both: "AH HMAC-SHA1-96", "AH HMAC-SHA1-96 around NULL and HMAC-SHA1-96", any of them with " with ESN" behind it.</summary>
    /// <param name="text">As <see cref="EspSuite"/> or with these words.</param>
    /// <returns>The suite.</returns>
    /// <exception cref="ArgumentException">A name is not in the algorithm table.</exception>
    public static Phase2Suite IpsecSuite(string text)
    {
        const string Esn = " with ESN";
        if (text.EndsWith(Esn, StringComparison.Ordinal))
        {
            return IpsecSuite(text[..^Esn.Length]) with { UseEsn = true };
        }

        const string Ah = "AH ";
        if (!text.StartsWith(Ah, StringComparison.Ordinal))
        {
            return EspSuite(text);
        }

        return text[Ah.Length..].Split(" around ") switch
        {
            [var integrity] => Phase2Suite.Ah(IntegrityAlgorithm.Named(integrity)),
            [var integrity, var esp] => Phase2Suite.AhAndEsp(IntegrityAlgorithm.Named(integrity), EspSuite(esp)),
            _ => throw new ArgumentException($"\"{text}\" is not a suite: AH can be around one ESP", nameof(text)),
        };
    }

    /// <summary>The same with another authentication method in all phase 1 suites.</summary>
    /// <param name="method">The method.</param>
    /// <returns>The changed policy.</returns>
    public SidePolicy AuthenticatedBy(AuthenticationMethod method) => this with { Phase1 = [.. Phase1.Select(suite => suite with { Authentication = method })] };

    /// <summary>The same with another lifetime in all phase 1 suites.</summary>
    /// <param name="seconds">The lifetime.</param>
    /// <returns>The changed policy.</returns>
    public SidePolicy WithPhase1Lifetime(uint seconds) => this with { Phase1 = [.. Phase1.Select(suite => suite with { LifetimeSeconds = seconds })] };
}
