// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Ike.V1.NewGroup;

/// <summary>Where a new group mode exchange stands (RFC 2409 section 5.6).</summary>
internal abstract record NewGroupState
{
    public abstract Transition? Expected { get; }

    public sealed record ExpectOffer : NewGroupState
    {
        public override Transition Expected => Transitions.NewGroupOffer;
    }

    public sealed record ExpectAnswer(ImmutableArray<PrivateGroup> Offered) : NewGroupState
    {
        public override Transition Expected => Transitions.NewGroupAnswer;
    }

    /// <summary>Nothing more is expected; kept so that late duplicates are recognised.</summary>
    public sealed record Finished : NewGroupState
    {
        public override Transition? Expected => null;
    }
}
