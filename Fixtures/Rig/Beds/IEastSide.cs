// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Ike.V1;

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>
/// The judged peer within one scenario: it is given a policy, told to act, and asked what it has. Triggers return when
/// the peer has taken the order, not when it is carried out: that is seen on the wire.
/// </summary>
public interface IEastSide
{
    /// <summary>Whether the peer waits for CONNECTED where the other side has set the commit bit (RFC 2408 section 3.1).</summary>
    bool WaitsForConnected => true;

    /// <summary>Whether the peer lists when a pair of IPsec SAs ends, and not only when it will replace it.</summary>
    bool ListsEnds => true;

    /// <summary>The configuration as it was rendered: file name and text.</summary>
    ImmutableArray<(string Name, string Text)> RenderedConfiguration { get; }

    /// <summary>Gives the peer a policy.</summary>
    /// <param name="policy">East's side of it.</param>
    /// <exception cref="UnsupportedException">It cannot be rendered for this peer.</exception>
    Task ConfigureAsync(PeerPolicy policy);

    /// <summary>Has the peer start phase 1.</summary>
    Task InitiateIkeSaAsync();

    /// <summary>Has the peer start quick mode, with phase 1 before it where there is no IKE SA.</summary>
    /// <param name="child">Name of the child.</param>
    Task InitiateChildAsync(string child);

    /// <summary>Has the peer replace a child's SA pair by a new one, under the same IKE SA.</summary>
    /// <param name="child">Name of the child.</param>
    Task RekeyChildAsync(string child);

    /// <summary>Has the peer delete a child's SA pair.</summary>
    /// <param name="child">Name of the child.</param>
    Task DeleteChildAsync(string child);

    /// <summary>Has the peer delete its IKE SA and what hangs on it.</summary>
    Task DeleteIkeSaAsync();

    /// <summary>Has the peer replace its IKE SA: in IKEv1 by a phase 1 of its own, under which the IPsec SAs go on.</summary>
    /// <exception cref="UnsupportedException">It takes no such order.</exception>
    Task RekeyIkeSaAsync() => throw new UnsupportedException("the peer takes no order to replace an IKE SA");

    /// <summary>Has the peer offer a private group in new group mode (RFC 2409 section 5.6), with phase 1 before it where there is no IKE SA.</summary>
    /// <param name="group">The group.</param>
    /// <exception cref="UnsupportedException">It has no new group mode.</exception>
    Task OfferGroupAsync(PrivateGroup group) => throw new UnsupportedException("the peer has no new group mode");

    /// <summary>Has the peer ask at once whether the other side still lives (RFC 3706).</summary>
    /// <exception cref="UnsupportedException">It takes no such order.</exception>
    Task AskIfAliveAsync() => throw new UnsupportedException("the peer takes no order to ask whether the other side lives");

    /// <summary>Has a host behind the peer send ICMP echo requests; the answers are seen on the wire.</summary>
    /// <param name="source">An address behind the peer.</param>
    /// <param name="destination">An address behind west.</param>
    /// <param name="count">Number of requests.</param>
    Task PingAsync(IPAddress source, IPAddress destination, int count);

    /// <summary>The peer's own SA database, of this scenario's connection.</summary>
    Task<PeerSas> ListSasAsync();

    /// <summary>The IPsec SAs of this scenario with their keys, as the peer's data plane has them.</summary>
    /// <exception cref="UnsupportedException">It does not tell its keys.</exception>
    Task<ImmutableArray<PeerSaKeys>> ListKeysAsync() => throw new UnsupportedException("the peer does not tell its keys");

    /// <summary>Has the peer leave sequence numbers out on the SA with which it sends, so that their end comes near (RFC 4303 section 3.3.3).</summary>
    /// <param name="child">Name of the child.</param>
    /// <param name="left">How many numbers are to be left.</param>
    /// <exception cref="UnsupportedException">It takes no such order.</exception>
    Task LeaveSequenceNumbersAsync(string child, ulong left) => throw new UnsupportedException("the peer's sequence counter cannot be set");

    /// <summary>What the peer's audit log has (RFC 4303 section 4): one line an event, the reason first.</summary>
    /// <exception cref="UnsupportedException">It keeps none, or none that can be read.</exception>
    Task<ImmutableArray<string>> ReadAuditAsync() => throw new UnsupportedException("the peer keeps no audit log of ESP and AH that can be read");

    /// <summary>Has the peer break a rule from now on, until it is told to behave.</summary>
    /// <param name="how">Which.</param>
    /// <exception cref="UnsupportedException">It cannot be told so.</exception>
    Task MisbehaveAsync(Misbehaviour how) => throw new UnsupportedException("the peer cannot be told to misbehave");

    /// <summary>Has the peer keep the rules again, and give up all that it began before.</summary>
    Task BehaveAsync() => Task.CompletedTask;

    /// <summary>Waits until the peer's own SA database is as wanted. Woken by the peer's events, not by polling.</summary>
    /// <param name="condition">What is wanted.</param>
    /// <param name="deadline">How long to wait at most.</param>
    /// <returns>The database when it was as wanted, or as it was last seen.</returns>
    Task<PeerSas> WaitForSasAsync(Func<PeerSas, bool> condition, TimeSpan deadline);

    /// <summary>The peer's log of this scenario.</summary>
    Task<string> ReadLogAsync();
}
