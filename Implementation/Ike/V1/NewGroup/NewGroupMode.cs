// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto.V1;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Ike.V1.QuickMode;
using Ipsec.Wire.V1;
using static Ipsec.Ike.V1.NewGroup.NewGroupState;

namespace Ipsec.Ike.V1.NewGroup;

/// <summary>Both halves of new group mode (RFC 2409 section 5.6): pure functions of state and message.</summary>
internal static class NewGroupMode
{
    // What an initiator holds its own groups to: it must be able to use them, and has chosen them.
    private const int FewestOwnBits = 512;
    private const int MostOwnBits = 16384;

    /// <summary>Message 1.</summary>
    public static NewGroupStep Start(ImmutableArray<PrivateGroup> groups) =>
        new(new ExpectAnswer(groups), [NewGroupNegotiation.Offer(groups)]);

    /// <summary>Whether a group is one that could be offered.</summary>
    public static bool IsUsable(PrivateGroup group, out string problem) => group.TryCreate(FewestOwnBits, MostOwnBits, out _, out problem);

    /// <summary>HASH(1) and HASH(2) alike: prf(SKEYID_a, M-ID | SA).</summary>
    public static byte[] Hash(QuickModeContext context, ReadOnlySpan<byte> rest) =>
        KeySchedule.Hash1(context.Security.Suite.Hash, context.Security.Keys.SkeyidA, context.MessageId, rest);

    /// <summary>Message 1: choose a group, answer.</summary>
    public static NewGroupStep OnOffer(ExpectOffer state, IsakmpMessage message, ReadOnlySpan<byte> rest, QuickModeContext context)
    {
        var offer = message.Find<SaPayload>()!;
        if (CheckHash(message, rest, context) is { } wrong)
        {
            return NewGroupStep.Reject(state, wrong);
        }

        if (Phase1Negotiation.CheckSituation(offer) is { } unknown)
        {
            return NewGroupStep.Reject(state, unknown with { IsFatal = true });
        }

        var refused = NewGroupNegotiation.Choose(
            offer, context.Peer, context.Policy.NewGroups, context.Groups, out var answer, out var group, out var method);
        return refused is not null
            ? NewGroupStep.Reject(state, refused)
            : new(new Finished(), [answer!]) { Group = (group!, method!) };
    }

    /// <summary>Message 2: the answer must be one of the groups offered.</summary>
    public static NewGroupStep OnAnswer(ExpectAnswer state, IsakmpMessage message, ReadOnlySpan<byte> rest, QuickModeContext context)
    {
        if (CheckHash(message, rest, context) is { } wrong)
        {
            return NewGroupStep.Reject(state, wrong);
        }

        if (Phase1Negotiation.CheckSituation(message.Find<SaPayload>()!) is { } unknown)
        {
            return NewGroupStep.Reject(state, unknown with { IsFatal = true });
        }

        if (NewGroupNegotiation.Verify(message.Find<SaPayload>()!, state.Offered) is not { } group)
        {
            return NewGroupStep.Reject(
                state,
                new("RFC 2408 section 4.2", "the chosen group is not one of those offered", NotifyType.BadProposalSyntax, IsFatal: true));
        }

        return group.TryCreate(FewestOwnBits, MostOwnBits, out var method, out var problem)
            ? new(new Finished()) { Group = (group, method) }
            : throw new InvalidOperationException($"a group was offered that cannot be used: {problem}");
    }

    private static Rejection? CheckHash(IsakmpMessage message, ReadOnlySpan<byte> rest, QuickModeContext context) =>
        QuickModeValues.HashMatches(message, Hash(context, rest)) ? null : QuickModeValues.BadHash with { Clause = "RFC 2409 section 5.6" };
}
