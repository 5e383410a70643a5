// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.MainMode;
using Ipsec.Ike.V1.Policy;
using Ipsec.Ike.V1.Protection;
using Ipsec.Ike.V1.QuickMode;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Sessions;

/// <summary>
/// One IKE SA from its first message to its end: main mode, and the phase 2 and informational exchanges under it.
/// It owns IV chains, retransmission and the memory for duplicates; what messages mean is decided by the pure state functions.
/// </summary>
internal sealed partial class IkeSa
{
    /// <summary>How long a half-open SA of a responder, and the memory of a finished exchange, is kept.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly EndpointServices services;
    private readonly IPEndPoint local;
    private readonly IPEndPoint remote;
    private readonly Dictionary<uint, QuickModeExchange> quickModes = [];
    private readonly HashSet<uint> seenMessageIds = [];
    private readonly Queue<string> wantedChildren = [];

    private MainModeState state;
    private byte[] phase1Iv = [];
    private int phase1Messages;
    private PendingMessage? pending;
    private ReadOnlyMemory<byte> lastAccepted;
    private SentMessage? lastReply;
    private DateTimeOffset? abandonAt;

    private IkeSa(EndpointServices services, ConnectionPolicy policy, bool isInitiator, Cookie cookieI, Cookie cookieR, IPEndPoint local, IPEndPoint remote, MainModeState state)
    {
        this.services = services;
        this.local = local;
        this.remote = remote;
        this.state = state;
        Policy = policy;
        IsInitiator = isInitiator;
        InitiatorCookie = cookieI;
        ResponderCookie = cookieR;
    }

    public ConnectionPolicy Policy { get; }

    public bool IsInitiator { get; }

    public Cookie InitiatorCookie { get; }

    public Cookie ResponderCookie { get; private set; }

    public IPEndPoint Remote => remote;

    public bool IsEstablished => state is MainModeState.Established;

    /// <summary>Whether at least one message of the peer was accepted; an SA without any is not worth keeping.</summary>
    public bool HasAccepted => !IsClosed && lastAccepted.Length > 0;

    public bool IsClosed => state is MainModeState.Closed;

    public IkeSaDescription Description =>
        new(Policy.Name, IsInitiator, InitiatorCookie, ResponderCookie, local, remote, state.SecurityOrNull?.Suite);

    public DateTimeOffset? NextDeadline
    {
        get
        {
            var deadlines = quickModes.Values
                .SelectMany(q => new[] { q.Pending?.Due, q.ForgetAt })
                .Append(pending?.Due)
                .Append(abandonAt);
            return deadlines.Min();
        }
    }

    private Phase1Security Security => state.SecurityOrNull ?? throw new InvalidOperationException("the IKE SA has no keys yet");

    private MainModeContext MainModeContext => new(Policy, InitiatorCookie, ResponderCookie, services.Random);

    /// <summary>Starts phase 1 as initiator.</summary>
    public static IkeSa Initiate(EndpointServices services, ConnectionPolicy policy, DateTimeOffset now, List<IkeEffect> effects)
    {
        var sa = new IkeSa(services, policy, true, services.NewCookie(), default, policy.Local, policy.Remote, new MainModeState.Closed());
        var step = MainModeInitiator.Start(sa.MainModeContext);
        sa.state = step.Next;
        sa.SendPhase1(step.Reply, now, effects);
        return sa;
    }

    /// <summary>A responder's SA, about to be offered message 1.</summary>
    public static IkeSa Respond(EndpointServices services, ConnectionPolicy policy, Cookie initiatorCookie, IPEndPoint local, IPEndPoint remote, DateTimeOffset now) =>
        new(services, policy, false, initiatorCookie, services.NewCookie(), local, remote, new MainModeState.ExpectOffer())
        {
            abandonAt = now + Patience,
        };

    /// <summary>Whether a message 1 is the one that made this SA, so that it can be answered the same.</summary>
    public bool WasOpenedBy(IsakmpHeader header, IPEndPoint from) =>
        !IsInitiator && InitiatorCookie == header.InitiatorCookie && remote.Equals(from);

    /// <summary>Brings up a child now, or as soon as phase 1 is complete.</summary>
    public void WantChild(string child, DateTimeOffset now, List<IkeEffect> effects)
    {
        wantedChildren.Enqueue(child);
        if (IsEstablished)
        {
            StartWantedChildren(now, effects);
        }
    }

    /// <summary>Acts on every deadline that has passed.</summary>
    public void OnTime(DateTimeOffset now, List<IkeEffect> effects)
    {
        if (pending is not null && pending.Due <= now)
        {
            pending = Repeat(pending, now, effects);
            if (pending is null)
            {
                GiveUp($"no answer to message {phase1Messages} of main mode", effects);
                return;
            }
        }

        if (abandonAt <= now)
        {
            GiveUp("the initiator did not go on", effects);
            return;
        }

        foreach (var quick in quickModes.Values.ToArray())
        {
            OnQuickModeTime(quick, now, effects);
        }
    }

    public void Close(string reason, List<IkeEffect> effects)
    {
        var description = Description;
        state = new MainModeState.Closed();
        pending = null;
        abandonAt = null;
        quickModes.Clear();
        effects.Add(new IkeSaClosed(description, reason));
    }

    private void GiveUp(string reason, List<IkeEffect> effects)
    {
        effects.Add(new ExchangeFailed(Description, ExchangeType.IdentityProtection, 0, reason));
        Close(reason, effects);
    }

    private void Discard(Rejection rejection, ReadOnlyMemory<byte> datagram, List<IkeEffect> effects) =>
        effects.Add(new DatagramDiscarded(remote, rejection.Clause, rejection.Reason, datagram));

    private void Trace(IsakmpMessage message, ReadOnlyMemory<byte> datagram, bool isSent, bool isRepeat, List<IkeEffect> effects) =>
        effects.Add(new MessageTraced(Description, isSent, isRepeat, message, datagram));
}
