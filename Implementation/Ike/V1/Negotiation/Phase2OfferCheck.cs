// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Negotiation;

/// <summary>What every quick mode offer must keep to, whatever the policy says.</summary>
internal static class Phase2OfferCheck
{
    // Group descriptions with a meaning: RFC 2409, 3526, 5114, 5903, 6954 and 8031. Others are reserved or private.
    private const ushort LargestOldGroup = 5;
    private const ushort FirstNewGroup = 14;
    private const ushort LargestNewGroup = 32;

    public static Rejection? Check(SaPayload offer, bool hasKeyExchange) =>
        CheckNumbers(offer)
        ?? offer.Proposals.SelectMany(p => p.Transforms.Select(t => CheckAttributes(p, t))).FirstOrDefault(r => r is not null)
        ?? CheckGroups(offer, hasKeyExchange);

    /// <summary>Proposals of one number must not be separated by another (RFC 2408 section 4.2).</summary>
    private static Rejection? CheckNumbers(SaPayload offer)
    {
        var runs = offer.Proposals.Where((p, i) => i == 0 || offer.Proposals[i - 1].Number != p.Number).Select(p => p.Number).ToArray();
        return runs.Length == runs.Distinct().Count()
            ? null
            : new("RFC 2408 section 4.2", "proposals of one number are separated by another", NotifyType.BadProposalSyntax, IsFatal: true);
    }

    /// <summary>
    /// Attributes that contradict each other, and those that the DOI defines and we cannot do, end the negotiation even
    /// where another transform would do (RFC 2407 sections 4.5.2 and 4.5.3, RFC 4304 section 3). Values of the reserved
    /// ranges do not, and neither do the attributes of a transform that is unknown and so ignored (RFC 2408 section 5.6).
    /// </summary>
    private static Rejection? CheckAttributes(Proposal proposal, Transform transform)
    {
        var values = TransformValues.Read(transform.Attributes, (ushort)Phase2Attribute.SaLifeType, (ushort)Phase2Attribute.SaLifeDuration);
        if (values is { IsContradictory: true })
        {
            return Unsupported("RFC 2407 section 4.5.2", "attributes of one transform contradict each other");
        }

        if (!IsKnown(proposal.ProtocolId, transform.TransformId))
        {
            return null;
        }

        if (transform.Attributes.FirstOrDefault(a => IsUnsupported((Phase2Attribute)a.Type)) is { } attribute)
        {
            return Unsupported("RFC 2407 section 4.5.3", $"the attribute {(Phase2Attribute)attribute.Type} is not supported");
        }

        var auth = values?.Get((ushort)Phase2Attribute.AuthenticationAlgorithm);
        if (auth is > 0 && Enum.IsDefined((AuthenticationAlgorithm)auth) && IntegrityAlgorithm.FindIkeV1(auth.Value) is null)
        {
            return Unsupported("RFC 2407 section 4.5.3", $"the authentication algorithm {(AuthenticationAlgorithm)auth} is not supported");
        }

        var group = values?.Get((ushort)Phase2Attribute.GroupDescription);
        if (group is (> 0 and <= LargestOldGroup) or (>= FirstNewGroup and <= LargestNewGroup) && KeyExchangeMethod.Find(group.Value) is null)
        {
            return Unsupported("RFC 2407 section 4.5.3", $"the group {group} is not supported");
        }

        return values?.Get((ushort)Phase2Attribute.ExtendedSequenceNumbers) is not (null or 1)
            ? Unsupported("RFC 4304 section 3", "the attribute for 64-bit sequence numbers has another value than 1")
            : null;
    }

    /// <summary>
    /// With KE every transform of every proposal names the same group; a group without KE makes no sense (RFC 2409 section
    /// 5.5: all offers of one quick mode are consistent).
    /// </summary>
    private static Rejection? CheckGroups(SaPayload offer, bool hasKeyExchange)
    {
        var groups = offer.Proposals.SelectMany(p => p.Transforms)
            .Select(t => TransformValues.Read(t.Attributes, (ushort)Phase2Attribute.SaLifeType, (ushort)Phase2Attribute.SaLifeDuration))
            .OfType<TransformValues>()
            .Select(v => v.Get((ushort)Phase2Attribute.GroupDescription))
            .Distinct()
            .ToArray();
        return (hasKeyExchange, groups) switch
        {
            (true, [] or [not null]) => null,
            (true, _) => new("RFC 2409 section 5.5", "KE is there, but not every transform names the same group", NotifyType.BadProposalSyntax, IsFatal: true),
            (false, [] or [null]) => null,
            _ => new("RFC 2409 section 5.5", "a transform names a group, but KE is not there", NotifyType.InvalidKeyInformation, IsFatal: true),
        };
    }

    private static bool IsKnown(ProtocolId protocol, byte transformId) => protocol switch
    {
        ProtocolId.Esp => EncryptionAlgorithm.All.Any(row => row.IkeV1EspId == transformId),
        ProtocolId.Ah => IntegrityAlgorithm.All.Any(row => row.IkeV1AhId == transformId),
        _ => false,
    };

    private static bool IsUnsupported(Phase2Attribute attribute) => attribute is
        Phase2Attribute.KeyRounds or Phase2Attribute.CompressDictionarySize or Phase2Attribute.CompressPrivateAlgorithm
        or Phase2Attribute.EcnTunnel or Phase2Attribute.AuthenticationKeyLength or Phase2Attribute.SignatureEncodingAlgorithm
        or Phase2Attribute.AddressPreservation or Phase2Attribute.SaDirection;

    private static Rejection Unsupported(string clause, string reason) => new(clause, reason, NotifyType.AttributesNotSupported, IsFatal: true);
}
