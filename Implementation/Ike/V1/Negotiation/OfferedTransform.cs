// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Negotiation;

/// <summary>A transform of a peer's quick mode offer that has a meaning to this implementation.</summary>
/// <param name="Transform">As it was offered.</param>
/// <param name="Encryption">The ESP cipher; null with AH.</param>
/// <param name="Integrity">The integrity algorithm; null when none is named.</param>
/// <param name="Mode">The encapsulation mode; null when none is named.</param>
/// <param name="Group">The group of the additional exchange; null without.</param>
/// <param name="UseEsn">Whether 64-bit sequence numbers are offered.</param>
/// <param name="Life">The lifetime offered.</param>
internal sealed record OfferedTransform(
    Transform Transform,
    EncryptionAlgorithm? Encryption,
    IntegrityAlgorithm? Integrity,
    EncapsulationMode? Mode,
    ushort? Group,
    bool UseEsn,
    SaLife Life)
{
    /// <summary>
    /// Reads a transform. Unknown transform IDs, unknown attributes and values of the reserved ranges make it one to pass
    /// over (RFC 2408 section 5.6, RFC 2407 section 4.5.3); whether an attribute must end the negotiation is for
    /// <see cref="Phase2OfferCheck"/> to say.
    /// </summary>
    /// <returns>Null for a transform that can mean nothing.</returns>
    public static OfferedTransform? Read(IpsecProtocol protocol, Transform transform)
    {
        var values = TransformValues.Read(transform.Attributes, (ushort)Phase2Attribute.SaLifeType, (ushort)Phase2Attribute.SaLifeDuration);
        if (values is not { IsContradictory: false } || values.Types.Any(type => !IsKnown((Phase2Attribute)type)))
        {
            return null;
        }

        var integrity = Get(Phase2Attribute.AuthenticationAlgorithm) is { } auth ? IntegrityAlgorithm.FindIkeV1(auth) : null;
        if ((integrity is null && Get(Phase2Attribute.AuthenticationAlgorithm) is not null)
            || Get(Phase2Attribute.ExtendedSequenceNumbers) is not (null or 1))
        {
            return null;
        }

        EncryptionAlgorithm? encryption = null;
        if (protocol == IpsecProtocol.Esp)
        {
            // A key length that a fixed-length cipher must not have, or that a variable one lacks, matches no row.
            encryption = EncryptionAlgorithm.FindEsp(transform.TransformId, Get(Phase2Attribute.KeyLength));
            if (encryption is null)
            {
                return null;
            }
        }
        else if (integrity is null || integrity.IkeV1AhId != transform.TransformId || Get(Phase2Attribute.KeyLength) is not null)
        {
            // AH names its algorithm twice, and both must mean the same (RFC 2407 section 4.4.3).
            return null;
        }

        return new(
            transform,
            encryption,
            integrity,
            (EncapsulationMode?)Get(Phase2Attribute.EncapsulationMode),
            Get(Phase2Attribute.GroupDescription),
            Get(Phase2Attribute.ExtendedSequenceNumbers) is not null,
            SaLife.Of(values));

        ushort? Get(Phase2Attribute type) => values.Get((ushort)type);
    }

    private static bool IsKnown(Phase2Attribute attribute) => attribute is
        Phase2Attribute.GroupDescription or Phase2Attribute.EncapsulationMode or Phase2Attribute.AuthenticationAlgorithm
        or Phase2Attribute.KeyLength or Phase2Attribute.ExtendedSequenceNumbers;
}
