// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges the lifetimes in SA payloads (RFC 2407 section 4.5, RFC 2409 appendix A).</summary>
public static class LifetimeOracle
{
    private const ulong InSeconds = 1;

    /// <summary>Every transform names a life of so many seconds.</summary>
    /// <param name="messages">Messages with SA payloads.</param>
    /// <param name="isPhase1">Whether the attributes are those of phase 1.</param>
    /// <param name="seconds">The life.</param>
    /// <returns>Null when there are transforms and all do.</returns>
    public static Finding? EveryTransform(IEnumerable<ObservedIke> messages, bool isPhase1, uint seconds)
    {
        var legal = $"life type seconds (1) and life duration {seconds} in every transform";
        var transforms = from message in messages
                         from sa in message.Message?.All<SaPayload>() ?? []
                         from proposal in sa.Proposals
                         from transform in proposal.Transforms
                         select (message, Life: Seconds(transform.Attributes, isPhase1));
        var found = transforms.ToArray();
        var wrong = Array.FindIndex(found, pair => pair.Life != seconds);
        return found.Length == 0 ? new(legal, "no transform")
            : wrong < 0 ? null
            : new(legal, $"frame {found[wrong].message.Number}: {(found[wrong].Life is { } life ? $"{life} seconds" : "no life in seconds")}");
    }

    /// <summary>The life that a RESPONDER-LIFETIME tells.</summary>
    /// <param name="notification">The notification.</param>
    /// <returns>In seconds; null when it tells none.</returns>
    internal static ulong? Seconds(NotificationPayload notification) =>
        DataAttribute.TryReadList(notification.Data, out var attributes) ? Seconds(attributes, notification.ProtocolId == ProtocolId.Isakmp) : null;

    /// <summary>A duration belongs to the type before it: there may be one in seconds and one in kilobytes.</summary>
    private static ulong? Seconds(IEnumerable<DataAttribute> attributes, bool isPhase1)
    {
        var (typeOfLife, duration) = isPhase1
            ? ((ushort)Phase1Attribute.LifeType, (ushort)Phase1Attribute.LifeDuration)
            : ((ushort)Phase2Attribute.SaLifeType, (ushort)Phase2Attribute.SaLifeDuration);
        ulong? unit = null;
        foreach (var attribute in attributes)
        {
            if (attribute.Type == typeOfLife)
            {
                unit = attribute.TryGetNumber(out var named) ? named : null;
            }
            else if (attribute.Type == duration && unit == InSeconds)
            {
                return attribute.TryGetNumber(out var seconds) ? seconds : null;
            }
        }

        return null;
    }
}
