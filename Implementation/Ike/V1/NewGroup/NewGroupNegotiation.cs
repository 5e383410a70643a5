// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Numerics;
using Ipsec.Crypto;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Ike.V1.Policy;
using Ipsec.Ike.V1.Sessions;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.NewGroup;

/// <summary>Private groups as SA payloads (RFC 2409 section 5.6 and appendix A).</summary>
internal static class NewGroupNegotiation
{
    // What our transforms have: number, type, prime, generator.
    private const int OurAttributes = 4;

    /// <summary>One proposal with a transform a group, in order of preference.</summary>
    public static SaPayload Offer(ImmutableArray<PrivateGroup> groups)
    {
        var transforms = groups.Select((group, index) => new Transform((byte)(index + 1), Phase1Negotiation.KeyIke, Encode(group)));
        return Wrap(new Proposal(1, ProtocolId.Isakmp, ReadOnlyMemory<byte>.Empty, [.. transforms]));
    }

    /// <summary>
    /// The first offered group that the policy accepts, answered as it came. Whatever is wrong with the others, the peer is
    /// told ATTRIBUTES-NOT-SUPPORTED (RFC 2409 section 5.6), or NO-PROPOSAL-CHOSEN where there is no group at all.
    /// </summary>
    public static Rejection? Choose(
        SaPayload offer,
        PeerKey peer,
        NewGroupPolicy? policy,
        PrivateGroupTable known,
        out SaPayload? answer,
        out PrivateGroup? group,
        out KeyExchangeMethod? method)
    {
        (answer, group, method) = (null, null, null);
        var reason = "";
        foreach (var proposal in offer.Proposals.Where(p => p.ProtocolId == ProtocolId.Isakmp && p.Spi.Length <= Phase1Negotiation.LargestIsakmpSpi))
        {
            foreach (var transform in proposal.Transforms.Where(t => t.TransformId == Phase1Negotiation.KeyIke))
            {
                if (TryDecode(transform, out var offered, out reason) && TryAccept(offered!, peer, policy, known, out method, out reason))
                {
                    group = offered;
                    answer = new SaPayload(offer.Doi, offer.Situation, [proposal with { Transforms = [transform] }]);
                    return null;
                }
            }
        }

        return reason.Length == 0
            ? new("RFC 2408 section 5.4", "the offer has no group", NotifyType.NoProposalChosen, IsFatal: true)
            : new("RFC 2409 section 5.6", reason, NotifyType.AttributesNotSupported, IsFatal: true);
    }

    /// <summary>
    /// The initiator's check that the answer is one transform of its own offer, unchanged (RFC 2408 section 4.2) but for the
    /// form of numbers that fit both (RFC 2409 appendix A).
    /// </summary>
    public static PrivateGroup? Verify(SaPayload answer, ImmutableArray<PrivateGroup> offered) =>
        answer.Proposals is [{ ProtocolId: ProtocolId.Isakmp, Spi.Length: <= Phase1Negotiation.LargestIsakmpSpi, Transforms: [{ TransformId: Phase1Negotiation.KeyIke } transform] }]
            && TryDecode(transform, out var answered, out _)
            && transform.Attributes.Length == OurAttributes
            ? offered.FirstOrDefault(group => group.Equals(answered))
            : null;

    private static bool TryAccept(
        PrivateGroup group,
        PeerKey peer,
        NewGroupPolicy? policy,
        PrivateGroupTable known,
        out KeyExchangeMethod? method,
        out string reason)
    {
        method = null;
        if (policy is null)
        {
            reason = "private groups are not wanted here";
            return false;
        }

        if (known.IsOther(peer, group))
        {
            reason = $"the number {group.Number} belongs to another group";
            return false;
        }

        if (known.Find(peer, group.Number) is { } same)
        {
            (method, reason) = (same, "");
            return true;
        }

        if (known.Count(peer) >= policy.MostGroups)
        {
            reason = $"the peer has {policy.MostGroups} private groups already";
            return false;
        }

        return group.TryCreate(policy.FewestBits, policy.MostBits, out method, out reason);
    }

    /// <summary>
    /// A MODP group: number, type, prime and one generator, each once; the field size may be there if it is right. Groups of
    /// elliptic curves are not supported.
    /// </summary>
    private static bool TryDecode(Transform transform, out PrivateGroup? group, out string reason)
    {
        group = null;
        reason = "an attribute comes twice or is not one of a MODP group";
        var attributes = transform.Attributes;
        if (attributes.Select(a => a.Type).Distinct().Count() != attributes.Length
            || attributes.Any(a => !IsKnown((Phase1Attribute)a.Type))
            || attributes.Any(a => !a.IsBasic && a.Type is not ((ushort)Phase1Attribute.GroupPrime or (ushort)Phase1Attribute.GroupGeneratorOne)))
        {
            return false;
        }

        var number = Number(Phase1Attribute.GroupDescription);
        var prime = Find(Phase1Attribute.GroupPrime);
        var generator = Find(Phase1Attribute.GroupGeneratorOne);
        if (Number(Phase1Attribute.GroupType) != (ushort)GroupType.Modp || number is null || prime is null || generator is null)
        {
            reason = "it is not a MODP group with number, prime and generator";
            return false;
        }

        var bits = (ulong)new BigInteger(prime.Value.Span, isUnsigned: true, isBigEndian: true).GetBitLength();
        if (Number(Phase1Attribute.FieldSize) is { } size && size != bits)
        {
            reason = $"the field size is said to be {size} bits, and the prime has {bits}";
            return false;
        }

        group = new((ushort)number.Value, prime.Value, generator.Value);
        reason = "";
        return true;

        DataAttribute? Find(Phase1Attribute type) => attributes.FirstOrDefault(a => a.Type == (ushort)type);

        ulong? Number(Phase1Attribute type) => Find(type) is { } attribute && attribute.TryGetNumber(out var value) ? value : null;
    }

    private static bool IsKnown(Phase1Attribute attribute) => attribute is
        Phase1Attribute.GroupDescription or Phase1Attribute.GroupType or Phase1Attribute.GroupPrime
        or Phase1Attribute.GroupGeneratorOne or Phase1Attribute.FieldSize;

    private static ImmutableArray<DataAttribute> Encode(PrivateGroup group) =>
    [
        DataAttribute.Basic(Phase1Attribute.GroupDescription, group.Number),
        DataAttribute.Basic(Phase1Attribute.GroupType, (ushort)GroupType.Modp),
        DataAttribute.Variable((ushort)Phase1Attribute.GroupPrime, group.Prime),
        DataAttribute.Variable((ushort)Phase1Attribute.GroupGeneratorOne, group.Generator),
    ];

    private static SaPayload Wrap(Proposal proposal) =>
        new(Phase1Negotiation.IpsecDoi, Phase1Negotiation.SituationIdentityOnly, [proposal]);
}
