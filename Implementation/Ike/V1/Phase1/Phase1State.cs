// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Ike.V1.Protection;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Phase1;

/// <summary>Where phase 1 stands. The states of each mode say what they expect next; these two belong to both.</summary>
internal abstract record Phase1State
{
    /// <summary>The row of the transition table that the next message must fit; null when none is expected.</summary>
    public abstract Transition? Expected { get; }

    /// <summary>The negotiated suite, once there is one.</summary>
    public virtual Phase1Suite? SuiteOrNull => SecurityOrNull?.Suite;

    /// <summary>Our Diffie-Hellman half, while it waits for the peer's.</summary>
    public virtual IKeyExchange? PendingKeyExchange => null;

    /// <summary>Keys of the IKE SA, once there are any.</summary>
    public virtual Phase1Security? SecurityOrNull => null;

    /// <summary>Both sides have proved their part.</summary>
    public sealed record Established(Phase1Security Security, IdentificationPayload Peer) : Phase1State
    {
        public override Transition? Expected => null;

        public override Phase1Security SecurityOrNull => Security;
    }

    /// <summary>The peer's message brought keys and was rejected; they serve to say so.</summary>
    public sealed record Refused(Phase1Security Security) : Phase1State
    {
        public override Transition? Expected => null;

        public override Phase1Security SecurityOrNull => Security;
    }

    /// <summary>Nothing more will come of it.</summary>
    public sealed record Closed : Phase1State
    {
        public override Transition? Expected => null;
    }
}
