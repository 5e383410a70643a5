// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using Ipsec.Crypto.V1;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.MainMode;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.QuickMode;

/// <summary>Checks and constructions that both halves of quick mode share.</summary>
internal static class QuickModeValues
{
    public static readonly Rejection BadHash =
        new("RFC 2409 section 5.5", "HASH does not match", NotifyType.InvalidHashInformation);

    /// <summary>Nonce length, DOI, situation, number of client identities, and KE exactly when PFS is agreed.</summary>
    public static Rejection? CheckShape(IsakmpMessage message)
    {
        var ids = message.All<IdentificationPayload>().Count();
        return Phase1Negotiation.CheckSituation(message.Find<SaPayload>()!)
            ?? Phase1Values.CheckNonce(message.Find<NoncePayload>()!)
            ?? (ids is 0 or 2
                ? null
                : new Rejection("RFC 2409 section 5.5", $"{ids} client identities; none or both are legal", NotifyType.InvalidIdInformation));
    }

    /// <summary>A KE payload is there exactly when the child wants PFS.</summary>
    public static Rejection? CheckKeyExchange(IsakmpMessage message, ChildPolicy child)
    {
        var count = message.All<KeyExchangePayload>().Count();
        return count == (child.Pfs is null ? 0 : 1)
            ? null
            : new("RFC 2409 section 5.5", $"{count} KE payloads, PFS is {child.Pfs?.Name ?? "off"}", NotifyType.InvalidKeyInformation);
    }

    /// <summary>Both client identities; the peers' own addresses where the payloads are absent (RFC 2409 section 5.5).</summary>
    public static (IdentificationPayload Initiator, IdentificationPayload Responder) Selectors(IsakmpMessage message, IkeSaDescription sa, bool weInitiate)
    {
        var ids = message.All<IdentificationPayload>().ToArray();
        if (ids.Length == 2)
        {
            return (ids[0], ids[1]);
        }

        var local = SelectorIdentity.Of(sa.Local.Address);
        var remote = SelectorIdentity.Of(sa.Remote.Address);
        return weInitiate ? (local, remote) : (remote, local);
    }

    /// <summary>
    /// Both SPIs must be free when the pair is put to use: the peer chose the outbound one, and two quick modes may have
    /// run side by side (RFC 4303 section 2.1).
    /// </summary>
    public static Rejection? CheckSpis(uint inboundSpi, uint outboundSpi, QuickModeContext context) =>
        context.Children.IsTaken(context.IkeSa.Remote.Address, outboundSpi) || context.Children.FindInbound(inboundSpi) is not null
            ? new(
                "RFC 4303 section 2.1",
                $"SPI 0x{outboundSpi:x8} or 0x{inboundSpi:x8} belongs to another SA of its receiver",
                NotifyType.InvalidSpi,
                IsFatal: true)
            : null;

    public static bool HashMatches(IsakmpMessage message, byte[] expected) =>
        CryptographicOperations.FixedTimeEquals(expected, message.Find<HashPayload>()!.Hash.Span);

    public static byte[] Hash3(QuickModeContext context, ReadOnlyMemory<byte> nonceI, ReadOnlyMemory<byte> nonceR) =>
        KeySchedule.Hash3(context.Security.Suite.Hash, context.Security.Keys.SkeyidA, context.MessageId, nonceI.Span, nonceR.Span);

    /// <summary>The pair of SAs, each keyed with the SPI its receiver chose (RFC 2409 section 5.5).</summary>
    public static ChildSaPair Pair(
        QuickModeContext context,
        bool isInitiator,
        ChildPolicy child,
        Phase2Negotiation.Agreement agreement,
        uint inboundSpi,
        ReadOnlySpan<byte> sharedSecret,
        ReadOnlySpan<byte> nonceI,
        ReadOnlySpan<byte> nonceR) => new()
        {
            Connection = context.Policy.Name,
            Child = child.Name,
            IsInitiator = isInitiator,
            MessageId = context.MessageId,
            Cookies = (context.IkeSa.InitiatorCookie, context.IkeSa.ResponderCookie),
            LocalAddress = context.IkeSa.Local.Address,
            RemoteAddress = context.IkeSa.Remote.Address,
            InboundSpi = inboundSpi,
            OutboundSpi = agreement.Spi,
            Encryption = agreement.Suite.Encryption,
            Integrity = agreement.Suite.Integrity,
            InboundKeyMaterial = ChildKeyMaterial.Derive(context, agreement.Suite, inboundSpi, sharedSecret, nonceI, nonceR),
            OutboundKeyMaterial = ChildKeyMaterial.Derive(context, agreement.Suite, agreement.Spi, sharedSecret, nonceI, nonceR),
            LocalSelector = child.LocalSelector,
            RemoteSelector = child.RemoteSelector,
            Mode = child.Mode,
            Pfs = child.Pfs,
            LifetimeSeconds = agreement.LifetimeSeconds,
            LifetimeKilobytes = agreement.LifetimeKilobytes,
        };
}
