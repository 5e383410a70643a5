// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges the Key Length attribute (RFC 2409 appendix A, RFC 2407 section 4.5): there for ciphers of several key lengths, and only for these.</summary>
public static class KeyLengthOracle
{
    private static readonly HashSet<Phase1Encryption> FixedInPhase1 = [Phase1Encryption.DesCbc, Phase1Encryption.IdeaCbc, Phase1Encryption.TripleDesCbc];

    private static readonly HashSet<EspTransformId> FixedInEsp =
    [
        EspTransformId.DesIv64, EspTransformId.Des, EspTransformId.TripleDes, EspTransformId.Idea, EspTransformId.TripleIdea,
        EspTransformId.DesIv32, EspTransformId.Null,
    ];

    /// <summary>The rule of phase 1.</summary>
    /// <param name="messages">Phase 1 messages of one sender.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? OfPhase1(IReadOnlyList<ObservedIke> messages) => SaPayloads.Each(messages, Legal, (_, transform) =>
    {
        var cipher = (Phase1Encryption)(Number(transform, (ushort)Phase1Attribute.EncryptionAlgorithm) ?? 0);
        return Wrong($"{cipher}", FixedInPhase1.Contains(cipher), Number(transform, (ushort)Phase1Attribute.KeyLength));
    });

    /// <summary>The rule of quick mode.</summary>
    /// <param name="messages">Quick mode messages of one sender.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? OfPhase2(IReadOnlyList<ObservedIke> messages) => SaPayloads.Each(messages, Legal, (proposal, transform) =>
    {
        var bits = Number(transform, (ushort)Phase2Attribute.KeyLength);
        return proposal.ProtocolId == ProtocolId.Esp
            ? Wrong($"{(EspTransformId)transform.TransformId}", FixedInEsp.Contains((EspTransformId)transform.TransformId), bits)
            : Wrong($"{proposal.ProtocolId}", isFixed: true, bits);
    });

    private const string Legal = "a key length with a cipher of several key lengths, and none with any other";

    private static string? Wrong(string cipher, bool isFixed, ulong? bits) => isFixed == bits is null ? null : $"{cipher} with {bits?.ToString(null, null) ?? "no"} bits";

    private static ulong? Number(Transform transform, ushort type) =>
        transform.TryGet(type, out var attribute) && attribute.TryGetNumber(out var number) ? number : null;
}
