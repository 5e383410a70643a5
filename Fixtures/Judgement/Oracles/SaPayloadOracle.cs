// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges SA payloads (RFC 2407 sections 4.2, 4.4 and 4.5, RFC 2408 section 4.2, RFC 2409 section 5 and appendix A).</summary>
public static class SaPayloadOracle
{
    private const uint IpsecDoi = 1;
    private const uint IdentityOnly = 1;
    private const byte KeyIke = 1;

    private static readonly HashSet<Phase1Attribute> BasicInPhase1 =
    [
        Phase1Attribute.EncryptionAlgorithm, Phase1Attribute.HashAlgorithm, Phase1Attribute.AuthenticationMethod,
        Phase1Attribute.GroupDescription, Phase1Attribute.GroupType, Phase1Attribute.LifeType, Phase1Attribute.Prf, Phase1Attribute.KeyLength,
    ];

    /// <summary>The shape of a phase 1 SA payload.</summary>
    /// <param name="messages">The messages of one sender.</param>
    /// <returns>Null when every phase 1 SA payload has it.</returns>
    public static Finding? Phase1Shape(IEnumerable<ObservedIke> messages)
    {
        var phase1 = messages.Where(message => message.Header.MessageId == 0).ToArray();
        foreach (var (message, sa) in Sas(phase1))
        {
            if (sa is not { Doi: IpsecDoi, Situation: IdentityOnly, Proposals: [{ ProtocolId: ProtocolId.Isakmp } proposal] }
                || proposal.Transforms.Any(t => t.TransformId != KeyIke))
            {
                return new(
                    "DOI 1, situation 1, one proposal of protocol ISAKMP with transforms KEY_IKE",
                    $"frame {message.Number}: DOI {sa.Doi}, situation {sa.Situation}, proposals {string.Join(", ", sa.Proposals.Select(p => p.ProtocolId))}");
            }
        }

        return NothingJudged(phase1);
    }

    /// <summary>Basic attributes are never of variable length.</summary>
    /// <param name="messages">The messages of one sender.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? BasicAttributes(IEnumerable<ObservedIke> messages)
    {
        var phase1 = messages.Where(message => message.Header.MessageId == 0).ToArray();
        foreach (var (message, sa) in Sas(phase1))
        {
            var wrong = sa.Proposals.SelectMany(p => p.Transforms).SelectMany(t => t.Attributes)
                .FirstOrDefault(a => !a.IsBasic && BasicInPhase1.Contains((Phase1Attribute)a.Type));
            if (wrong is not null)
            {
                return new("basic attributes as type and value", $"frame {message.Number}: {(Phase1Attribute)wrong.Type} as type, length, value");
            }
        }

        return NothingJudged(phase1);
    }

    /// <summary>The answer holds exactly one transform of the offer, with the attributes it was offered with; encodings may differ (RFC 2409 appendix A).</summary>
    /// <param name="offer">Message 1.</param>
    /// <param name="answer">Message 2.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? ChosenUnchanged(ObservedIke offer, ObservedIke answer)
    {
        var offered = offer.Message?.Find<SaPayload>()?.Proposals.SelectMany(p => p.Transforms).Select(Attributes).ToArray() ?? [];
        var chosen = answer.Message?.Find<SaPayload>()?.Proposals.SelectMany(p => p.Transforms).Select(Attributes).ToArray() ?? [];
        return chosen is [var one] && offered.Contains(one)
            ? null
            : new($"one of: {string.Join(" | ", offered)}", $"frame {answer.Number}: {string.Join(" | ", chosen)}");
    }

    /// <summary>Every transform of every proposal names the group.</summary>
    /// <param name="messages">Quick mode messages with SA payloads.</param>
    /// <param name="group">Group number.</param>
    /// <returns>Null when it holds.</returns>
    public static Finding? GroupInEveryTransform(IReadOnlyList<ObservedIke> messages, ushort group)
    {
        foreach (var (message, sa) in Sas(messages))
        {
            var wrong = sa.Proposals.SelectMany(p => p.Transforms).FirstOrDefault(t =>
                !t.TryGet((ushort)Phase2Attribute.GroupDescription, out var named) || !named.TryGetNumber(out var number) || number != group);
            if (wrong is not null)
            {
                return new($"group description {group} in every transform", $"frame {message.Number}: transform {wrong.Number} has {Attributes(wrong)}");
            }
        }

        return NothingJudged(messages);
    }

    private static IEnumerable<(ObservedIke Message, SaPayload Sa)> Sas(IEnumerable<ObservedIke> messages) =>
        from message in messages
        let sa = message.Message?.Find<SaPayload>()
        where sa is not null
        select (message, sa);

    /// <summary>What was not read may have been an SA payload, and without one there was nothing to judge.</summary>
    private static Finding? NothingJudged(IReadOnlyList<ObservedIke> messages) =>
        messages.FirstOrDefault(message => message.Message is null) is { } unreadable ? Finding.Unreadable(unreadable)
        : Sas(messages).Any() ? null
        : Finding.Nothing("SA payloads to judge");

    private static string Attributes(Transform transform)
    {
        var attributes = transform.Attributes
            .Select(a => (a.Type, Value: a.TryGetNumber(out var number) ? $"{number}" : Convert.ToHexStringLower(a.Value.Span)))
            .OrderBy(a => a.Type)
            .Select(a => $"{a.Type}={a.Value}");
        return $"id {transform.TransformId}: {string.Join(" ", attributes)}";
    }
}
