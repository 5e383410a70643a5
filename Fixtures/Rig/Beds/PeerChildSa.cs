// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>A pair of IPsec SAs as a peer lists it. What a peer does not tell is null.</summary>
/// <param name="Child">Name of the child.</param>
/// <param name="InboundSpi">The SPI on which the peer receives.</param>
/// <param name="OutboundSpi">The SPI with which the peer sends.</param>
/// <param name="PacketsIn">Packets it accepted.</param>
/// <param name="PacketsOut">Packets it sent.</param>
public sealed record PeerChildSa(string Child, uint InboundSpi, uint OutboundSpi, long PacketsIn, long PacketsOut)
{
    /// <summary>ESP or AH.</summary>
    public IpProtocol Protocol { get; init; } = IpProtocol.Esp;

    /// <summary>Tunnel or transport.</summary>
    public SaMode Mode { get; init; } = SaMode.Tunnel;

    /// <summary>Whether it stands in UDP (RFC 3948).</summary>
    public bool IsUdpEncapsulated { get; init; }

    /// <summary>The cipher or AEAD.</summary>
    public EncryptionAlgorithm? Encryption { get; init; }

    /// <summary>The integrity algorithm.</summary>
    public IntegrityAlgorithm? Integrity { get; init; }

    /// <summary>The group of perfect forward secrecy.</summary>
    public KeyExchangeMethod? Pfs { get; init; }

    /// <summary>Whether its sequence numbers have 64 bits.</summary>
    public bool HasExtendedSequenceNumbers { get; init; }

    /// <summary>Octets it accepted.</summary>
    public long BytesIn { get; init; }

    /// <summary>Octets it sent.</summary>
    public long BytesOut { get; init; }

    /// <summary>Seconds until the peer replaces it.</summary>
    public long? SecondsToRekey { get; init; }

    /// <summary>Seconds until it ends.</summary>
    public long? SecondsToEnd { get; init; }

    /// <summary>Whether another pair has replaced it, and it only receives.</summary>
    public bool IsReplaced { get; init; }

    /// <summary>The traffic on the peer's side, in its own notation.</summary>
    public ImmutableArray<string> LocalSelectors { get; init; } = [];

    /// <summary>The traffic on the other side, in its own notation.</summary>
    public ImmutableArray<string> RemoteSelectors { get; init; } = [];
}
