// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges the SA payloads of quick mode (RFC 2407 sections 4.4 and 4.5, RFC 2408 section 4.2).</summary>
public static class QuickModeSaOracle
{
    private static readonly HashSet<Phase2Attribute> Basic =
    [
        Phase2Attribute.SaLifeType, Phase2Attribute.GroupDescription, Phase2Attribute.EncapsulationMode, Phase2Attribute.AuthenticationAlgorithm,
        Phase2Attribute.KeyLength, Phase2Attribute.KeyRounds, Phase2Attribute.CompressDictionarySize, Phase2Attribute.ExtendedSequenceNumbers,
    ];

    /// <summary>The authentication algorithm that each AH transform stands for (RFC 2407 section 4.4.3 and IANA's registry).</summary>
    private static readonly Dictionary<AhTransformId, AuthenticationAlgorithm> OfAh = new()
    {
        [AhTransformId.Md5] = AuthenticationAlgorithm.HmacMd5,
        [AhTransformId.Sha1] = AuthenticationAlgorithm.HmacSha1,
        [AhTransformId.Des] = AuthenticationAlgorithm.DesMac,
        [AhTransformId.Sha256] = AuthenticationAlgorithm.HmacSha256,
        [AhTransformId.Sha384] = AuthenticationAlgorithm.HmacSha384,
        [AhTransformId.Sha512] = AuthenticationAlgorithm.HmacSha512,
        [AhTransformId.Ripemd] = AuthenticationAlgorithm.HmacRipemd,
        [AhTransformId.AesXcbcMac] = AuthenticationAlgorithm.AesXcbcMac,
        [AhTransformId.Aes128Gmac] = AuthenticationAlgorithm.Aes128Gmac,
        [AhTransformId.Aes192Gmac] = AuthenticationAlgorithm.Aes192Gmac,
        [AhTransformId.Aes256Gmac] = AuthenticationAlgorithm.Aes256Gmac,
    };

    /// <summary>Basic attributes are never of variable length.</summary>
    /// <param name="messages">Quick mode messages of one sender.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? BasicAttributes(IReadOnlyList<ObservedIke> messages) => SaPayloads.Each(messages, "basic attributes as type and value", (_, transform) =>
        transform.Attributes.FirstOrDefault(attribute => !attribute.IsBasic && Basic.Contains((Phase2Attribute)attribute.Type)) is { } wrong
            ? $"{(Phase2Attribute)wrong.Type} as type, length, value"
            : null);

    /// <summary>A life duration stands behind the life type that gives its unit, and no type is without one.</summary>
    /// <param name="messages">Quick mode messages of one sender.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? LifeFollowsType(IReadOnlyList<ObservedIke> messages) =>
        SaPayloads.Each(messages, "every life duration behind its life type", (_, transform) =>
        {
            var isType = transform.Attributes.Select(attribute => attribute.Type == (ushort)Phase2Attribute.SaLifeType).ToArray();
            var isDuration = transform.Attributes.Select(attribute => attribute.Type == (ushort)Phase2Attribute.SaLifeDuration).ToArray();
            return isDuration.SequenceEqual(isType.Prepend(false).Take(isType.Length)) && isType is not [.., true] ? null : Types(transform);
        });

    /// <summary>An answer names no life, or one of so many seconds.</summary>
    /// <param name="answer">Message 2.</param>
    /// <param name="seconds">The seconds.</param>
    /// <param name="isNamed">Whether it names one.</param>
    /// <returns>Null when it names no other.</returns>
    public static Finding? NoLifeBut(ObservedIke answer, ulong seconds, out bool isNamed)
    {
        var isFound = false;
        var finding = SaPayloads.Each([answer], $"no life, or one of {seconds} seconds", (_, transform) =>
        {
            var lives = transform.Attributes.Where(attribute => attribute.Type is (ushort)Phase2Attribute.SaLifeType or (ushort)Phase2Attribute.SaLifeDuration).ToArray();
            isFound |= lives.Length > 0;
            return lives is [] || (lives is [var type, var duration] && IsNumber(type, (ulong)LifeType.Seconds) && IsNumber(duration, seconds))
                ? null
                : string.Join(' ', lives.Select(attribute => attribute.ToString()));
        });
        isNamed = isFound;
        return finding;
    }

    /// <summary>AH names the algorithm that its transform stands for, ESP_NULL names one, and a cipher that authenticates by itself names none.</summary>
    /// <param name="messages">Quick mode messages of one sender.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? Authentication(IReadOnlyList<ObservedIke> messages) => SaPayloads.Each(
        messages,
        "the authentication algorithm of the transform with AH, one with ESP_NULL, none with a combined mode",
        (proposal, transform) =>
        {
            AuthenticationAlgorithm? named = transform.TryGet((ushort)Phase2Attribute.AuthenticationAlgorithm, out var attribute) && attribute.TryGetNumber(out var number)
                ? (AuthenticationAlgorithm)number
                : null;
            var isRight = proposal.ProtocolId switch
            {
                ProtocolId.Ah => OfAh.TryGetValue((AhTransformId)transform.TransformId, out var demanded) && named == demanded,
                ProtocolId.Esp when (EspTransformId)transform.TransformId == EspTransformId.Null => named is not (null or AuthenticationAlgorithm.None),
                ProtocolId.Esp when IsCombined((EspTransformId)transform.TransformId) => named is null,
                _ => true,
            };
            return isRight ? null : $"{proposal.ProtocolId} transform {transform.TransformId} with {named?.ToString() ?? "none"}";
        });

    /// <summary>Suites are offered in order: proposals of one suite under one number, the next suite under a higher one.</summary>
    /// <param name="offer">Message 1.</param>
    /// <param name="suites">Protocols and transform IDs in the order of preference.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? SuitesInOrder(ObservedIke offer, IReadOnlyList<(ProtocolId Protocol, byte Transform)> suites)
    {
        if (offer.Message is not { } message)
        {
            return Finding.Unreadable(offer);
        }

        var proposals = message.All<SaPayload>().SelectMany(sa => sa.Proposals).ToArray();
        var offered = proposals.SelectMany(proposal => proposal.Transforms.Select(transform => (proposal.ProtocolId, transform.TransformId)));
        var isNumbered = proposals.Zip(proposals.Skip(1)).All(pair => pair.First.Number < pair.Second.Number || IsOneSuite(pair.First, pair.Second));
        return isNumbered && offered.SequenceEqual(suites)
            ? null
            : new(
                $"{string.Join(", ", suites.Select(suite => $"{suite.Protocol} {suite.Transform}"))}, with proposal numbers that rise from suite to suite",
                $"frame {offer.Number}: {string.Join(", ", proposals.Select(proposal => $"proposal {proposal.Number}: {proposal.ProtocolId} {string.Join(" or ", proposal.Transforms.Select(t => t.TransformId))}"))}");
    }

    private static bool IsNumber(DataAttribute attribute, ulong number) => attribute.TryGetNumber(out var value) && value == number;

    private static bool IsOneSuite(Proposal one, Proposal other) => one.Number == other.Number && one.ProtocolId != other.ProtocolId;

    private static bool IsCombined(EspTransformId id) =>
        id is EspTransformId.AesCcm8 or EspTransformId.AesCcm12 or EspTransformId.AesCcm16
            or EspTransformId.AesGcm8 or EspTransformId.AesGcm12 or EspTransformId.AesGcm16 or EspTransformId.NullAuthAesGmac;

    private static string Types(Transform transform) => $"attributes {string.Join(", ", transform.Attributes.Select(attribute => (Phase2Attribute)attribute.Type))}";
}
