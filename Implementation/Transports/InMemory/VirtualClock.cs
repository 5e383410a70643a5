// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Transports.InMemory;

/// <summary>A clock that only its loop moves.</summary>
public sealed class VirtualClock : TimeProvider
{
    private DateTimeOffset _now = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _now;

    internal void MoveTo(DateTimeOffset time) => _now = time > _now ? time : _now;
}
