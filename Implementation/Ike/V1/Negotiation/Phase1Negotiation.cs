// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Negotiation;

/// <summary>Phase 1 offers and choices as SA payloads (RFC 2408 section 4.2, RFC 2409 section 5 and appendix A).</summary>
internal static class Phase1Negotiation
{
    public const uint IpsecDoi = 1;
    public const uint SituationIdentityOnly = 1;
    public const byte KeyIke = 1;

    /// <summary>One proposal with a transform a suite, in order of preference.</summary>
    public static SaPayload Offer(ImmutableArray<Phase1Suite> suites)
    {
        var transforms = suites.Select((suite, index) => new Transform((byte)(index + 1), KeyIke, Encode(suite)));
        var proposal = new Proposal(1, ProtocolId.Isakmp, ReadOnlyMemory<byte>.Empty, [.. transforms]);
        return new SaPayload(IpsecDoi, SituationIdentityOnly, [proposal]);
    }

    /// <summary>
    /// The first offered transform that the policy allows. The answer holds it as it was offered, number and attributes
    /// unchanged (RFC 2408 section 4.2; RFC 2409 section 5: "without modification").
    /// </summary>
    public static (SaPayload Answer, Phase1Suite Suite)? Choose(SaPayload offer, ImmutableArray<Phase1Suite> allowed)
    {
        foreach (var proposal in offer.Proposals.Where(p => p.ProtocolId == ProtocolId.Isakmp))
        {
            foreach (var transform in proposal.Transforms)
            {
                if (TryDecode(transform) is { } suite && allowed.Any(suite.SameAlgorithms))
                {
                    var chosen = new Proposal(proposal.Number, ProtocolId.Isakmp, proposal.Spi, [Copy(transform)]);
                    return (new SaPayload(offer.Doi, offer.Situation, [chosen]), suite);
                }
            }
        }

        return null;
    }

    /// <summary>The initiator's check that the answer is one transform of its own offer (RFC 2408 section 4.2).</summary>
    public static Phase1Suite? Verify(SaPayload answer, ImmutableArray<Phase1Suite> offered)
    {
        if (answer.Proposals is not [{ ProtocolId: ProtocolId.Isakmp, Transforms: [var transform] }])
        {
            return null;
        }

        return TryDecode(transform) is { } suite && offered.Contains(suite) ? suite : null;
    }

    /// <summary>DOI and situation of an offer that this implementation can answer (RFC 2407 section 4.2).</summary>
    public static Rejection? CheckSituation(SaPayload sa)
    {
        if (sa.Doi != IpsecDoi)
        {
            return new("RFC 2408 section 5.4", $"DOI {sa.Doi} is not the IPsec DOI", NotifyType.DoiNotSupported);
        }

        return sa.Situation == SituationIdentityOnly
            ? null
            : new("RFC 2408 section 5.4", $"situation 0x{sa.Situation:x8} is not SIT_IDENTITY_ONLY", NotifyType.SituationNotSupported);
    }

    private static Transform Copy(Transform transform) => new(transform.Number, transform.TransformId, transform.Attributes);

    private static ImmutableArray<DataAttribute> Encode(Phase1Suite suite)
    {
        var attributes = ImmutableArray.CreateBuilder<DataAttribute>();
        attributes.Add(Basic(Phase1Attribute.EncryptionAlgorithm, suite.Encryption.IkeV1Phase1Id!.Value));
        if (suite.Encryption.HasKeyLengthAttribute)
        {
            attributes.Add(Basic(Phase1Attribute.KeyLength, (ushort)(suite.Encryption.KeySize * 8)));
        }

        attributes.Add(Basic(Phase1Attribute.HashAlgorithm, suite.Hash.IkeV1HashId));
        attributes.Add(Basic(Phase1Attribute.AuthenticationMethod, (ushort)AuthenticationMethod.PreSharedKey));
        attributes.Add(Basic(Phase1Attribute.GroupDescription, suite.Group.Id));
        attributes.Add(Basic(Phase1Attribute.LifeType, (ushort)LifeType.Seconds));
        attributes.Add(LifeDuration.Encode((ushort)Phase1Attribute.LifeDuration, suite.LifetimeSeconds));
        return attributes.ToImmutable();
    }

    private static DataAttribute Basic(Phase1Attribute type, ushort value) => DataAttribute.Basic((ushort)type, value);

    /// <summary>The suite a transform describes; null when an attribute is unknown to us, missing or given twice.</summary>
    private static Phase1Suite? TryDecode(Transform transform)
    {
        var values = new Dictionary<Phase1Attribute, ulong>();
        foreach (var attribute in transform.Attributes)
        {
            if (!attribute.TryGetNumber(out var number) || !values.TryAdd((Phase1Attribute)attribute.Type, number))
            {
                return null;
            }
        }

        if (transform.TransformId != KeyIke
            || values.Keys.Any(key => !IsKnown(key))
            || !values.TryGetValue(Phase1Attribute.EncryptionAlgorithm, out var cipher)
            || !values.TryGetValue(Phase1Attribute.HashAlgorithm, out var hash)
            || !values.TryGetValue(Phase1Attribute.GroupDescription, out var group)
            || values.GetValueOrDefault(Phase1Attribute.AuthenticationMethod) != (ushort)AuthenticationMethod.PreSharedKey
            || values.GetValueOrDefault(Phase1Attribute.LifeType, 1UL) != (ushort)LifeType.Seconds)
        {
            return null;
        }

        int? keyBits = values.TryGetValue(Phase1Attribute.KeyLength, out var bits) ? (int)Math.Min(bits, ushort.MaxValue) : null;
        return EncryptionAlgorithm.FindPhase1((ushort)cipher, keyBits) is { } encryption
            && PrfAlgorithm.FindIkeV1((ushort)hash) is { } prf
            && KeyExchangeMethod.Find((ushort)group) is { } method
            ? new Phase1Suite(encryption, prf, method, LifeDuration.Clamp(values.GetValueOrDefault(Phase1Attribute.LifeDuration, LifeDuration.DefaultSeconds)))
            : null;
    }

    private static bool IsKnown(Phase1Attribute attribute) => attribute is
        Phase1Attribute.EncryptionAlgorithm or Phase1Attribute.HashAlgorithm or Phase1Attribute.AuthenticationMethod
        or Phase1Attribute.GroupDescription or Phase1Attribute.LifeType or Phase1Attribute.LifeDuration or Phase1Attribute.KeyLength;
}
