// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Collections.Immutable;
using Ipsec.Crypto;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Negotiation;

/// <summary>Quick mode offers and choices as SA payloads (RFC 2409 section 5.5, RFC 2407 section 4.5).</summary>
internal static class Phase2Negotiation
{
    /// <summary>0 is for local use, 1 to 255 are IANA's (RFC 4303 section 2.1).</summary>
    public const uint LargestReservedSpi = 255;

    /// <summary>The outcome of a negotiation.</summary>
    public sealed record Agreement(Phase2Suite Suite, uint Spi, uint LifetimeSeconds, ulong? LifetimeKilobytes = null);

    /// <summary>One ESP proposal with a transform a suite.</summary>
    public static SaPayload Offer(ChildPolicy child, uint spi)
    {
        var transforms = child.Suites.Select((suite, index) =>
            new Transform((byte)(index + 1), suite.Encryption.IkeV1EspId!.Value, Encode(suite, child)));
        return Wrap(new Proposal(1, ProtocolId.Esp, SpiBytes(spi), [.. transforms]));
    }

    /// <summary>
    /// What every offer must keep to, whatever the policy says: no transform contradicts itself (RFC 2407 section 4.5.2),
    /// and with a KE payload every transform of every proposal names the same group (RFC 2409 section 5.5).
    /// </summary>
    public static Rejection? CheckOffer(SaPayload offer, bool hasKeyExchange)
    {
        var values = offer.Proposals.SelectMany(p => p.Transforms).Select(Read).OfType<TransformValues>().ToArray();
        if (values.Any(v => v.IsContradictory))
        {
            return new("RFC 2407 section 4.5.2", "attributes of one transform contradict each other", NotifyType.AttributesNotSupported, IsFatal: true);
        }

        var groups = values.Select(v => v.Get((ushort)Phase2Attribute.GroupDescription)).Distinct().ToArray();
        return hasKeyExchange && groups is not ([] or [not null])
            ? new("RFC 2409 section 5.5", "KE is there, but not every transform names the same group", NotifyType.BadProposalSyntax, IsFatal: true)
            : null;
    }

    /// <summary>
    /// The first offered transform that the policy allows, answered unchanged with our SPI. A suite that bundles
    /// protocols (several proposals of one number) cannot be answered by a single ESP proposal and is passed over.
    /// </summary>
    public static (SaPayload Answer, Agreement Agreement)? Choose(SaPayload offer, ChildPolicy child, uint ourSpi)
    {
        foreach (var proposal in offer.Proposals)
        {
            if (proposal.ProtocolId != ProtocolId.Esp
                || !TryReadSpi(proposal.Spi.Span, out var peerSpi)
                || offer.Proposals.Count(p => p.Number == proposal.Number) != 1)
            {
                continue;
            }

            foreach (var transform in proposal.Transforms)
            {
                if (TryDecode(transform, child) is var (suite, values) && child.Suites.Contains(suite))
                {
                    var chosen = new Transform(transform.Number, transform.TransformId, transform.Attributes);
                    var answer = Wrap(new Proposal(proposal.Number, ProtocolId.Esp, SpiBytes(ourSpi), [chosen]));
                    var lifetime = LifeDuration.Clamp(values.Seconds ?? LifeDuration.DefaultSeconds);
                    return (answer, new(suite, peerSpi, lifetime, values.Kilobytes));
                }
            }
        }

        return null;
    }

    /// <summary>
    /// The initiator's check that the answer is one transform of its own offer, no attribute changed, added or left out
    /// (RFC 2408 section 4.2, RFC 2409 section 5).
    /// </summary>
    public static Agreement? Verify(SaPayload answer, ChildPolicy child)
    {
        if (answer.Proposals is not [{ ProtocolId: ProtocolId.Esp, Transforms: [var transform] } proposal]
            || !TryReadSpi(proposal.Spi.Span, out var spi))
        {
            return null;
        }

        var suite = child.Suites.FirstOrDefault(suite =>
            suite.Encryption.IkeV1EspId == transform.TransformId
            && TransformValues.AreSame(Encode(suite, child), transform.Attributes, (ushort)Phase2Attribute.SaLifeDuration));
        return suite is null ? null : new(suite, spi, child.LifetimeSeconds);
    }

