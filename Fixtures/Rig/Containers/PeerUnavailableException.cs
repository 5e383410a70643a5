// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Peers;

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>A peer cannot be brought up on this machine as it is. Drivers turn it into <see cref="PeerStart.Unavailable"/>.</summary>
/// <param name="missing">What is missing.</param>
/// <param name="remedy">The command that mends it; null when none is known.</param>
/// <param name="cause">What it was noticed by.</param>
public sealed class PeerUnavailableException(string missing, string? remedy, Exception? cause = null) : Exception(missing, cause)
{
    /// <summary>The answer to whoever asked for the peer.</summary>
    public PeerStart.Unavailable ToStart() => new(Message, remedy);
}
