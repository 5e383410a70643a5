// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.V1.Lifetimes;
using Ipsec.Ike.V1.Sessions;

namespace Ipsec.Ike.V1.QuickMode;

/// <summary>One quick mode under an IKE SA: its state, its IV chain and what was last sent and received.</summary>
internal sealed class QuickModeExchange(uint messageId, bool isInitiator, QuickModeState state, byte[] iv)
{
    public uint MessageId { get; } = messageId;

    public bool IsInitiator { get; } = isInitiator;

    public QuickModeState State { get; set; } = state;

    /// <summary>The IV of the next message in either direction (RFC 2409 appendix B).</summary>
    public byte[] Iv { get; set; } = iv;

    /// <summary>The message that waits for an answer.</summary>
    public PendingMessage? Pending { get; set; }

    /// <summary>The last accepted datagram, to recognise its duplicates.</summary>
    public ReadOnlyMemory<byte> LastReceived { get; set; }

    /// <summary>The last message of ours, to answer duplicates with.</summary>
    public SentMessage? LastSent { get; set; }

    /// <summary>When the memory of this exchange is dropped.</summary>
    public DateTimeOffset? ForgetAt { get; set; }

    /// <summary>What its result replaces; null when it is no rekey of ours.</summary>
    public ChildSaEntry? Replaces { get; init; }

    /// <summary>Whether our messages have the commit bit (RFC 2408 section 3.1).</summary>
    public bool SetsCommit { get; set; }

    /// <summary>Whether a message of the peer had the commit bit.</summary>
    public bool PeerSetsCommit { get; set; }

    /// <summary>Our CONNECTED, to answer duplicates with.</summary>
    public SentMessage? Connected { get; set; }

    /// <summary>Nobody waits for one who waits himself: with both bits set, both go on.</summary>
    public bool AwaitsConnected => PeerSetsCommit && !SetsCommit;
}
