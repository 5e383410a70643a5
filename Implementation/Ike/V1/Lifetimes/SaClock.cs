// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Crypto;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Ike.V1.Policy;

namespace Ipsec.Ike.V1.Lifetimes;

/// <summary>
/// The soft and hard lifetimes of one SA in time and in bytes (RFC 4301 section 4.4.2.1). Where the soft ones lie within
/// the policy's stretch was drawn once, when the SA was made.
/// </summary>
/// <param name="Start">When the SA was put to use.</param>
/// <param name="Life">The hard lifetime.</param>
/// <param name="SoftPart">The part of it after which the SA is to be replaced, below 1.</param>
internal sealed record SaClock(DateTimeOffset Start, SaLife Life, double SoftPart)
{
    private const ulong Kilobyte = 1024;

    public DateTimeOffset SoftAt => Start + TimeSpan.FromSeconds(Life.Seconds * SoftPart);

    public DateTimeOffset HardAt => Start + TimeSpan.FromSeconds(Life.Seconds);

    public static SaClock Begin(DateTimeOffset now, SaLife life, RekeyPolicy policy, IRandomSource random)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        random.Fill(bytes);
        var drawn = BinaryPrimitives.ReadUInt16BigEndian(bytes) / (double)ushort.MaxValue;
        return new(now, life, 1 - policy.Margin - (policy.Jitter * drawn));
    }

    /// <summary>The stage, and which lifetime it was that ended.</summary>
    public (LifetimeStage Stage, LifetimeUnit Unit) At(DateTimeOffset now, ulong bytes)
    {
        if (now >= HardAt)
        {
            return (LifetimeStage.Hard, LifetimeUnit.Seconds);
        }

        // A life of so many kilobytes that their bytes cannot be counted does not end by them.
        var hard = Life.Kilobytes is { } kilobytes && kilobytes <= ulong.MaxValue / Kilobyte ? kilobytes * Kilobyte : (ulong?)null;
        if (bytes >= hard)
        {
            return (LifetimeStage.Hard, LifetimeUnit.Kilobytes);
        }

        if (now >= SoftAt)
        {
            return (LifetimeStage.Soft, LifetimeUnit.Seconds);
        }

        return bytes >= hard * SoftPart ? (LifetimeStage.Soft, LifetimeUnit.Kilobytes) : (LifetimeStage.Young, LifetimeUnit.Seconds);
    }
}
