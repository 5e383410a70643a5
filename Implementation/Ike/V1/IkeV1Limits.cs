// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1;

/// <summary>
/// How much an endpoint keeps and says on behalf of those who have not proved who they are (RFC 2408 section 1.7.1:
/// whoever sends datagrams must not be able to use up memory).
/// </summary>
public sealed record IkeV1Limits
{
    /// <summary>What an endpoint uses unless told otherwise.</summary>
    public static IkeV1Limits Default { get; } = new();

    /// <summary>Half-open IKE SAs that others started; one more drops the oldest.</summary>
    public int HalfOpenSas { get; init; } = 128;

    /// <summary>How long a half-open SA of a responder, and the memory of a finished exchange, is kept.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Quick modes of one IKE SA that are under way or remembered; offers beyond are discarded.</summary>
    public int QuickModes { get; init; } = 64;

    /// <summary>Message IDs of one IKE SA. None may come twice, so an IKE SA that has used them up is closed.</summary>
    public int MessageIds { get; init; } = 65536;

    /// <summary>
    /// Error notifications in a row, for each established IKE SA and for all that is not established together. RFC 2408
    /// section 5 lets errors be notified or not.
    /// </summary>
    public int ErrorNotifications { get; init; } = 8;

    /// <summary>After this time one more error notification may be sent.</summary>
    public TimeSpan ErrorNotificationInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Transaction exchanges of one IKE SA that are under way or remembered; requests beyond are discarded.</summary>
    public int Transactions { get; init; } = 64;

    /// <summary>Fragments of one message.</summary>
    public int Fragments { get; init; } = 64;

    /// <summary>Bytes of one message that comes in fragments.</summary>
    public int FragmentedBytes { get; init; } = 20_000;

    /// <summary>Incomplete messages of all who have no IKE SA yet together.</summary>
    public int StrangersFragmentedMessages { get; init; } = 16;

    /// <summary>Incomplete messages of one IKE SA.</summary>
    public int FragmentedMessages { get; init; } = 2;

    /// <summary>How long fragments wait for those that are missing.</summary>
    public TimeSpan FragmentPatience { get; init; } = TimeSpan.FromSeconds(30);
}
