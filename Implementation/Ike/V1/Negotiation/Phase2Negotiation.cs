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
    /// <summary>The outcome of a negotiation.</summary>
    public sealed record Agreement(Phase2Suite Suite, uint Spi, uint LifetimeSeconds);

    /// <summary>One ESP proposal with a transform a suite.</summary>
    public static SaPayload Offer(ChildPolicy child, uint spi)
    {
        var transforms = child.Suites.Select((suite, index) =>
            new Transform((byte)(index + 1), suite.Encryption.IkeV1EspId!.Value, Encode(suite, child)));
        return Wrap(new Proposal(1, ProtocolId.Esp, SpiBytes(spi), [.. transforms]));
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
                if (TryDecode(transform, child) is var (suite, lifetime) && child.Suites.Contains(suite))
                {
                    var chosen = new Transform(transform.Number, transform.TransformId, transform.Attributes);
                    var answer = Wrap(new Proposal(proposal.Number, ProtocolId.Esp, SpiBytes(ourSpi), [chosen]));
                    return (answer, new(suite, peerSpi, lifetime));
                }
            }
        }

        return null;
    }

    /// <summary>The initiator's check that the answer is one transform of its own offer (RFC 2408 section 4.2).</summary>
    public static Agreement? Verify(SaPayload answer, ChildPolicy child)
    {
        if (answer.Proposals is not [{ ProtocolId: ProtocolId.Esp, Transforms: [var transform] } proposal]
            || !TryReadSpi(proposal.Spi.Span, out var spi))
        {
            return null;
        }

        return TryDecode(transform, child) is var (suite, lifetime) && child.Suites.Contains(suite) && lifetime == child.LifetimeSeconds
            ? new(suite, spi, lifetime)
            : null;
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
        return spi > 255;
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

    /// <summary>
    /// The suite a transform describes. Null when it differs from the child in mode or group, which every transform
    /// of one offer must share (RFC 2409 section 5.5), or holds an attribute that we do not know or that is given twice.
    /// </summary>
    private static (Phase2Suite Suite, uint Lifetime)? TryDecode(Transform transform, ChildPolicy child)
    {
        var values = new Dictionary<Phase2Attribute, ulong>();
        foreach (var attribute in transform.Attributes)
        {
            // A life type governs the duration that follows it; only seconds are kept here, so one of each may stand.
            if (!attribute.TryGetNumber(out var number) || !values.TryAdd((Phase2Attribute)attribute.Type, number))
            {
                return null;
            }
        }

        if (values.Keys.Any(key => !IsKnown(key))
            || values.GetValueOrDefault(Phase2Attribute.SaLifeType, 1UL) != (ushort)LifeType.Seconds
            || values.GetValueOrDefault(Phase2Attribute.EncapsulationMode) != (ushort)child.Mode
            || values.GetValueOrDefault(Phase2Attribute.GroupDescription) != (child.Pfs?.Id ?? 0u))
        {
            return null;
        }

        int? keyBits = values.TryGetValue(Phase2Attribute.KeyLength, out var bits) ? (int)Math.Min(bits, ushort.MaxValue) : null;
        IntegrityAlgorithm? integrity = null;
        if (values.TryGetValue(Phase2Attribute.AuthenticationAlgorithm, out var auth))
        {
            integrity = IntegrityAlgorithm.FindIkeV1((ushort)auth);
            if (integrity is null)
            {
                return null;
            }
        }

        var lifetime = LifeDuration.Clamp(values.GetValueOrDefault(Phase2Attribute.SaLifeDuration, LifeDuration.DefaultSeconds));
        return EncryptionAlgorithm.FindEsp(transform.TransformId, keyBits) is { } encryption
            ? (new Phase2Suite(encryption, integrity), lifetime)
            : null;
    }

    private static bool IsKnown(Phase2Attribute attribute) => attribute is
        Phase2Attribute.SaLifeType or Phase2Attribute.SaLifeDuration or Phase2Attribute.GroupDescription
        or Phase2Attribute.EncapsulationMode or Phase2Attribute.AuthenticationAlgorithm or Phase2Attribute.KeyLength;
}
