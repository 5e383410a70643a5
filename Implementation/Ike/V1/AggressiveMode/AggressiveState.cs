// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Ike.V1.Authentication;
using Ipsec.Ike.V1.Phase1;
using Ipsec.Ike.V1.Protection;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.AggressiveMode;

/// <summary>The states of aggressive mode (RFC 2409 sections 5.1 to 5.4).</summary>
internal static class AggressiveState
{
    public sealed record ExpectOffer : Phase1State
    {
        public override Transition Expected => Phase1Transitions.AggressiveOffer;
    }

    public sealed record ExpectAnswer(SaPayload Offer, IKeyExchange KeyExchange, ReadOnlyMemory<byte> NonceI) : Phase1State
    {
        public override Transition Expected => Phase1Transitions.AggressiveAnswer;

        public override IKeyExchange PendingKeyExchange => KeyExchange;
    }

    public sealed record ExpectProof(Phase1Security Security, Phase1Material Material, PeerAnnouncement Peer) : Phase1State
    {
        public override Transition Expected => Phase1Transitions.For(Phase1Mode.Aggressive, 3, Security.Suite.Authentication);

        public override Phase1Security SecurityOrNull => Security;
    }
}
