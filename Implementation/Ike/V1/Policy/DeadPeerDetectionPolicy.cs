// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Policy;

/// <summary>How a connection finds out that its peer is gone (RFC 3706).</summary>
public sealed record DeadPeerDetectionPolicy
{
    /// <summary>
    /// Silence of the peer after which it is asked; zero to answer its questions and ask none. Nothing is asked while
    /// traffic comes from it (RFC 3706 section 5.4).
    /// </summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether it is asked only when something was sent to it since it was last heard (RFC 3706 section 5.5).</summary>
    public bool OnlyWhenSending { get; init; }

    /// <summary>When a question is repeated, and when the peer is given up; null for the connection's timers.</summary>
    public RetransmissionPolicy? Retransmission { get; init; }

    /// <summary>What is to be done then.</summary>
    public DeadPeerAction Action { get; init; } = DeadPeerAction.Clear;
}
