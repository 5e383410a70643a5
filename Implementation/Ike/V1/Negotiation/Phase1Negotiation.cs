// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto;
using Ipsec.Ike.V1.Authentication;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Negotiation;

/// <summary>Phase 1 offers and choices as SA payloads (RFC 2408 section 4.2, RFC 2409 section 5 and appendix A).</summary>
internal static class Phase1Negotiation
{
    public const uint IpsecDoi = SaPayload.IpsecDoi;
    public const uint SituationIdentityOnly = SaPayload.SituationIdentityOnly;
    public const byte KeyIke = 1;

    /// <summary>The cookies are the SPI; what stands in its place has 0 to 16 bytes and no meaning (RFC 2408 section 3.5).</summary>
    public const int LargestIsakmpSpi = 16;

    /// <summary>One proposal with a transform a suite, in order of preference.</summary>
    public static SaPayload Offer(ImmutableArray<Phase1Suite> suites)
    {
        var transforms = suites.Select((suite, index) => new Transform((byte)(index + 1), KeyIke, Encode(suite)));
        var proposal = new Proposal(1, ProtocolId.Isakmp, ReadOnlyMemory<byte>.Empty, [.. transforms]);
        return new SaPayload(IpsecDoi, SituationIdentityOnly, [proposal]);
    }

    /// <summary>
    /// The first offered transform that a connection allows, and the connection. The answer holds the transform as it was offered, number
    /// and attributes unchanged (RFC 2408 section 4.2; RFC 2409 section 5: "without modification").
    /// </summary>
    /// <param name="offer">The offer.</param>
    /// <param name="candidates">The connections, most wanted first.</param>
    /// <param name="fits">Whether a connection may be used with a suite; null for always.</param>
    public static (SaPayload Answer, Phase1Suite Suite, ConnectionPolicy Policy)? Choose(
        SaPayload offer,
        IEnumerable<ConnectionPolicy> candidates,
        Func<ConnectionPolicy, Phase1Suite, bool>? fits = null)
    {
        var offered = Offered(offer)
            .Select(o => (o.Proposal, o.Transform, Suite: TryDecode(o.Transform)!))
            .Where(o => o.Suite is not null)
            .ToArray();
        foreach (var policy in candidates)
        {
            foreach (var (proposal, transform, suite) in offered)
            {
                if (policy.Phase1.Any(suite.SameAlgorithms)
                    && AuthenticationForm.Of(suite).CanBeUsedBy(policy, asInitiator: false)
                    && fits?.Invoke(policy, suite) != false)
                {
                    var chosen = new Proposal(proposal.Number, ProtocolId.Isakmp, proposal.Spi, [Copy(transform)]);
                    return (new SaPayload(offer.Doi, offer.Situation, [chosen]), suite, policy);
                }
            }
        }

        return null;
    }

    /// <summary>Why nothing was chosen: a group given by its parameters is something we do not support, anything else is a matter of policy.</summary>
    public static Rejection NoChoice(SaPayload offer) =>
        Offered(offer).Any(o => o.Transform.Attributes.Any(a => IsGroupParameter((Phase1Attribute)a.Type)))
            ? new("RFC 2408 section 5.6", "groups are taken by their number, not by their parameters", NotifyType.AttributesNotSupported, IsFatal: true)
            : new("RFC 2408 section 5.4", "no offered transform is acceptable", NotifyType.NoProposalChosen, IsFatal: true);

