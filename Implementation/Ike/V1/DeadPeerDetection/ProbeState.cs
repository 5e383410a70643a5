// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.DeadPeerDetection;

/// <summary>What this end knows of its peer's life (RFC 3706 section 5).</summary>
internal abstract record ProbeState
{
    /// <summary>Number of the last R-U-THERE of ours; null before the first.</summary>
    public abstract uint? LastNumber { get; }

    /// <summary>Nothing is asked.</summary>
    /// <param name="Last">Number of the last question.</param>
    /// <param name="HeardAt">When the peer last gave proof of life.</param>
    /// <param name="HasSent">Whether traffic was sent to it since.</param>
    public sealed record Listening(uint? Last, DateTimeOffset HeardAt, bool HasSent) : ProbeState
    {
        public override uint? LastNumber => Last;
    }

    /// <summary>R-U-THERE is under way.</summary>
    /// <param name="Number">Its number.</param>
    public sealed record ExpectAcknowledgement(uint Number) : ProbeState
    {
        public override uint? LastNumber => Number;
    }
}
