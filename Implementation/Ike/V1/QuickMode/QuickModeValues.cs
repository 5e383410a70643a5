// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Security.Cryptography;
using Ipsec.Crypto;
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

    /// <summary>Nonce length, DOI, situation, and number of client identities.</summary>
    public static Rejection? CheckShape(IsakmpMessage message)
    {
        var ids = message.All<IdentificationPayload>().Count();
        return Phase1Negotiation.CheckSituation(message.Find<SaPayload>()!)
            ?? Phase1Values.CheckNonce(message.Find<NoncePayload>()!)
            ?? (ids is 0 or 2
                ? null
                : new Rejection("RFC 2409 section 5.5", $"{ids} client identities; none or both are legal", NotifyType.InvalidIdInformation));
    }

    /// <summary>A KE payload is there exactly when PFS is agreed.</summary>
    public static Rejection? CheckKeyExchange(IsakmpMessage message, KeyExchangeMethod? group)
    {
        var count = message.All<KeyExchangePayload>().Count();
        return count == (group is null ? 0 : 1)
            ? null
            : new("RFC 2409 section 5.5", $"{count} KE payloads, PFS is {group?.Name ?? "off"}", NotifyType.InvalidKeyInformation);
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
    /// All SPIs must be free when the pairs are put to use: the peer chose the outbound ones, and two quick modes may have
    /// run side by side (RFC 4303 section 2.1).
    /// </summary>
    public static Rejection? CheckSpis(ImmutableArray<ChildSaPair> pairs, QuickModeContext context) =>
        pairs.Select(p => CheckSpis(p.Protocol, p.InboundSpi, p.OutboundSpi, context)).FirstOrDefault(r => r is not null);

    /// <summary>The same while there are no pairs yet.</summary>
    public static Rejection? CheckSpis(InboundSpis spis, Phase2Agreement agreement, QuickModeContext context) =>
        agreement.Sas.Select(sa => CheckSpis(sa.Protocol, spis[sa.Protocol], sa.PeerSpi, context)).FirstOrDefault(r => r is not null);

    public static bool HashMatches(IsakmpMessage message, byte[] expected) =>
        CryptographicOperations.FixedTimeEquals(expected, message.Find<HashPayload>()!.Hash.Span);

    public static byte[] Hash3(QuickModeContext context, ReadOnlyMemory<byte> nonceI, ReadOnlyMemory<byte> nonceR) =>
        KeySchedule.Hash3(context.Security.Suite.Hash, context.Security.Keys.SkeyidA, context.MessageId, nonceI.Span, nonceR.Span);

    /// <summary>The agreement with the lifetimes that the responder says it will use (RFC 2407 section 4.5.4).</summary>
    public static Phase2Agreement WithNotices(Phase2Agreement agreement, IsakmpMessage answer) => agreement with
    {
        Sas = [.. agreement.Sas.Select(sa => answer.All<NotificationPayload>()
            .Where(n => n.ProtocolId == (ProtocolId)sa.Protocol && n.Spi.Span.SequenceEqual(Phase2Spi.Write(sa.PeerSpi)))
            .Aggregate(sa, (shorter, n) => shorter with { Life = shorter.Life.Shorter(ResponderLifetime.Read(n)) }))],
    };

    /// <summary>The pairs of SAs, each SA keyed with the SPI its receiver chose (RFC 2409 section 5.5).</summary>
    public static ImmutableArray<ChildSaPair> Pairs(
        QuickModeContext context,
        bool isInitiator,
        ChildPolicy child,
        Phase2Agreement agreement,
        QuickModeKeys keys,
        NatOriginalAddresses? peerOriginal) =>
        [.. agreement.Sas.Select(sa => Pair(context, isInitiator, child, agreement, sa, keys) with { PeerOriginalAddresses = peerOriginal })];

    private static ChildSaPair Pair(
        QuickModeContext context,
        bool isInitiator,
        ChildPolicy child,
        Phase2Agreement agreement,
        AgreedSa sa,
        QuickModeKeys keys)
    {
        var isEsp = sa.Protocol == IpsecProtocol.Esp;
        return new()
        {
            Protocol = sa.Protocol,
            BundleId = agreement.Sas.Length > 1 ? keys.Spis.Ah : null,
            Connection = context.Policy.Name,
            Child = child.Name,
            IsInitiator = isInitiator,
            MessageId = context.MessageId,
            Cookies = (context.IkeSa.InitiatorCookie, context.IkeSa.ResponderCookie),
            LocalAddress = context.IkeSa.Local.Address,
            RemoteAddress = context.IkeSa.Remote.Address,
            InboundSpi = keys.Spis[sa.Protocol],
            OutboundSpi = sa.PeerSpi,
            Encryption = isEsp ? agreement.Suite.Encryption : null,
            Integrity = isEsp ? agreement.Suite.Integrity : agreement.Suite.AhIntegrity,
            UseEsn = agreement.Suite.UseEsn,
            InboundKeyMaterial = Key(keys.Spis[sa.Protocol]),
            OutboundKeyMaterial = Key(sa.PeerSpi),
            LocalSelector = child.LocalSelector,
            RemoteSelector = child.RemoteSelector,
            Mode = Encapsulation.Base(agreement.Mode),
            NegotiatedMode = agreement.Mode,
            Udp = Encapsulation.IsUdp(agreement.Mode)
                ? new((ushort)context.IkeSa.Local.Port, (ushort)context.IkeSa.Remote.Port)
                : null,
            Pfs = keys.Group,
            ReplayWindow = child.ReplayWindow,
            LifetimeSeconds = sa.Life.Seconds,
            LifetimeKilobytes = sa.Life.Kilobytes,
        };

        byte[] Key(uint spi) => ChildKeyMaterial.Derive(
            context, agreement.Suite, sa.Protocol, spi, keys.SharedSecret.Span, keys.NonceI.Span, keys.NonceR.Span);
    }

    private static Rejection? CheckSpis(IpsecProtocol protocol, uint inboundSpi, uint outboundSpi, QuickModeContext context) =>
        context.Children.IsTaken(context.IkeSa.Remote.Address, protocol, outboundSpi) || context.Children.FindInbound(inboundSpi) is not null
            ? new(
                "RFC 4303 section 2.1",
                $"SPI 0x{outboundSpi:x8} or 0x{inboundSpi:x8} belongs to another SA of its receiver",
                NotifyType.InvalidSpi,
                IsFatal: true)
            : null;
}
