// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Target;

/// <summary>
/// Commands, as a shell takes them, that make the device act; null for what it cannot be made to do. In them stand <c>{child}</c> for the
/// child's name, and for <see cref="Ping"/> <c>{source}</c>, <c>{destination}</c> and <c>{count}</c>.
/// </summary>
public sealed record TargetCommands
{
    /// <summary>Starts phase 1 alone.</summary>
    public string? InitiateIke { get; init; }

    /// <summary>Starts quick mode, with phase 1 before it where there is none.</summary>
    public string? InitiateChild { get; init; }

    /// <summary>Replaces a child's SAs.</summary>
    public string? RekeyChild { get; init; }

    /// <summary>Replaces the IKE SA.</summary>
    public string? RekeyIke { get; init; }

    /// <summary>Deletes a child's SAs.</summary>
    public string? DeleteChild { get; init; }

    /// <summary>Deletes the IKE SA and what hangs on it.</summary>
    public string? DeleteIke { get; init; }

    /// <summary>Has a host behind the device send echo requests.</summary>
    public string? Ping { get; init; }

    /// <summary>Prints the device's SAs as JSON: see <see cref="SaListFile"/>.</summary>
    public string? ListSas { get; init; }
}
