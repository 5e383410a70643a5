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
    private readonly EndpointServices _services;
    private readonly IPEndPoint _local;
    private readonly IPEndPoint _remote;
    private readonly NotificationBudget _errorBudget;
    private readonly Dictionary<uint, QuickModeExchange> _quickModes = [];
    private readonly HashSet<uint> _usedMessageIds = [];
    private readonly Queue<string> _wantedChildren = [];

    private MainModeState _state;
    private byte[] _phase1Iv = [];
    private int _phase1Messages;
    private PendingMessage? _pending;
    private ReadOnlyMemory<byte> _lastAccepted;
    private SentMessage? _lastReply;
    private DateTimeOffset? _abandonAt;
    private DateTimeOffset? _repliesUntil;

    private IkeSa(
        EndpointServices services,
        ConnectionPolicy policy,
        bool isInitiator,
        Cookie cookieI,
        Cookie cookieR,
        IPEndPoint local,
        IPEndPoint remote,
        MainModeState state)
    {
        _services = services;
        _local = local;
        _remote = remote;
        _state = state;
        _errorBudget = new(services.Limits);
        Policy = policy;
        IsInitiator = isInitiator;
        InitiatorCookie = cookieI;
        ResponderCookie = cookieR;
    }

    public ConnectionPolicy Policy { get; }

    public bool IsInitiator { get; }

    public Cookie InitiatorCookie { get; }

    public Cookie ResponderCookie { get; private set; }

    public IPEndPoint Remote => _remote;

    public bool IsEstablished => _state is MainModeState.Established;

    /// <summary>Whether at least one message of the peer was accepted; an SA without any is not worth keeping.</summary>
    public bool HasAccepted => !IsClosed && _lastAccepted.Length > 0;

    /// <summary>Whether the peer started it and has not yet proved who it is.</summary>
    public bool IsHalfOpenResponder => !IsInitiator && !IsEstablished && !IsClosed;

    public bool IsClosed => _state is MainModeState.Closed;

    public IkeSaDescription Description =>
        new(Policy.Name, IsInitiator, InitiatorCookie, ResponderCookie, _local, _remote, _state.SecurityOrNull?.Suite);

    public DateTimeOffset? NextDeadline
    {
        get
        {
            var deadlines = _quickModes.Values
                .SelectMany(q => new[] { q.Pending?.Due, q.ForgetAt })
                .Append(_pending?.Due)
                .Append(_abandonAt);
            return deadlines.Min();
        }
    }

    private Phase1Security Security => _state.SecurityOrNull ?? throw new InvalidOperationException("the IKE SA has no keys yet");

    private MainModeContext MainModeContext => new(Policy, InitiatorCookie, ResponderCookie, _services.Random);

    /// <summary>Starts phase 1 as initiator.</summary>
    public static IkeSa Initiate(EndpointServices services, ConnectionPolicy policy, DateTimeOffset now, List<IkeEffect> effects)
    {
        var sa = new IkeSa(services, policy, true, services.NewCookie(), default, policy.Local, policy.Remote, new MainModeState.Closed());
        var step = MainModeInitiator.Start(sa.MainModeContext);
        sa._state = step.Next;
        sa.SendPhase1(step.Reply, now, effects);
        return sa;
    }

    /// <summary>A responder's SA, about to be offered message 1.</summary>
    public static IkeSa Respond(
        EndpointServices services,
        ConnectionPolicy policy,
        Cookie initiatorCookie,
        IPEndPoint local,
        IPEndPoint remote,
        DateTimeOffset now) =>
        new(services, policy, false, initiatorCookie, services.NewCookie(), local, remote, new MainModeState.ExpectOffer())
        {
            _abandonAt = now + services.Limits.Patience,
        };

    /// <summary>Whether a message 1 may be the one that made this SA, so that it can be answered the same.</summary>
    public bool MayBeOpenedBy(IsakmpHeader header, IPEndPoint from) =>
        !IsInitiator && InitiatorCookie == header.InitiatorCookie && _remote.Equals(from);

    /// <summary>Brings up a child now, or as soon as phase 1 is complete.</summary>
    public void WantChild(string child, DateTimeOffset now, List<IkeEffect> effects)
    {
        _wantedChildren.Enqueue(child);
        if (IsEstablished)
        {
            StartWantedChildren(now, effects);
        }
    }

    /// <summary>Acts on every deadline that has passed.</summary>
    public void OnTime(DateTimeOffset now, List<IkeEffect> effects)
    {
        if (_pending is not null && _pending.Due <= now)
        {
            _pending = Repeat(_pending, now, effects);
            if (_pending is null)
            {
                GiveUp($"no answer to message {_phase1Messages} of main mode", effects);
                return;
            }
        }

        if (_abandonAt <= now)
        {
            GiveUp("the initiator did not go on", effects);
            return;
        }

        foreach (var quick in _quickModes.Values.ToArray())
        {
            OnQuickModeTime(quick, now, effects);
        }
    }

    /// <summary>Ends the SA and what is under way below it; IPsec SA pairs stay (RFC 2409 section 5.5).</summary>
    public void Close(string reason, List<IkeEffect> effects)
    {
        foreach (var quick in _quickModes.Values.Where(q => q.State.Expected is not null).ToArray())
        {
            FailQuickMode(quick, reason, effects);
        }

        var description = Description;
        _state.PendingKeyExchange?.Dispose();
        _state.SecurityOrNull?.Dispose();
        _state = new MainModeState.Closed();
        _pending = null;
        _abandonAt = null;
        _quickModes.Clear();
        effects.Add(new IkeSaClosed(description, reason));
    }

    private void GiveUp(string reason, List<IkeEffect> effects)
    {
        effects.Add(new ExchangeFailed(Description, ExchangeType.IdentityProtection, 0, reason));
        Close(reason, effects);
    }

    private void Discard(Rejection rejection, ReadOnlyMemory<byte> datagram, List<IkeEffect> effects) =>
        effects.Add(new DatagramDiscarded(_remote, rejection.Clause, rejection.Reason, datagram));

    private void Trace(IsakmpMessage message, ReadOnlyMemory<byte> datagram, bool isSent, bool isRepeat, List<IkeEffect> effects) =>
        effects.Add(new MessageTraced(Description, isSent, isRepeat, message, datagram));
}
