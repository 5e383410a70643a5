// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Ipsec.Crypto;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Takes an observed IKE message apart for the trace, leaving out what is random by nature.</summary>
internal static class IkeText
{
    private const int FirstStatus = 16384;

    private static readonly (ReadOnlyMemory<byte> Id, string Name)[] Known =
    [
        (VendorIds.NatTraversal, "NAT traversal, RFC 3947"),
        (VendorIds.NatTraversalDraft03, "NAT traversal, draft 3"),
        (VendorIds.NatTraversalDraft02, "NAT traversal, draft 2"),
        (VendorIds.NatTraversalDraft02Newline, "NAT traversal, draft 2 with line feed"),
        (VendorIds.DeadPeerDetection[..VendorIds.DeadPeerDetectionSize], "dead peer detection, RFC 3706"),
        (VendorIds.Xauth, "XAUTH"),
        (VendorIds.Fragmentation[..VendorIds.FragmentationSize], "fragmentation"),
        (VendorIds.CiscoUnity[..^2], "Cisco Unity"),
    ];

    public static TraceIke Of(ObservedIke ike) => new(
        ike.ExchangeName,
        ike.Header.InitiatorCookie.ToString(),
        ike.Header.MessageId.ToString("x8", CultureInfo.InvariantCulture),
        ike.Ordinal,
        ike.IsRepeat,
        ike.Header.IsEncrypted,
        ike.Pieces,
        ike.Udp.SourcePort,
        ike.Message is null ? null : [.. ike.Message.Payloads.Select(Of)]);

    private static TracePayload Of(Payload payload) => payload switch
    {
        SaPayload sa => new(sa.Type.Notation(), "", [.. sa.Proposals.SelectMany(proposal => proposal.Transforms.Select(transform => Of(proposal, transform)))]),
        NotificationPayload n => Plain(n, $"{n.NotifyType}") with { IsError = (ushort)n.NotifyType < FirstStatus },
        DeletePayload delete => Plain(delete, $"{delete.ProtocolId}, {Count(delete.Spis.Length, "SPI")}"),
        VendorIdPayload vendor => Plain(vendor, Vendor(vendor.Body)),
        IdentificationPayload identity => Plain(identity, $"{identity.IdType}, protocol {identity.ProtocolId}, port {identity.Port}"),
        CertificatePayload certificate => Plain(certificate, $"{(CertificateEncoding)certificate.Encoding}"),
        CertificateRequestPayload request => Plain(request, $"{(CertificateEncoding)request.CertificateType}{(request.Authority.IsEmpty ? ", any authority" : "")}"),
        AttributesPayload config => Plain(config, $"{(ConfigurationMessageType)config.MessageType}: {string.Join(", ", config.Attributes.Select(attribute => (ConfigurationAttribute)attribute.Type))}"),
        NoncePayload nonce => Plain(nonce, $"{nonce.Body.Length} octets"),
        _ => Plain(payload, ""),
    };

    private static TracePayload Plain(Payload payload, string text) => new(payload.Type.Notation(), text, []);

    private static string Vendor(ReadOnlyMemory<byte> id)
    {
        var hex = Convert.ToHexStringLower(id.Span);
        var name = Known.FirstOrDefault(known => id.Span.StartsWith(known.Id.Span)).Name;
        return name is null ? hex : $"{hex} ({name})";
    }

    private static TraceTransform Of(Proposal proposal, Transform transform)
    {
        var isPhase1 = proposal.ProtocolId == ProtocolId.Isakmp;
        var id = proposal.ProtocolId switch
        {
            ProtocolId.Isakmp => $"{(Phase1TransformId)transform.TransformId}",
            ProtocolId.Esp => $"{(EspTransformId)transform.TransformId}",
            ProtocolId.Ah => $"{(AhTransformId)transform.TransformId}",
            _ => transform.TransformId.ToString(CultureInfo.InvariantCulture),
        };
        return new(
            $"proposal {proposal.Number} {proposal.ProtocolId}, transform {transform.Number} {id}",
            [.. transform.Attributes.Select(attribute => isPhase1 ? Phase1Text(attribute) : Phase2Text(attribute))]);
    }

    private static string Phase1Text(DataAttribute attribute)
    {
        var type = (Phase1Attribute)attribute.Type;
        return $"{type}={Value(attribute, number => type switch
        {
            Phase1Attribute.EncryptionAlgorithm => $"{(Phase1Encryption)number}",
            Phase1Attribute.HashAlgorithm => $"{(Phase1Hash)number}",
            Phase1Attribute.AuthenticationMethod => $"{(AuthenticationMethod)number}",
            Phase1Attribute.GroupDescription => Group(number),
            Phase1Attribute.LifeType => $"{(LifeType)number}",
            _ => null,
        })}";
    }

    private static string Phase2Text(DataAttribute attribute)
    {
        var type = (Phase2Attribute)attribute.Type;
        return $"{type}={Value(attribute, number => type switch
        {
            Phase2Attribute.SaLifeType => $"{(LifeType)number}",
            Phase2Attribute.GroupDescription => Group(number),
            Phase2Attribute.EncapsulationMode => $"{(EncapsulationMode)number}",
            Phase2Attribute.AuthenticationAlgorithm => $"{(AuthenticationAlgorithm)number}",
            _ => null,
        })}";
    }

    /// <summary>A value of 16 bits by its name; a longer one, and one written in the long form, as it stands.</summary>
    private static string Value(DataAttribute attribute, Func<ushort, string?> name)
    {
        if (!attribute.TryGetNumber(out var number))
        {
            return Convert.ToHexStringLower(attribute.Value.Span);
        }

        var text = (number <= ushort.MaxValue ? name((ushort)number) : null) ?? number.ToString(CultureInfo.InvariantCulture);
        return attribute.IsBasic ? text : $"{text} in {Count(attribute.Value.Length, "octet")}";
    }

    private static string Group(ushort number) => KeyExchangeMethod.Find(number)?.Name ?? $"group {number}";

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
