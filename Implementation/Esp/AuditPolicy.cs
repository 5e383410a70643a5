// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>
/// How many events of each outcome are recorded, so that nobody can fill a log by sending bad packets (RFC 4303 section 4 leaves the
/// granularity to the administrator; RFC 6040 section 4.2 asks for a limit).
/// </summary>
/// <param name="Burst">Events of one outcome that may come at once.</param>
/// <param name="Interval">Time after which one more may come.</param>
public sealed record AuditPolicy(int Burst, TimeSpan Interval)
{
    /// <summary>Ten at once, one a second.</summary>
    public static AuditPolicy Default { get; } = new(10, TimeSpan.FromSeconds(1));
}
