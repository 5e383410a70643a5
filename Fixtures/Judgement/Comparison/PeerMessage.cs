// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>An IKE message of a capture, in its place.</summary>
/// <param name="Place">Its place.</param>
/// <param name="Frame">Its frame number.</param>
/// <param name="Trace">The packet.</param>
/// <param name="Ike">What stands in it.</param>
internal sealed record PeerMessage(MessagePlace Place, int Frame, TraceMessage Trace, TraceIke Ike)
{
    public bool IsFromPeer => Trace.Ladder.From == IkeConversation.Peer;

    public bool IsFromUs => Trace.Ladder.From == IkeConversation.Suite;

    public double TimeMs => Trace.Ladder.TimeMs;

    /// <summary>"encrypted" or "in clear".</summary>
    public string Protection => Ike.IsEncrypted ? "encrypted" : "in clear";

    /// <summary>Whether two messages belong to the same exchange.</summary>
    public bool IsOfSameExchange(PeerMessage other) => Place with { Ordinal = 0 } == other.Place with { Ordinal = 0 };
}
