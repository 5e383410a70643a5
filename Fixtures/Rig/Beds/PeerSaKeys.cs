// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Judgement;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>One IPsec SA, that is one direction, with its keys, as the peer's data plane has it.</summary>
public sealed record PeerSaKeys
{
    /// <summary>The outer source address.</summary>
    public required IPAddress Source { get; init; }

    /// <summary>The outer destination address.</summary>
    public required IPAddress Destination { get; init; }

    /// <summary>ESP or AH.</summary>
    public required IpProtocol Protocol { get; init; }

    /// <summary>The SPI.</summary>
    public required uint Spi { get; init; }

    /// <summary>Tunnel or transport.</summary>
    public required SaMode Mode { get; init; }

    /// <summary>The key of the cipher or AEAD, an AEAD's salt or a counter mode's nonce behind it as in KEYMAT; empty for none.</summary>
    public byte[] EncryptionKey { get; init; } = [];

    /// <summary>The key of the integrity algorithm; empty for none.</summary>
    public byte[] IntegrityKey { get; init; } = [];

    /// <summary>Length of the ICV in bits; 0 for none.</summary>
    public int IcvBits { get; init; }

    /// <summary>UDP ports from and to which it is encapsulated; null where it is not.</summary>
    public (ushort Source, ushort Destination)? Udp { get; init; }

    /// <summary>Whether its sequence numbers have 64 bits.</summary>
    public bool HasExtendedSequenceNumbers { get; init; }

    /// <summary>The keys of an SA of our own implementation, as a peer tells its own.</summary>
    /// <param name="sa">The SA.</param>
    /// <returns>One direction.</returns>
    public static PeerSaKeys Of(SaParameters sa)
    {
        ArgumentNullException.ThrowIfNull(sa);
        return new()
        {
            Source = sa.Source,
            Destination = sa.Destination,
            Protocol = sa.Protocol,
            Spi = sa.Spi,
            Mode = sa.Mode,
            EncryptionKey = sa is EspSaParameters cipher ? [.. cipher.EncryptionKey.Span, .. cipher.Salt.Span] : [],
            IntegrityKey = sa switch
            {
                EspSaParameters esp => esp.IntegrityKey.ToArray(),
                AhSaParameters ah => ah.IntegrityKey.ToArray(),
                _ => [],
            },
            IcvBits = sa.IcvSize * 8,
            Udp = sa is EspSaParameters { Nat: { } nat } ? (nat.SourcePort, nat.DestinationPort) : null,
            HasExtendedSequenceNumbers = sa.ExtendedSequenceNumbers,
        };
    }

    /// <summary>What it says of the SA, to be compared with what the other side has.</summary>
    public SaContent Content => new(
        Protocol, Spi, Source, Destination, Mode, Convert.ToHexStringLower(EncryptionKey), Convert.ToHexStringLower(IntegrityKey), IcvBits, HasExtendedSequenceNumbers);
}
