// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Negotiation;

/// <summary>How long an SA lives.</summary>
/// <param name="Seconds">Seconds.</param>
/// <param name="Kilobytes">Units of 1024 bytes protected; null for no such limit.</param>
internal sealed record SaLife(uint Seconds, ulong? Kilobytes)
{
    /// <summary>Whether nothing is said of it: it is what holds then (RFC 2407 section 4.5).</summary>
    public bool IsImplied { get; init; }

    public static SaLife Of(ChildPolicy child) => child.OmitLifetime
        ? new(LifeDuration.DefaultSeconds, null) { IsImplied = true }
        : new(child.LifetimeSeconds, child.LifetimeKilobytes);

    /// <summary>What a transform says; without a word on time eight hours are assumed (RFC 2407 section 4.5).</summary>
    public static SaLife Of(TransformValues values) =>
        new(LifeDuration.Clamp(values.Seconds ?? LifeDuration.DefaultSeconds), values.Kilobytes);

    /// <summary>Whether this is longer than the other in any unit.</summary>
    public bool Exceeds(SaLife other) =>
        Seconds > other.Seconds || (other.Kilobytes is { } limit && (Kilobytes ?? ulong.MaxValue) > limit);

    /// <summary>The shorter of both in each unit.</summary>
    public SaLife Shorter(SaLife? other) => other is null
        ? this
        : new(
            Math.Min(Seconds, other.Seconds),
            Kilobytes is null && other.Kilobytes is null ? null : Math.Min(Kilobytes ?? ulong.MaxValue, other.Kilobytes ?? ulong.MaxValue));

    /// <summary>The life type and duration attributes; a duration follows its type (RFC 2407 section 4.5).</summary>
    public ImmutableArray<DataAttribute> Encode(ushort lifeType, ushort lifeDuration)
    {
        if (IsImplied)
        {
            return [];
        }

        ImmutableArray<DataAttribute> seconds =
        [
            DataAttribute.Basic(lifeType, (ushort)LifeType.Seconds),
            LifeDuration.Encode(lifeDuration, Seconds),
        ];
        return Kilobytes is { } kilobytes
            ? [.. seconds, DataAttribute.Basic(lifeType, (ushort)LifeType.Kilobytes), LifeDuration.Encode(lifeDuration, kilobytes)]
            : seconds;
    }

    public override string ToString() => Kilobytes is null ? $"{Seconds} s" : $"{Seconds} s or {Kilobytes} kB";
}