    /// <summary>
    /// The initiator's check that the answer is one transform of its own offer, no attribute changed, added or left out
    /// (RFC 2408 section 4.2, RFC 2409 section 5).
    /// </summary>
    public static Rejection? ReadAnswer(SaPayload answer, ImmutableArray<Phase1Suite> offered, out Phase1Suite? suite)
    {
        suite = null;
        if (CheckSituation(answer) is { } wrong)
        {
            return wrong;
        }

        if (answer.Proposals is [{ ProtocolId: ProtocolId.Isakmp, Spi.Length: <= LargestIsakmpSpi, Transforms: [{ TransformId: KeyIke } transform] }])
        {
            suite = offered.FirstOrDefault(s => TransformValues.AreSame(Encode(s), transform.Attributes, (ushort)Phase1Attribute.LifeDuration));
        }

        return suite is null
            ? new("RFC 2408 section 4.2", "the chosen transform is not one of those offered", NotifyType.BadProposalSyntax)
            : null;
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

    private static IEnumerable<(Proposal Proposal, Transform Transform)> Offered(SaPayload offer) => offer.Proposals
        .Where(p => p.ProtocolId == ProtocolId.Isakmp && p.Spi.Length <= LargestIsakmpSpi)
        .SelectMany(p => p.Transforms.Select(t => (p, t)));

    private static Transform Copy(Transform transform) => new(transform.Number, transform.TransformId, transform.Attributes);

    private static ImmutableArray<DataAttribute> Encode(Phase1Suite suite)
    {
        var attributes = ImmutableArray.CreateBuilder<DataAttribute>();
        attributes.Add(Basic(Phase1Attribute.EncryptionAlgorithm, suite.Encryption.IkeV1Phase1Id!.Value));
        if (suite.Encryption.HasKeyLengthAttribute)
        {
            attributes.Add(Basic(Phase1Attribute.KeyLength, (ushort)(suite.Encryption.KeySize * 8)));
        }

        attributes.Add(Basic(Phase1Attribute.HashAlgorithm, suite.Hash.IkeV1HashId!.Value));
        attributes.Add(Basic(Phase1Attribute.AuthenticationMethod, (ushort)suite.Authentication));
        attributes.Add(Basic(Phase1Attribute.GroupDescription, suite.Group.Id));
        attributes.Add(Basic(Phase1Attribute.LifeType, (ushort)LifeType.Seconds));
        attributes.Add(LifeDuration.Encode((ushort)Phase1Attribute.LifeDuration, suite.LifetimeSeconds));
        if (suite.LifetimeKilobytes is { } kilobytes)
        {
            attributes.Add(Basic(Phase1Attribute.LifeType, (ushort)LifeType.Kilobytes));
            attributes.Add(LifeDuration.Encode((ushort)Phase1Attribute.LifeDuration, kilobytes));
        }

        return attributes.ToImmutable();
    }

    private static DataAttribute Basic(Phase1Attribute type, ushort value) => DataAttribute.Basic((ushort)type, value);

    /// <summary>The suite a transform describes; null when an attribute is unknown to us, missing or contradicted.</summary>
    private static Phase1Suite? TryDecode(Transform transform)
    {
        var values = TransformValues.Read(transform.Attributes, (ushort)Phase1Attribute.LifeType, (ushort)Phase1Attribute.LifeDuration);
        if (values is not { IsContradictory: false }
            || transform.TransformId != KeyIke
            || values.Types.Any(type => !IsKnown((Phase1Attribute)type))
            || Get(Phase1Attribute.EncryptionAlgorithm) is not { } cipher
            || Get(Phase1Attribute.HashAlgorithm) is not { } hash
            || Get(Phase1Attribute.GroupDescription) is not { } group
            || Get(Phase1Attribute.AuthenticationMethod) is not { } authentication
            || AuthenticationForm.Find((AuthenticationMethod)authentication) is not { } form)
        {
            return null;
        }

        return EncryptionAlgorithm.FindPhase1(cipher, Get(Phase1Attribute.KeyLength)) is { } encryption
            && PrfAlgorithm.FindIkeV1(hash) is { } prf
            && KeyExchangeMethod.Find(group) is { } method
            ? new Phase1Suite(encryption, prf, method, LifeDuration.Clamp(values.Seconds ?? LifeDuration.DefaultSeconds))
            {
                Authentication = form.Method,
                LifetimeKilobytes = values.Kilobytes,
            }
            : null;

        ushort? Get(Phase1Attribute type) => values.Get((ushort)type);
    }

    private static bool IsKnown(Phase1Attribute attribute) => attribute is
        Phase1Attribute.EncryptionAlgorithm or Phase1Attribute.HashAlgorithm or Phase1Attribute.AuthenticationMethod
        or Phase1Attribute.GroupDescription or Phase1Attribute.KeyLength;

    private static bool IsGroupParameter(Phase1Attribute attribute) => attribute is
        Phase1Attribute.GroupType or Phase1Attribute.GroupPrime or Phase1Attribute.GroupGeneratorOne or Phase1Attribute.GroupGeneratorTwo
        or Phase1Attribute.GroupCurveA or Phase1Attribute.GroupCurveB or Phase1Attribute.FieldSize or Phase1Attribute.GroupOrder;
}
