// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Ipsec.Crypto;
using Ipsec.Ike.V1.Authentication;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Phase1;

/// <summary>What a phase 1 exchange may use besides its state.</summary>
/// <param name="Policy">The connection, as far as it is known.</param>
/// <param name="Candidates">
/// The connections that a responder may mean, most specific first: which one it is shows in the offer and in the peer's identity
/// (RFC 4945 section 3.1.10). For an initiator its one connection.
/// </param>
/// <param name="IsInitiator">Whether this endpoint started phase 1.</param>
/// <param name="InitiatorCookie">CKY-I.</param>
/// <param name="ResponderCookie">CKY-R; on the initiator's side as the message under consideration gives it.</param>
/// <param name="PeerAddress">Where the peer's messages come from.</param>
/// <param name="IsFirstContact">Whether there is no other IKE SA with this peer.</param>
/// <param name="Random">Source of nonces and private values.</param>
/// <param name="Seams">Where the identity may be bent.</param>
/// <param name="Now">The time, by which certificates are judged.</param>
internal sealed record Phase1Context(
    ConnectionPolicy Policy,
    ImmutableArray<ConnectionPolicy> Candidates,
    bool IsInitiator,
    Cookie InitiatorCookie,
    Cookie ResponderCookie,
    IPAddress PeerAddress,
    bool IsFirstContact,
    IRandomSource Random,
    IOutboundSeams Seams,
    DateTimeOffset Now)
{
    /// <summary>The identity that this endpoint claims.</summary>
    public IdentificationPayload LocalIdentity => Seams.OnIdentity(InitiatorCookie, IsInitiator, Policy.LocalIdentity);

    /// <summary>
    /// This context with the connection that the peer's identity means (RFC 4945 section 3.1.10): one that names it before one that
    /// takes any. With none it stays as it is, and the identity will be refused.
    /// </summary>
    /// <param name="peer">What the peer calls itself.</param>
    /// <param name="suite">What was negotiated; another connection must allow it too.</param>
    /// <param name="hasKeys">Whether keys were derived already; another connection must then have led to the same ones.</param>
    public Phase1Context For(IdentificationPayload peer, Phase1Suite suite, bool hasKeys)
    {
        var fitting = Candidates.Prepend(Policy)
            .Where(c => c.RemoteIdentity.Matches(peer) && c.Phase1.Any(suite.SameAlgorithms))
            .Where(c => AuthenticationForm.Of(suite).CanBeUsedBy(c, IsInitiator) && HasSameSecrets(c, suite, hasKeys))
            .OrderBy(c => c.RemoteIdentity is IdentityPattern.AnyIdentity ? 1 : 0)
            .FirstOrDefault();
        return fitting is null ? this : this with { Policy = fitting };
    }

    /// <summary>Whether another connection would have used the same secrets so far: the pre-shared key, or the key that decrypts.</summary>
    private bool HasSameSecrets(ConnectionPolicy other, Phase1Suite suite, bool hasKeys) => AuthenticationForm.Of(suite).Skeyid switch
    {
        SkeyidSource.PreSharedKey => !hasKeys || other.PreSharedKey.Span.SequenceEqual(Policy.PreSharedKey.Span),
        SkeyidSource.PublicKeyEncryption => ReferenceEquals(other.Certificates?.Key, Policy.Certificates?.Key),
        _ => true,
    };
}
