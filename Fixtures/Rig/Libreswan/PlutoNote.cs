// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Cookie = Ipsec.Wire.Isakmp.Cookie;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>What pluto's log has told about one state. What it has not is null.</summary>
internal sealed record PlutoNote
{
    /// <summary>Nothing yet.</summary>
    public static PlutoNote Nothing { get; } = new();

    /// <summary>CKY-I of the IKE SA.</summary>
    public Cookie? InitiatorCookie { get; init; }

    /// <summary>CKY-R of the IKE SA.</summary>
    public Cookie? ResponderCookie { get; init; }

    /// <summary>The cipher.</summary>
    public EncryptionAlgorithm? Encryption { get; init; }

    /// <summary>The hash of phase 1.</summary>
    public PrfAlgorithm? Hash { get; init; }

    /// <summary>The integrity algorithm of ESP or AH.</summary>
    public IntegrityAlgorithm? Integrity { get; init; }

    /// <summary>The group of phase 1.</summary>
    public KeyExchangeMethod? Group { get; init; }

    /// <summary>Whether an IPsec SA is one of AH.</summary>
    public bool IsAh { get; init; }

    /// <summary>Whether it is in transport mode.</summary>
    public bool IsTransport { get; init; }

    /// <summary>Whether it stands in UDP.</summary>
    public bool IsUdpEncapsulated { get; init; }

    /// <summary>The user that extended authentication has proven.</summary>
    public string? RemoteUser { get; init; }

    /// <summary>The inner address that mode config has assigned.</summary>
    public string? AssignedAddress { get; init; }
}
