// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1;

/// <summary>One row of the transition table: what a state expects, and under which clause.</summary>
/// <param name="State">Name of the expecting state.</param>
/// <param name="Exchange">Exchange type of the message.</param>
/// <param name="ByInitiator">Whether the initiator of the exchange is the one that expects it.</param>
/// <param name="Message">Number of the message within its exchange, from 1.</param>
/// <param name="IsEncrypted">Whether the payloads must be encrypted.</param>
/// <param name="Required">Payloads without which the message is refused.</param>
/// <param name="Optional">Payloads that may be there; any other is refused.</param>
/// <param name="Clause">Where the message is defined.</param>
public sealed record Transition(
    string State,
    ExchangeType Exchange,
    bool ByInitiator,
    int Message,
    bool IsEncrypted,
    ImmutableArray<PayloadType> Required,
    ImmutableArray<PayloadType> Optional,
    string Clause)
{
    /// <summary>
    /// The payloads with which the message must begin: SA in phase 1 (RFC 2409 section 5), HASH under an IKE SA, and SA
    /// behind it in quick mode (RFC 2409 section 5.5).
    /// </summary>
    public ImmutableArray<PayloadType> Leading { get; init; } = [];

    /// <summary>The authentication methods under which the row holds; empty when the method does not matter.</summary>
    public ImmutableArray<AuthenticationMethod> Methods { get; init; } = [];

    /// <summary>Whether the message may come in clear although it is usually encrypted (RFC 2409 section 5).</summary>
    public bool MayBeClear { get; init; }

    /// <summary>
    /// Whether the exchange has no message after it, so that its sender never learns that it was lost: who expects it repeats its own
    /// message.
    /// </summary>
    public bool IsLast { get; init; }

    /// <summary>Whether the row is that of CONNECTED, an informational exchange that ends a quick mode (RFC 2408 section 3.1).</summary>
    public bool IsConnected => Exchange == ExchangeType.Informational && Message > 1;

    /// <summary>Whether the payloads of a message fit this row.</summary>
    /// <param name="message">The message, decrypted.</param>
    /// <returns>Null when they fit.</returns>
    public Rejection? CheckPayloads(IsakmpMessage message)
    {
        foreach (var required in Required)
        {
            var count = message.Payloads.Count(p => p.Type == required);
            if (count != 1)
            {
                return new(Clause, $"{State}: {count} {required} payloads where 1 is required", NotifyType.PayloadMalformed);
            }
        }

        foreach (var payload in message.Payloads)
        {
            if (!Required.Contains(payload.Type) && !Optional.Contains(payload.Type))
            {
                return new("RFC 2408 section 5.3", $"{State}: payload {payload.Type} is not expected here", NotifyType.InvalidPayloadType);
            }

            if (payload.Reserved != 0)
            {
                return new("RFC 2408 section 5.3", $"{State}: RESERVED of {payload.Type} is {payload.Reserved}", NotifyType.PayloadMalformed);
            }

            if (payload is SaPayload sa && HasReservedBits(sa))
            {
                return new("RFC 2408 section 2.5.2", $"{State}: a RESERVED field within SA is not zero", NotifyType.BadProposalSyntax);
            }
        }

        return message.Payloads.Take(Leading.Length).Select(p => p.Type).SequenceEqual(Leading)
            ? null
            : new(Clause, $"{State}: the message does not begin with {string.Join(", ", Leading)}", NotifyType.PayloadMalformed);
    }

    private static bool HasReservedBits(SaPayload sa) => sa.Proposals.Any(proposal =>
        proposal.Reserved != 0 || proposal.Transforms.Any(transform => transform.Reserved != 0 || transform.Reserved2 != 0));
}
