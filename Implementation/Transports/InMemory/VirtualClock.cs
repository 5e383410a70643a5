// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Transports.InMemory;

/// <summary>A clock that only its loop moves.</summary>
public sealed class VirtualClock : TimeProvider
{
    private DateTimeOffset now = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => now;

    internal void MoveTo(DateTimeOffset time) => now = time > now ? time : now;
}
