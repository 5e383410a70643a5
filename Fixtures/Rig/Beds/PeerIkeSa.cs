// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Ipsec.Crypto;
using Cookie = Ipsec.Wire.Isakmp.Cookie;

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>An IKE SA as a peer lists it. What a peer does not tell, or not yet, is null.</summary>
/// <param name="InitiatorCookie">CKY-I.</param>
/// <param name="ResponderCookie">CKY-R.</param>
/// <param name="IsInitiator">Whether the peer started phase 1.</param>
/// <param name="IsEstablished">Whether phase 1 is complete, and what had to follow it.</param>
public sealed record PeerIkeSa(Cookie InitiatorCookie, Cookie ResponderCookie, bool IsInitiator, bool IsEstablished)
{
    /// <summary>The cipher.</summary>
    public EncryptionAlgorithm? Encryption { get; init; }

    /// <summary>The hash, by its PRF.</summary>
    public PrfAlgorithm? Hash { get; init; }

    /// <summary>The group of phase 1.</summary>
    public KeyExchangeMethod? Group { get; init; }

    /// <summary>The outer address and port on the peer's side, as the peer sees them.</summary>
    public IPEndPoint? Local { get; init; }

    /// <summary>The outer address and port on the other side, as the peer sees them.</summary>
    public IPEndPoint? Remote { get; init; }

    /// <summary>The identity that the peer claimed, in its own notation.</summary>
    public string? LocalIdentity { get; init; }

    /// <summary>The identity that it was shown, in its own notation.</summary>
    public string? RemoteIdentity { get; init; }

    /// <summary>The user that extended authentication has proven to the peer.</summary>
    public string? RemoteUser { get; init; }

    /// <summary>Whether the peer believes itself behind a NAT.</summary>
    public bool IsBehindNat { get; init; }

    /// <summary>Whether the peer believes the other side behind a NAT.</summary>
    public bool IsRemoteBehindNat { get; init; }

    /// <summary>Inner addresses that mode config has assigned, to the peer or by it.</summary>
    public ImmutableArray<IPAddress> AssignedAddresses { get; init; } = [];

    /// <summary>Seconds until the peer replaces it.</summary>
    public long? SecondsToRekey { get; init; }
}
