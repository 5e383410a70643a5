// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Effects;

/// <summary>
/// A pair of IPsec SAs, one a direction, as quick mode negotiated it (RFC 2409 section 5.5). AH and ESP together are two
/// pairs with one <see cref="BundleId"/>: ESP is applied first and AH around it (RFC 2401 section 4.3), and the mode is
/// that of the whole, so that there is one outer header.
/// </summary>
public sealed record ChildSaPair
{
    /// <summary>AH or ESP.</summary>
    public IpsecProtocol Protocol { get; init; } = IpsecProtocol.Esp;

    /// <summary>The same for the AH and the ESP pair of one bundle, and no other's on this endpoint; null outside a bundle.</summary>
    public uint? BundleId { get; init; }

    /// <summary>Name of the connection.</summary>
    public required string Connection { get; init; }

    /// <summary>Name of the child within the connection.</summary>
    public required string Child { get; init; }

    /// <summary>Whether this endpoint started quick mode.</summary>
    public required bool IsInitiator { get; init; }

    /// <summary>Message ID of the quick mode.</summary>
    public required uint MessageId { get; init; }

    /// <summary>Cookies of the IKE SA under which it was negotiated.</summary>
    public required (Cookie Initiator, Cookie Responder) Cookies { get; init; }

    /// <summary>This endpoint's outer address.</summary>
    public required IPAddress LocalAddress { get; init; }

    /// <summary>The peer's outer address.</summary>
    public required IPAddress RemoteAddress { get; init; }

    /// <summary>The SPI this endpoint chose: packets to us carry it.</summary>
    public required uint InboundSpi { get; init; }

    /// <summary>The SPI the peer chose: packets to it carry it.</summary>
    public required uint OutboundSpi { get; init; }

    /// <summary>ESP encryption algorithm; null with AH.</summary>
    public required EncryptionAlgorithm? Encryption { get; init; }

    /// <summary>AH or ESP integrity algorithm; null with an AEAD, or where the policy wants ESP without integrity.</summary>
    public required IntegrityAlgorithm? Integrity { get; init; }

    /// <summary>Whether sequence numbers have 64 bits (RFC 4304).</summary>
    public bool UseEsn { get; init; }

    /// <summary>KEYMAT of the inbound SA: encryption key, salt, integrity key.</summary>
    public required ReadOnlyMemory<byte> InboundKeyMaterial { get; init; }

    /// <summary>KEYMAT of the outbound SA: encryption key, salt, integrity key.</summary>
    public required ReadOnlyMemory<byte> OutboundKeyMaterial { get; init; }

    /// <summary>What is protected on this side: IDci or IDcr, whichever is ours.</summary>
    public required IdentificationPayload LocalSelector { get; init; }

    /// <summary>What is protected on the peer's side.</summary>
    public required IdentificationPayload RemoteSelector { get; init; }

    /// <summary>Tunnel or transport (RFC 2407 section 4.5), whatever was said about UDP.</summary>
    public required EncapsulationMode Mode { get; init; }

    /// <summary>The encapsulation mode as it was negotiated: with UDP encapsulation one of its modes (RFC 3947 section 5.1).</summary>
    public EncapsulationMode NegotiatedMode { get; init; } = EncapsulationMode.Tunnel;

    /// <summary>The ports of UDP encapsulation; null without it.</summary>
    public UdpEncapsulation? Udp { get; init; }

    /// <summary>The original addresses that the peer told; null when it told none.</summary>
    public NatOriginalAddresses? PeerOriginalAddresses { get; init; }

    /// <summary>Group of the additional exchange; null without perfect forward secrecy.</summary>
    public required KeyExchangeMethod? Pfs { get; init; }

    /// <summary>Width of this side's replay window in packets; null for the default.</summary>
    public int? ReplayWindow { get; init; }

    /// <summary>Negotiated lifetime, in seconds.</summary>
    public required uint LifetimeSeconds { get; init; }

    /// <summary>Negotiated life in kilobytes protected; null without one (RFC 2407 section 4.5).</summary>
    public ulong? LifetimeKilobytes { get; init; }
}
