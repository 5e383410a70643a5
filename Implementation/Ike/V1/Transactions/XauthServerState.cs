// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Transactions;

/// <summary>Where the side that asks for extended authentication stands (draft-beaulieu-ike-xauth-02 section 5).</summary>
internal abstract record XauthServerState
{
    /// <summary>The transaction identifier, the same in all its messages (draft-beaulieu-ike-xauth-02 section 6).</summary>
    public abstract ushort Identifier { get; }

    /// <summary>A REQUEST was sent.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="Challenge">The challenge in it; empty for none.</param>
    /// <param name="AttemptsLeft">Further requests, should the answer be wrong.</param>
    public sealed record ExpectReply(AttributesPayload Request, ReadOnlyMemory<byte> Challenge, int AttemptsLeft) : XauthServerState
    {
        public override ushort Identifier => Request.Identifier;
    }

    /// <summary>The SET with the result was sent.</summary>
    /// <param name="Result">The setting.</param>
    /// <param name="IsAccepted">Whether the user is let in.</param>
    /// <param name="User">Name of the user; null when none was given.</param>
    /// <param name="Reason">Why not; null when accepted.</param>
    public sealed record ExpectAcknowledgement(AttributesPayload Result, bool IsAccepted, string? User, string? Reason) : XauthServerState
    {
        public override ushort Identifier => Result.Identifier;
    }
}
