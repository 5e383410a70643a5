// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.V1;

/// <summary>Attribute classes of phase 1 transforms (RFC 2409 appendix A).</summary>
public enum Phase1Attribute : ushort
{
    /// <summary>Encryption Algorithm, basic: <see cref="Phase1Encryption"/>.</summary>
    EncryptionAlgorithm = 1,

    /// <summary>Hash Algorithm, basic: <see cref="Phase1Hash"/>.</summary>
    HashAlgorithm = 2,

    /// <summary>Authentication Method, basic: <see cref="V1.AuthenticationMethod"/>.</summary>
    AuthenticationMethod = 3,

    /// <summary>Group Description, basic: number of a predefined group.</summary>
    GroupDescription = 4,

    /// <summary>Group Type, basic: <see cref="V1.GroupType"/>.</summary>
    GroupType = 5,

    /// <summary>Group Prime or Irreducible Polynomial, variable.</summary>
    GroupPrime = 6,

    /// <summary>Group Generator One, variable.</summary>
    GroupGeneratorOne = 7,

    /// <summary>Group Generator Two, variable.</summary>
    GroupGeneratorTwo = 8,

    /// <summary>Group Curve A, variable.</summary>
    GroupCurveA = 9,

    /// <summary>Group Curve B, variable.</summary>
    GroupCurveB = 10,

    /// <summary>Life Type, basic: <see cref="V1.LifeType"/>.</summary>
    LifeType = 11,

    /// <summary>Life Duration, variable: in the units of the life type before it.</summary>
    LifeDuration = 12,

    /// <summary>PRF, basic: none is assigned.</summary>
    Prf = 13,

    /// <summary>Key Length, basic: bits, for ciphers with a variable key.</summary>
    KeyLength = 14,

    /// <summary>Field Size, basic: bits.</summary>
    FieldSize = 15,

    /// <summary>Group Order, variable.</summary>
    GroupOrder = 16,
}
