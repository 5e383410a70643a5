// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.Isakmp;
using static Ipsec.Wire.Isakmp.ExchangeType;
using static Ipsec.Wire.Isakmp.PayloadType;

namespace Ipsec.Ike.V1;

/// <summary>The transition table of IKEv1: it dispatches, diagnoses and documents. The rows of phase 1 are those of <see cref="Phase1Transitions"/>.</summary>
public static class Transitions
{
    /// <summary>Quick mode, message 1.</summary>
    public static Transition QuickModeOffer { get; } = new(
        "ExpectQuickModeOffer",
        ExchangeType.QuickMode,
        false,
        1,
        true,
        [Hash, Sa, Nonce],
        [PayloadType.KeyExchange, Identification, Notification, NatOriginalAddress, NatOriginalAddressDraft],
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

    /// <summary>
    /// The end of a quick mode with the commit bit: an informational exchange with its message ID. Who has set the bit sends
    /// it, initiator or responder; the row says who expects it in the first case.
    /// </summary>
    public static Transition QuickModeConnected { get; } =
        new("ExpectConnected", Informational, false, 4, true, [Hash, Notification], [], "RFC 2408 section 3.1") { Leading = [Hash] };

    /// <summary>New group mode, message 1.</summary>
    public static Transition NewGroupOffer { get; } =
        new("ExpectNewGroupOffer", NewGroupMode, false, 1, true, [Hash, Sa], [], "RFC 2409 section 5.6") { Leading = [Hash, Sa] };

    /// <summary>New group mode, message 2.</summary>
    public static Transition NewGroupAnswer { get; } =
        NewGroupOffer with { State = "ExpectNewGroupAnswer", ByInitiator = true, Message = 2 };

    /// <summary>A transaction exchange, message 1: REQUEST or SET.</summary>
    public static Transition TransactionRequest { get; } = new(
        "ExpectTransactionRequest",
        ExchangeType.Transaction,
        false,
        1,
        true,
        [Hash, Attributes],
        [],
        "draft-dukes-ike-mode-cfg-02 section 3.1.1")
    {
        Leading = [Hash],
    };

    /// <summary>A transaction exchange, message 2: REPLY or ACK.</summary>
    public static Transition TransactionAnswer { get; } =
        TransactionRequest with { State = "ExpectTransactionAnswer", ByInitiator = true, Message = 2 };

    /// <summary>An informational exchange once there are keys.</summary>
    public static Transition ProtectedInformational { get; } =
        new("Keyed", Informational, false, 1, true, [Hash], [Notification, Delete], "RFC 2409 section 5.7") { Leading = [Hash] };

    /// <summary>An informational exchange before there are keys.</summary>
    public static Transition ClearInformational { get; } =
        new("NotYetKeyed", Informational, false, 1, false, [Notification], [VendorId], "RFC 2409 section 5.7");

    /// <summary>Every row, in the order of the exchanges.</summary>
    public static ImmutableArray<Transition> All { get; } =
    [
        .. Phase1Transitions.MainMode, .. Phase1Transitions.Aggressive,
        QuickModeOffer, QuickModeAnswer, QuickModeProof, QuickModeConnected, NewGroupOffer, NewGroupAnswer,
        TransactionRequest, TransactionAnswer, ProtectedInformational, ClearInformational,
    ];
}
