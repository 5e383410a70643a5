// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Nat;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.QuickMode;

/// <summary>The NAT-OA payloads of quick mode: the initiator's address first, each as its sender sees it (RFC 3947 section 5.2).</summary>
internal static class OriginalAddresses
{
    public static ImmutableArray<Payload> Payloads(EncapsulationMode mode, QuickModeContext context, bool weInitiate)
    {
        if (!Encapsulation.NeedsOriginalAddresses(mode))
        {
            return [];
        }

        // A policy may insist on a mode that no phase 1 has led to; the numbers of the payloads go with those of the mode.
        var version = Encapsulation.IsDraft(mode) ? NatTraversalVersion.Draft03 : NatTraversalVersion.Rfc3947;
        var addresses = (context.Nat with { Version = version }).OriginalAddresses(context.IkeSa.Local.Address, context.IkeSa.Remote.Address, weInitiate);
        return [.. addresses];
    }

    /// <summary>What the peer told; null when it told nothing that can be read. The drafts know only the sender's own address.</summary>
    public static NatOriginalAddresses? Read(IsakmpMessage message, bool byInitiator) => message.All<NatOriginalAddressPayload>().ToArray() switch
    {
        [var only] when Address(only) is { } address => byInitiator ? new(address, null) : new(null, address),
        [var first, var second, ..] when Address(first) is { } initiator && Address(second) is { } responder => new(initiator, responder),
        _ => null,
    };

    private static IPAddress? Address(NatOriginalAddressPayload payload) => (payload.IdType, payload.Address.Length) switch
    {
        (IdType.Ipv4Address, 4) or (IdType.Ipv6Address, 16) => new(payload.Address.Span),
        _ => null,
    };
}
