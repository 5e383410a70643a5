// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Transactions;

/// <summary>What is to be done with the answer to a request or a setting of ours.</summary>
/// <returns>Null when the answer was accepted; otherwise the exchange goes on waiting.</returns>
internal delegate Rejection? OnTransactionAnswer(AttributesPayload answer, DateTimeOffset now, List<IkeEffect> effects);

/// <summary>What is to be done when no answer came.</summary>
internal delegate void OnTransactionFailure(string reason, DateTimeOffset now, List<IkeEffect> effects);

/// <summary>Where a transaction exchange stands (draft-dukes-ike-mode-cfg-02 section 2): two messages, REQUEST and REPLY or SET and ACK.</summary>
internal abstract record TransactionState
{
    /// <summary>The row of the transition table that the next message must fit; null when none is expected.</summary>
    public abstract Transition? Expected { get; }

    /// <summary>The peer's REQUEST or SET.</summary>
    public sealed record ExpectRequest : TransactionState
    {
        public override Transition Expected => Transitions.TransactionRequest;

        /// <summary>Messages of any other type are discarded silently (draft-dukes-ike-mode-cfg-02 section 3.3).</summary>
        public static Rejection? Check(AttributesPayload request) => (ConfigurationMessageType)request.MessageType switch
        {
            ConfigurationMessageType.Request or ConfigurationMessageType.Set => null,
            _ => new("draft-dukes-ike-mode-cfg-02 section 3.3", $"message type {request.MessageType} does not begin a transaction exchange"),
        };
    }

    /// <summary>The answer to a REQUEST or SET of ours.</summary>
    public sealed record ExpectAnswer(AttributesPayload Sent, OnTransactionAnswer Answered, OnTransactionFailure Failed) : TransactionState
    {
        public override Transition Expected => Transitions.TransactionAnswer;

        /// <summary>REPLY to REQUEST, ACK to SET, with the same identifier (draft-dukes-ike-mode-cfg-02 sections 2 and 3.2).</summary>
        public Rejection? Check(AttributesPayload answer)
        {
            if (answer.Identifier != Sent.Identifier)
            {
                return new("draft-dukes-ike-mode-cfg-02 section 3.2", $"identifier {answer.Identifier} answers {Sent.Identifier}");
            }

            var fits = ((ConfigurationMessageType)Sent.MessageType, (ConfigurationMessageType)answer.MessageType)
                is (ConfigurationMessageType.Request, ConfigurationMessageType.Reply)
                or (ConfigurationMessageType.Set, ConfigurationMessageType.Acknowledge);
            return fits
                ? null
                : new("draft-dukes-ike-mode-cfg-02 section 2", $"message type {answer.MessageType} answers {Sent.MessageType}");
        }
    }

    /// <summary>Nothing more is expected; kept so that duplicates are recognised.</summary>
    public sealed record Finished : TransactionState
    {
        public override Transition? Expected => null;
    }
}
