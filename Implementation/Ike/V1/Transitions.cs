// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.Isakmp;
using static Ipsec.Wire.Isakmp.ExchangeType;
using static Ipsec.Wire.Isakmp.PayloadType;

namespace Ipsec.Ike.V1;

/// <summary>The transition table of IKEv1: it dispatches, diagnoses and documents.</summary>
public static class Transitions
{
    // Vendor IDs belong to phase 1 (RFC 2408 section 3.16); certificates, requests for them and notifications may
    // come with any message (RFC 2408 sections 3.9, 3.10, 3.14).
    private static readonly ImmutableArray<PayloadType> AnywhereInPhase1 =
        [VendorId, Notification, Certificate, CertificateRequest];

    /// <summary>Main mode, message 1: the responder expects an offer.</summary>
    public static Transition Offer { get; } =
        Row("ExpectOffer", IdentityProtection, false, 1, false, [Sa], "RFC 2409 section 5.4") with { Leading = [Sa] };

    /// <summary>Main mode, message 2: the initiator expects the chosen transform.</summary>
    public static Transition OfferAnswer { get; } =
        Row("ExpectOfferAnswer", IdentityProtection, true, 2, false, [Sa], "RFC 2409 section 5.4") with { Leading = [Sa] };

    /// <summary>Main mode, message 3.</summary>
    public static Transition KeyExchange { get; } =
        Row("ExpectKeyExchange", IdentityProtection, false, 3, false, [PayloadType.KeyExchange, Nonce], "RFC 2409 section 5.4");

    /// <summary>Main mode, message 4.</summary>
    public static Transition KeyExchangeAnswer { get; } =
        Row("ExpectKeyExchangeAnswer", IdentityProtection, true, 4, false, [PayloadType.KeyExchange, Nonce], "RFC 2409 section 5.4");

    /// <summary>Main mode, message 5, the first encrypted one.</summary>
    public static Transition Authentication { get; } =
        Row("ExpectAuthentication", IdentityProtection, false, 5, true, [Identification, Hash], "RFC 2409 section 5.4");

    /// <summary>Main mode, message 6.</summary>
    public static Transition AuthenticationAnswer { get; } =
        Row("ExpectAuthenticationAnswer", IdentityProtection, true, 6, true, [Identification, Hash], "RFC 2409 section 5.4");

    /// <summary>Quick mode, message 1.</summary>
    public static Transition QuickModeOffer { get; } = new(
        "ExpectQuickModeOffer",
        ExchangeType.QuickMode,
        false,
        1,
        true,
        [Hash, Sa, Nonce],
        [PayloadType.KeyExchange, Identification, Notification],
        "RFC 2409 section 5.5")
    {
        Leading = [Hash, Sa],
    };

    /// <summary>Quick mode, message 2.</summary>
    public static Transition QuickModeAnswer { get; } =
        QuickModeOffer with { State = "ExpectQuickModeAnswer", ByInitiator = true, Message = 2 };

    /// <summary>Quick mode, message 3.</summary>
    public static Transition QuickModeProof { get; } =
        new("ExpectQuickModeProof", ExchangeType.QuickMode, false, 3, true, [Hash], [Notification], "RFC 2409 section 5.5") { Leading = [Hash] };

    /// <summary>An informational exchange once there are keys.</summary>
    public static Transition ProtectedInformational { get; } =
        new("Keyed", Informational, false, 1, true, [Hash], [Notification, Delete], "RFC 2409 section 5.7") { Leading = [Hash] };

    /// <summary>An informational exchange before there are keys.</summary>
    public static Transition ClearInformational { get; } =
        new("NotYetKeyed", Informational, false, 1, false, [Notification], [VendorId], "RFC 2409 section 5.7");

    /// <summary>Every row, in the order of the exchanges.</summary>
    public static ImmutableArray<Transition> All { get; } =
    [
        Offer, OfferAnswer, KeyExchange, KeyExchangeAnswer, Authentication, AuthenticationAnswer,
        QuickModeOffer, QuickModeAnswer, QuickModeProof, ProtectedInformational, ClearInformational,
    ];

    private static Transition Row(
        string state,
        ExchangeType exchange,
        bool byInitiator,
        int message,
        bool encrypted,
        ImmutableArray<PayloadType> required,
        string clause) =>
        new(state, exchange, byInitiator, message, encrypted, required, AnywhereInPhase1, clause);
}
