// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Sa;

/// <summary>
/// How long an SA may be used: by time, by bytes, by packets or by several of them, whichever ends first, each with a soft limit that asks for a
/// replacement and a hard one that ends the SA (RFC 4301 section 4.4.2.1). Null is no limit.
/// </summary>
/// <param name="SoftTime">Age at which a replacement is due.</param>
/// <param name="HardTime">Age at which the SA ends.</param>
/// <param name="SoftBytes">Bytes after which a replacement is due.</param>
/// <param name="HardBytes">Bytes after which the SA ends.</param>
/// <param name="SoftPackets">Packets after which a replacement is due.</param>
/// <param name="HardPackets">Packets after which the SA ends.</param>
public sealed record SaLifetime(
    TimeSpan? SoftTime = null,
    TimeSpan? HardTime = null,
    long? SoftBytes = null,
    long? HardBytes = null,
    long? SoftPackets = null,
    long? HardPackets = null)
{
    /// <summary>No limit at all.</summary>
    public static SaLifetime Unlimited { get; } = new();

    /// <summary>Compares an SA with its limits.</summary>
    /// <param name="age">Time since the SA was established.</param>
    /// <param name="usage">What it has carried.</param>
    /// <returns>The worst that any limit says.</returns>
    public SaLifetimeState Judge(TimeSpan age, SaUsage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return age >= HardTime || IsUsedUp(usage) ? SaLifetimeState.Ended
            : age >= SoftTime || usage.Bytes >= SoftBytes || usage.Packets >= SoftPackets ? SaLifetimeState.ReplacementDue
            : SaLifetimeState.Alive;
    }

    /// <summary>Whether an SA has carried as much as it may, whatever its age.</summary>
    /// <param name="usage">What it has carried.</param>
    /// <returns>True when the hard limit of bytes or packets is reached.</returns>
    public bool IsUsedUp(SaUsage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return (HardBytes is { } bytes && usage.Bytes >= bytes) || (HardPackets is { } packets && usage.Packets >= packets);
    }
}