    private static SaPayload Wrap(Proposal proposal) =>
        new(Phase1Negotiation.IpsecDoi, Phase1Negotiation.SituationIdentityOnly, [proposal]);

    private static byte[] SpiBytes(uint spi)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, spi);
        return bytes;
    }

    /// <summary>An ESP SPI has 4 bytes and is not one of the reserved values 0 to 255 (RFC 4303 section 2.1).</summary>
    private static bool TryReadSpi(ReadOnlySpan<byte> bytes, out uint spi)
    {
        spi = bytes.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : 0;
        return spi > LargestReservedSpi;
    }

    private static ImmutableArray<DataAttribute> Encode(Phase2Suite suite, ChildPolicy child)
    {
        var attributes = ImmutableArray.CreateBuilder<DataAttribute>();
        attributes.Add(Basic(Phase2Attribute.SaLifeType, (ushort)LifeType.Seconds));
        attributes.Add(LifeDuration.Encode((ushort)Phase2Attribute.SaLifeDuration, child.LifetimeSeconds));
        if (child.Pfs is not null)
        {
            attributes.Add(Basic(Phase2Attribute.GroupDescription, child.Pfs.Id));
        }

        attributes.Add(Basic(Phase2Attribute.EncapsulationMode, (ushort)child.Mode));
        if (suite.Integrity is not null)
        {
            attributes.Add(Basic(Phase2Attribute.AuthenticationAlgorithm, suite.Integrity.IkeV1AuthId));
        }

        if (suite.Encryption.HasKeyLengthAttribute)
        {
            attributes.Add(Basic(Phase2Attribute.KeyLength, (ushort)(suite.Encryption.KeySize * 8)));
        }

        return attributes.ToImmutable();
    }

    private static DataAttribute Basic(Phase2Attribute type, ushort value) => DataAttribute.Basic((ushort)type, value);

    private static TransformValues? Read(Transform transform) =>
        TransformValues.Read(transform.Attributes, (ushort)Phase2Attribute.SaLifeType, (ushort)Phase2Attribute.SaLifeDuration);

    /// <summary>
    /// The suite a transform describes. Null when it differs from the child in mode or group, which every transform
    /// of one offer must share (RFC 2409 section 5.5), or holds an attribute that we do not know.
    /// </summary>
    private static (Phase2Suite Suite, TransformValues Values)? TryDecode(Transform transform, ChildPolicy child)
    {
        if (Read(transform) is not { } values
            || values.Types.Any(type => !IsKnown((Phase2Attribute)type))
            || Get(Phase2Attribute.EncapsulationMode) != (ushort)child.Mode
            || Get(Phase2Attribute.GroupDescription) != child.Pfs?.Id)
        {
            return null;
        }

        IntegrityAlgorithm? integrity = null;
        if (Get(Phase2Attribute.AuthenticationAlgorithm) is { } auth)
        {
            integrity = IntegrityAlgorithm.FindIkeV1(auth);
            if (integrity is null)
            {
                return null;
            }
        }

        return EncryptionAlgorithm.FindEsp(transform.TransformId, Get(Phase2Attribute.KeyLength)) is { } encryption
            ? (new Phase2Suite(encryption, integrity), values)
            : null;

        ushort? Get(Phase2Attribute type) => values.Get((ushort)type);
    }

    private static bool IsKnown(Phase2Attribute attribute) => attribute is
        Phase2Attribute.GroupDescription or Phase2Attribute.EncapsulationMode
        or Phase2Attribute.AuthenticationAlgorithm or Phase2Attribute.KeyLength;
}
