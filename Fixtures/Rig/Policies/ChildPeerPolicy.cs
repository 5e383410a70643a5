// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto;
using Ipsec.Ike.V1;
using Ipsec.Sa;

namespace Ipsec.Fixtures.Rig.Policies;

/// <summary>One pair of networks, or of hosts, to protect.</summary>
public sealed record ChildPeerPolicy
{
    /// <summary>Name, unique within the connection.</summary>
    public required string Name { get; init; }

    /// <summary>The addresses on this side; null for this side's outer address, or the one that mode config assigns to it.</summary>
    public required TrafficSelector? Local { get; init; }

    /// <summary>The addresses on the other side; null for the other side's outer address, or the one that mode config assigns to it.</summary>
    public required TrafficSelector? Remote { get; init; }

    /// <summary>Next layer protocol on both sides; 0 for any.</summary>
    public byte Protocol { get; init; }

    /// <summary>Port on this side; null for any.</summary>
    public ushort? LocalPort { get; init; }

    /// <summary>Port on the other side; null for any.</summary>
    public ushort? RemotePort { get; init; }

    /// <summary>Suites, most preferred first.</summary>
    public required ImmutableArray<Phase2Suite> Suites { get; init; }

    /// <summary>Group of the additional exchange for perfect forward secrecy; null for none.</summary>
    public KeyExchangeMethod? Pfs { get; init; }

    /// <summary>Tunnel or transport.</summary>
    public SaMode Mode { get; init; } = SaMode.Tunnel;

    /// <summary>Width of this side's replay window in packets; null for what the implementation has by itself.</summary>
    public int? ReplayWindow { get; init; }

    /// <summary>Lifetime in seconds.</summary>
    public uint LifetimeSeconds { get; init; } = 3600;

    /// <summary>Whether this side's offers say nothing of lifetimes (RFC 2407 section 4.5).</summary>
    public bool OmitsLifetime { get; init; }

    /// <summary>Whether this side's quick modes name no client identities (RFC 2409 section 5.5).</summary>
    public bool OmitsIdentities { get; init; }

    /// <summary>Whether this side sets the commit bit, and so owes a CONNECTED (RFC 2408 section 3.1).</summary>
    public bool SetsCommitBit { get; init; }

    /// <summary>
    /// Number of a private group for perfect forward secrecy, in place of <see cref="Pfs"/>: one that new group mode gives (RFC 2409 section
    /// 5.6). Null for none; a side with such a child takes private groups.
    /// </summary>
    public ushort? PrivateGroup { get; init; }

    /// <summary>When this side starts to replace the pair, in seconds; null for nine tenths of the lifetime.</summary>
    public uint? RekeySeconds { get; init; }

    /// <summary>Lifetime in kilobytes of 1024 octets (RFC 2407 section 4.5); null for no such limit.</summary>
    public uint? LifetimeKilobytes { get; init; }

    /// <summary>When this side starts to replace the pair, in kilobytes; null for nine tenths of the lifetime.</summary>
    public uint? RekeyKilobytes { get; init; }
}
