// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Ike.V1.Authentication;
using Ipsec.Ike.V1.Phase1;
using Ipsec.Ike.V1.Protection;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.MainMode;

/// <summary>The states of main mode (RFC 2409 sections 5.1 to 5.4).</summary>
internal static class MainModeState
{
    private static Transition Row(int message, Phase1Suite suite) => Phase1Transitions.For(Phase1Mode.Main, message, suite.Authentication);

    public sealed record ExpectOffer : Phase1State
    {
        public override Transition Expected => Phase1Transitions.Offer;
    }

    public sealed record ExpectOfferAnswer(SaPayload Offer) : Phase1State
    {
        public override Transition Expected => Phase1Transitions.OfferAnswer;
    }

    /// <param name="Suite">What was chosen.</param>
    /// <param name="SaBody">SAi_b.</param>
    /// <param name="Peer">What the peer told of itself: a request for certificates may come with any message (RFC 2408 section 3.10).</param>
    public sealed record ExpectKeyExchange(Phase1Suite Suite, ReadOnlyMemory<byte> SaBody, PeerAnnouncement Peer) : Phase1State
    {
        public override Transition Expected => Row(3, Suite);

        public override Phase1Suite SuiteOrNull => Suite;
    }

    /// <param name="Suite">What was chosen.</param>
    /// <param name="SaBody">SAi_b.</param>
    /// <param name="KeyExchange">Our half.</param>
    /// <param name="NonceI">Our nonce.</param>
    /// <param name="Peer">What the peer told of itself: a request for certificates may come with any message (RFC 2408 section 3.10).</param>
    public sealed record ExpectKeyExchangeAnswer(
        Phase1Suite Suite,
        ReadOnlyMemory<byte> SaBody,
        IKeyExchange KeyExchange,
        ReadOnlyMemory<byte> NonceI,
        PeerAnnouncement Peer) : Phase1State
    {
        public override Transition Expected => Row(4, Suite);

        public override Phase1Suite SuiteOrNull => Suite;

        public override IKeyExchange PendingKeyExchange => KeyExchange;
    }

    /// <param name="Security">Keys.</param>
    /// <param name="Material">What the proofs cover.</param>
    /// <param name="Peer">What the peer told of itself before its proof.</param>
    public sealed record ExpectAuthentication(Phase1Security Security, Phase1Material Material, PeerAnnouncement Peer) : Phase1State
    {
        public override Transition Expected => Row(5, Security.Suite);

        public override Phase1Security SecurityOrNull => Security;
    }

    /// <param name="Security">Keys.</param>
    /// <param name="Material">What the proofs cover.</param>
    /// <param name="Peer">What the peer told of itself before its proof.</param>
    public sealed record ExpectAuthenticationAnswer(Phase1Security Security, Phase1Material Material, PeerAnnouncement Peer) : Phase1State
    {
        public override Transition Expected => Row(6, Security.Suite);

        public override Phase1Security SecurityOrNull => Security;
    }
}
