// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Negotiation;

/// <summary>Phase 1 offers and choices as SA payloads (RFC 2408 section 4.2, RFC 2409 section 5 and appendix A).</summary>
internal static class Phase1Negotiation
{
    public const uint IpsecDoi = SaPayload.IpsecDoi;
    public const uint SituationIdentityOnly = SaPayload.SituationIdentityOnly;
    public const byte KeyIke = 1;

    // The cookies are the SPI; what stands in its place has 0 to 16 bytes and no meaning (RFC 2408 section 3.5).
    private const int LargestIsakmpSpi = 16;

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
        foreach (var proposal in offer.Proposals.Where(p => p.ProtocolId == ProtocolId.Isakmp && p.Spi.Length <= LargestIsakmpSpi))
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

    /// <summary>
    /// The initiator's check that the answer is one transform of its own offer, no attribute changed, added or left out
    /// (RFC 2408 section 4.2, RFC 2409 section 5).
    /// </summary>
    public static Phase1Suite? Verify(SaPayload answer, ImmutableArray<Phase1Suite> offered)
    {
        if (answer.Proposals is not [{ ProtocolId: ProtocolId.Isakmp, Transforms: [{ TransformId: KeyIke } transform] }])
        {
            return null;
        }

        return offered.FirstOrDefault(suite =>
            TransformValues.AreSame(Encode(suite), transform.Attributes, (ushort)Phase1Attribute.LifeDuration));
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

    /// <summary>
    /// The suite a transform describes; null when an attribute is unknown to us, missing or contradicted, and for a life
    /// in kilobytes, of which an IKE SA of ours keeps no count.
    /// </summary>
    private static Phase1Suite? TryDecode(Transform transform)
    {
        var values = TransformValues.Read(transform.Attributes, (ushort)Phase1Attribute.LifeType, (ushort)Phase1Attribute.LifeDuration);
        if (values is not { IsContradictory: false, Kilobytes: null }
            || transform.TransformId != KeyIke
            || values.Types.Any(type => !IsKnown((Phase1Attribute)type))
            || Get(Phase1Attribute.EncryptionAlgorithm) is not { } cipher
            || Get(Phase1Attribute.HashAlgorithm) is not { } hash
            || Get(Phase1Attribute.GroupDescription) is not { } group
            || Get(Phase1Attribute.AuthenticationMethod) != (ushort)AuthenticationMethod.PreSharedKey)
        {
            return null;
        }

        return EncryptionAlgorithm.FindPhase1(cipher, Get(Phase1Attribute.KeyLength)) is { } encryption
            && PrfAlgorithm.FindIkeV1(hash) is { } prf
            && KeyExchangeMethod.Find(group) is { } method
            ? new Phase1Suite(encryption, prf, method, LifeDuration.Clamp(values.Seconds ?? LifeDuration.DefaultSeconds))
            : null;

        ushort? Get(Phase1Attribute type) => values.Get((ushort)type);
    }

    private static bool IsKnown(Phase1Attribute attribute) => attribute is
        Phase1Attribute.EncryptionAlgorithm or Phase1Attribute.HashAlgorithm or Phase1Attribute.AuthenticationMethod
        or Phase1Attribute.GroupDescription or Phase1Attribute.KeyLength;
}
