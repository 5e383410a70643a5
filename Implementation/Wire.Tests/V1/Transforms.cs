// SPDX-License-Identifier: Apache-2.0
using Ipsec.Wire.V1;

namespace Ipsec.Wire.Tests.V1;

/// <summary>Transforms of the golden messages.</summary>
internal static class Transforms
{
    public static Transform Phase1Aes128(byte number) => new(
        number,
        (byte)Phase1TransformId.KeyIke,
        [
            DataAttribute.Basic(Phase1Attribute.EncryptionAlgorithm, (ushort)Phase1Encryption.AesCbc),
            DataAttribute.Basic(Phase1Attribute.KeyLength, 128),
            DataAttribute.Basic(Phase1Attribute.HashAlgorithm, (ushort)Phase1Hash.Sha256),
            DataAttribute.Basic(Phase1Attribute.GroupDescription, 14),
            DataAttribute.Basic(Phase1Attribute.AuthenticationMethod, (ushort)AuthenticationMethod.PreSharedKey),
            DataAttribute.Basic(Phase1Attribute.LifeType, (ushort)LifeType.Seconds),
            DataAttribute.Basic(Phase1Attribute.LifeDuration, 28800),
        ]);

    public static Transform Phase1Aes256(byte number) => new(
        number,
        (byte)Phase1TransformId.KeyIke,
        [
            DataAttribute.Basic(Phase1Attribute.LifeType, (ushort)LifeType.Seconds),
            DataAttribute.Variable(Phase1Attribute.LifeDuration, 86400u),
            DataAttribute.Basic(Phase1Attribute.EncryptionAlgorithm, (ushort)Phase1Encryption.AesCbc),
            DataAttribute.Basic(Phase1Attribute.HashAlgorithm, (ushort)Phase1Hash.Sha1),
            DataAttribute.Basic(Phase1Attribute.AuthenticationMethod, (ushort)AuthenticationMethod.PreSharedKey),
            DataAttribute.Basic(Phase1Attribute.GroupDescription, 19),
            DataAttribute.Basic(Phase1Attribute.KeyLength, 256),
        ]);

    public static Transform EspAesCbc256(byte number) => new(
        number,
        (byte)EspTransformId.AesCbc,
        [
            DataAttribute.Basic(Phase2Attribute.EncapsulationMode, (ushort)EncapsulationMode.Tunnel),
            DataAttribute.Basic(Phase2Attribute.AuthenticationAlgorithm, (ushort)AuthenticationAlgorithm.HmacSha256),
            DataAttribute.Basic(Phase2Attribute.KeyLength, 256),
            DataAttribute.Basic(Phase2Attribute.SaLifeType, (ushort)LifeType.Seconds),
            DataAttribute.Variable(Phase2Attribute.SaLifeDuration, 86400u),
            DataAttribute.Basic(Phase2Attribute.GroupDescription, 14),
        ]);

    public static Transform EspAesGcm128(byte number) => new(
        number,
        (byte)EspTransformId.AesGcm16,
        [
            DataAttribute.Basic(Phase2Attribute.EncapsulationMode, (ushort)EncapsulationMode.Tunnel),
            DataAttribute.Basic(Phase2Attribute.KeyLength, 128),
            DataAttribute.Basic(Phase2Attribute.SaLifeType, (ushort)LifeType.Seconds),
            DataAttribute.Variable(Phase2Attribute.SaLifeDuration, 86400u),
            DataAttribute.Basic(Phase2Attribute.ExtendedSequenceNumbers, 1),
        ]);

    public static Transform AhSha256(byte number) => new(
        number,
        (byte)AhTransformId.Sha256,
        [
            DataAttribute.Basic(Phase2Attribute.EncapsulationMode, (ushort)EncapsulationMode.Tunnel),
            DataAttribute.Basic(Phase2Attribute.AuthenticationAlgorithm, (ushort)AuthenticationAlgorithm.HmacSha256),
            DataAttribute.Basic(Phase2Attribute.SaLifeType, (ushort)LifeType.Seconds),
            DataAttribute.Basic(Phase2Attribute.SaLifeDuration, 3600),
        ]);
}
