// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Peers;

/// <summary>What came of bringing a peer up.</summary>
public abstract record PeerStart
{
    private PeerStart()
    {
    }

    /// <summary>The peer is there.</summary>
    public sealed record Ready(IPeer Peer) : PeerStart;

    /// <summary>The peer cannot be had on this machine as it is.</summary>
    /// <param name="Missing">What is missing, for example "no container engine answers".</param>
    /// <param name="Remedy">The command that mends it, for example <c>apt-get install docker.io</c>; null when none is known.</param>
    public sealed record Unavailable(string Missing, string? Remedy) : PeerStart
    {
        /// <inheritdoc/>
        public override string ToString() => Remedy is null ? Missing : $"{Missing}; to mend it: {Remedy}";
    }
}
