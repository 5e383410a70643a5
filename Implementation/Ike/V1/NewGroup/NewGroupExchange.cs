// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.V1.Sessions;

namespace Ipsec.Ike.V1.NewGroup;

/// <summary>One new group mode under an IKE SA.</summary>
internal sealed class NewGroupExchange(uint messageId, bool isInitiator, NewGroupState state, byte[] iv)
{
    public uint MessageId { get; } = messageId;

    public bool IsInitiator { get; } = isInitiator;

    public NewGroupState State { get; set; } = state;

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
}
