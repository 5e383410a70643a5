// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.V1.Authentication;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using static Ipsec.Wire.Isakmp.PayloadType;

namespace Ipsec.Ike.V1;

/// <summary>
/// The rows of main and aggressive mode: which payloads a message holds is a matter of the authentication method (RFC 2409 sections 5.1
/// to 5.4). The methods are those of <see cref="AuthenticationMethod"/> that are spoken here, grouped by what they have in common.
/// </summary>
public static class Phase1Transitions
{
    // Vendor IDs belong to phase 1 (RFC 2408 section 3.16); certificates, requests for them and notifications may
    // come with any message (RFC 2408 sections 3.9, 3.10, 3.14).
    private static readonly ImmutableArray<PayloadType> Anywhere = [VendorId, Notification, Certificate, CertificateRequest];

    // NAT discovery rides on the messages after the first two cookies are known (RFC 3947 section 3.2).
    private static readonly ImmutableArray<PayloadType> WithNatDiscovery = [.. Anywhere, NatDiscovery, NatDiscoveryDraft];

    /// <summary>Main mode, message 1, whatever the method: the responder expects an offer.</summary>
    public static Transition Offer { get; } = MainRow("ExpectOffer", 1, [Sa], Anywhere) with { Leading = [Sa] };

    /// <summary>Main mode, message 2, whatever the method: the initiator expects the chosen transform.</summary>
    public static Transition OfferAnswer { get; } = MainRow("ExpectOfferAnswer", 2, [Sa], Anywhere) with { Leading = [Sa] };

    /// <summary>Aggressive mode, message 1, before it is known which method will be chosen.</summary>
    public static Transition AggressiveOffer { get; } =
        AggressiveRow("ExpectAggressiveOffer", 1, [Sa, KeyExchange, Nonce, Identification], [.. Anywhere, Hash]) with { Leading = [Sa] };

    /// <summary>Aggressive mode, message 2, before it is known which method was chosen.</summary>
    public static Transition AggressiveAnswer { get; } =
        AggressiveRow("ExpectAggressiveAnswer", 2, [Sa, KeyExchange, Nonce, Identification], [.. WithNatDiscovery, Hash, Signature]) with { Leading = [Sa] };

    /// <summary>The rows of main mode.</summary>
    public static ImmutableArray<Transition> MainMode { get; } =
    [
        Offer,
        OfferAnswer,
        .. AncillaryRows(MainRow("ExpectKeyExchange", 3, [], []), mayHoldHash: true),
        .. AncillaryRows(MainRow("ExpectKeyExchangeAnswer", 4, [], []), mayHoldHash: false),
        .. ProofRows(MainRow("ExpectAuthentication", 5, [], Anywhere) with { IsEncrypted = true }, identityGoesWithProof: true),
        .. ProofRows(MainRow("ExpectAuthenticationAnswer", 6, [], Anywhere) with { IsEncrypted = true }, identityGoesWithProof: true),
    ];

    /// <summary>The rows of aggressive mode.</summary>
    public static ImmutableArray<Transition> Aggressive { get; } =
    [
        AggressiveOffer,
        AggressiveAnswer,
        .. AncillaryRows(AggressiveOffer with { Required = [Sa, Identification], Optional = Anywhere }, mayHoldHash: true),
        .. AggressiveAnswerRows(),
        .. ProofRows(AggressiveProof(), identityGoesWithProof: false),
    ];

    /// <summary>The row of a message under a method that is known.</summary>
    /// <param name="mode">Main or aggressive mode.</param>
    /// <param name="message">Number of the message, from 1.</param>
    /// <param name="method">The method.</param>
    /// <returns>The row; in the first two messages of main mode the same for every method.</returns>
    internal static Transition For(Phase1Mode mode, int message, AuthenticationMethod method) => mode == Phase1Mode.Main
        ? MainMode.First(row => row.Message == message && (row.Methods.IsEmpty || row.Methods.Contains(method)))
        : Aggressive.First(row => row.Message == message && row.Methods.Contains(method));

    private static Transition MainRow(string state, int message, ImmutableArray<PayloadType> required, ImmutableArray<PayloadType> optional) =>
        new(state, ExchangeType.IdentityProtection, message % 2 == 0, message, false, required, optional, "RFC 2409 section 5");

    private static Transition AggressiveRow(string state, int message, ImmutableArray<PayloadType> required, ImmutableArray<PayloadType> optional) =>
        new(state, ExchangeType.Aggressive, message % 2 == 0, message, false, required, optional, "RFC 2409 section 5");

    /// <summary>
    /// The last message of aggressive mode. It may be encrypted or not (RFC 2409 section 5), and nothing answers it: whoever waits for it
    /// has to ask again.
    /// </summary>
    private static Transition AggressiveProof() => AggressiveRow("ExpectAggressiveProof", 3, [], WithNatDiscovery) with
    {
        IsEncrypted = true,
        MayBeClear = true,
        IsLast = true,
    };

    /// <summary>A row for each way in which public value, nonce and, encrypted, identity come.</summary>
    private static IEnumerable<Transition> AncillaryRows(Transition row, bool mayHoldHash)
    {
        foreach (var group in AuthenticationForm.All.GroupBy(form => form.Ancillary))
        {
            ImmutableArray<PayloadType> hash = mayHoldHash && group.Key != AncillaryForm.Plain ? [Hash] : [];

            // In the revised mode whatever follows the nonce is encrypted with the key made of it: nothing else rides along.
            ImmutableArray<PayloadType> others = group.Key == AncillaryForm.RevisedEncrypted
                ? mayHoldHash ? [Certificate] : []
                : row.Message >= 2 ? WithNatDiscovery : Anywhere;
            ImmutableArray<PayloadType> identity = group.Key == AncillaryForm.Plain ? [] : [Identification];
            yield return row with
            {
                Methods = [.. group.Select(form => form.Method)],
                Required = [.. row.Required.Union([KeyExchange, Nonce]).Union(identity)],
                Optional = [.. hash, .. others],
                Clause = group.First().Clause,
            };
        }
    }

    private static IEnumerable<Transition> AggressiveAnswerRows() => AncillaryRows(
        AggressiveAnswer with { Required = [Sa, Identification], Optional = [] }, mayHoldHash: false).SelectMany(row =>
            AuthenticationForm.All.Where(form => row.Methods.Contains(form.Method)).GroupBy(form => form.Responder == ProofKind.Hash).Select(group => row with
            {
                Methods = [.. group.Select(form => form.Method)],
                Required = [.. row.Required, group.Key ? Hash : Signature],
                Clause = group.First().Clause,
            }));

    /// <summary>A row for each kind of proof.</summary>
    private static IEnumerable<Transition> ProofRows(Transition row, bool identityGoesWithProof) => AuthenticationForm.All
        .GroupBy(form => (
            IsHash: form.Proof(ofInitiator: !row.ByInitiator) == ProofKind.Hash,
            HasIdentity: identityGoesWithProof && !form.ConcealsIdentity))
        .Select(group => row with
        {
            Methods = [.. group.Select(form => form.Method)],
            Required = [.. group.Key.HasIdentity ? [Identification] : Array.Empty<PayloadType>(), group.Key.IsHash ? Hash : Signature],
            Clause = group.First().Clause,
        });
}
