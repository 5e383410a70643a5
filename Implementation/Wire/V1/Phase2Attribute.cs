// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.V1;

/// <summary>Attribute classes of IPsec transforms (RFC 2407 section 4.5; RFC 3168, 4304, 4359, 6407).</summary>
public enum Phase2Attribute : ushort
{
    /// <summary>SA Life Type, basic: <see cref="LifeType"/>.</summary>
    SaLifeType = 1,

    /// <summary>SA Life Duration, variable: in the units of the life type before it.</summary>
    SaLifeDuration = 2,

    /// <summary>Group Description, basic: the group for perfect forward secrecy.</summary>
    GroupDescription = 3,

    /// <summary>Encapsulation Mode, basic: <see cref="V1.EncapsulationMode"/>.</summary>
    EncapsulationMode = 4,

    /// <summary>Authentication Algorithm, basic: <see cref="V1.AuthenticationAlgorithm"/>.</summary>
    AuthenticationAlgorithm = 5,

    /// <summary>Key Length, basic: bits.</summary>
    KeyLength = 6,

    /// <summary>Key Rounds, basic.</summary>
    KeyRounds = 7,

    /// <summary>Compress Dictionary Size, basic: logarithm to base 2.</summary>
    CompressDictionarySize = 8,

    /// <summary>Compress Private Algorithm, variable.</summary>
    CompressPrivateAlgorithm = 9,

    /// <summary>ECN Tunnel, basic: 1 allowed, 2 forbidden (RFC 3168 section 9.2.1.2).</summary>
    EcnTunnel = 10,

    /// <summary>Extended (64-bit) Sequence Number, basic: 1 for 64 bits (RFC 4304).</summary>
    ExtendedSequenceNumbers = 11,

    /// <summary>Authentication Key Length, variable: bits (RFC 4359).</summary>
    AuthenticationKeyLength = 12,

    /// <summary>Signature Encoding Algorithm, basic (RFC 4359).</summary>
    SignatureEncodingAlgorithm = 13,

    /// <summary>Address Preservation, basic (RFC 6407).</summary>
    AddressPreservation = 14,

    /// <summary>SA Direction, basic (RFC 6407).</summary>
    SaDirection = 15,
}
