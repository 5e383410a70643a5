// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Negotiation;

/// <summary>One protocol of a suite as a transform (RFC 2407 sections 4.4.3, 4.4.4 and 4.5).</summary>
internal static class Phase2Encoding
{
    private const ushort Extended = 1;

    public static byte TransformId(Phase2Suite suite, IpsecProtocol protocol) => protocol == IpsecProtocol.Ah
        ? suite.AhIntegrity!.IkeV1AhId!.Value
        : suite.Encryption!.IkeV1EspId!.Value;

    public static ImmutableArray<DataAttribute> Attributes(
        Phase2Suite suite,
        IpsecProtocol protocol,
        SaLife life,
        ushort? group,
        EncapsulationMode mode)
    {
        var attributes = ImmutableArray.CreateBuilder<DataAttribute>();
        attributes.AddRange(life.Encode((ushort)Phase2Attribute.SaLifeType, (ushort)Phase2Attribute.SaLifeDuration));
        if (group is { } number)
        {
            attributes.Add(DataAttribute.Basic(Phase2Attribute.GroupDescription, number));
        }

        attributes.Add(DataAttribute.Basic(Phase2Attribute.EncapsulationMode, (ushort)mode));
        var integrity = protocol == IpsecProtocol.Ah ? suite.AhIntegrity : suite.Integrity;
        if (integrity is not null)
        {
            attributes.Add(DataAttribute.Basic(Phase2Attribute.AuthenticationAlgorithm, integrity.IkeV1AuthId!.Value));
        }

        if (protocol == IpsecProtocol.Esp && suite.Encryption!.HasKeyLengthAttribute)
        {
            attributes.Add(DataAttribute.Basic(Phase2Attribute.KeyLength, (ushort)(suite.Encryption.KeySize * 8)));
        }

        if (suite.UseEsn)
        {
            attributes.Add(DataAttribute.Basic(Phase2Attribute.ExtendedSequenceNumbers, Extended));
        }

        return attributes.ToImmutable();
    }
}
