// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.AggressiveMode;
using Ipsec.Ike.V1.MainMode;
using Ipsec.Ike.V1.Phase1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Ike.V1.Protection;
using Ipsec.Ike.V1.QuickMode;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Sessions;

/// <summary>
/// One IKE SA from its first message to its end: phase 1, and the phase 2 and informational exchanges under it.
/// It owns IV chains, retransmission and the memory for duplicates; what messages mean is decided by the pure state functions.
/// </summary>
internal sealed partial class IkeSa
{
    private readonly EndpointServices _services;
    private readonly IPEndPoint _openedFrom;
    private readonly Phase1Mode _mode;
    private readonly ImmutableArray<ConnectionPolicy> _candidates;
    private readonly NotificationBudget _errorBudget;
    private readonly Dictionary<uint, QuickModeExchange> _quickModes = [];
    private readonly HashSet<uint> _usedMessageIds = [];
    private readonly Queue<WantedChild> _wantedChildren = [];

    // Filled in the constructor, in the order of their turns.
    private readonly List<IPhase1Extension> _phase1Extensions = [];
    private readonly Queue<IAfterPhase1> _afterPhase1 = [];

    // A NAT in front of the peer, or the change of ports when there is one, moves them (RFC 3947 sections 4 and 7).
    private IPEndPoint _local;
    private IPEndPoint _remote;
    private Phase1State _state;
    private byte[] _phase1Iv = [];
    private int _phase1Messages;
    private PendingMessage? _pending;
    private ReadOnlyMemory<byte> _lastAccepted;
    private SentMessage? _lastReply;
    private DateTimeOffset? _abandonAt;
    private DateTimeOffset? _repliesUntil;

    private IkeSa(
        EndpointServices services,
        Phase1Mode mode,
        ImmutableArray<ConnectionPolicy> candidates,
        bool isInitiator,
        Cookie cookieI,
        Cookie cookieR,
        IPEndPoint local,
        IPEndPoint remote,
        Phase1State state)
    {
        _services = services;
        _mode = mode;
        _candidates = candidates;
        _local = local;
        _remote = remote;
        _openedFrom = remote;
        _state = state;
        _errorBudget = new(services.Limits);
        Policy = candidates[0];
        IsInitiator = isInitiator;
        InitiatorCookie = cookieI;
        ResponderCookie = cookieR;
        _nat = new(_announced, services.Random);
        _afterPhase1.Enqueue(new LifetimeStart());
        if (mode == Phase1Mode.Aggressive)
        {
            _afterPhase1.Enqueue(new InitialContactAfterAggressiveMode());
        }

        PrepareExchanges();
    }

    /// <summary>The connection; on the responder's side an assumption until the peer's identity is known.</summary>
    public ConnectionPolicy Policy { get; private set; }

    public bool IsInitiator { get; }

    public Cookie InitiatorCookie { get; }

    public Cookie ResponderCookie { get; private set; }

    public IPEndPoint Local => _local;

    public IPEndPoint Remote => _remote;

    public bool IsEstablished => _state is Phase1State.Established;

    /// <summary>Whether phase 1 and all that comes between it and phase 2 is over.</summary>
    public bool IsReady => IsEstablished && _afterPhase1.Count == 0;

    /// <summary>Whether at least one message of the peer was accepted; an SA without any is not worth keeping.</summary>
    public bool HasAccepted => !IsClosed && _lastAccepted.Length > 0;

    /// <summary>Whether the peer started it and has not yet proved who it is.</summary>
    public bool IsHalfOpenResponder => !IsInitiator && !IsEstablished && !IsClosed;

    public bool IsClosed => _state is Phase1State.Closed;

    public IkeSaDescription Description =>
        new(Policy.Name, IsInitiator, InitiatorCookie, ResponderCookie, _local, _remote, _state.SecurityOrNull?.Suite)
        {
            Mode = _mode,
            PeerIdentity = (_state as Phase1State.Established)?.Peer,
        };

    public DateTimeOffset? NextDeadline
    {
        get
        {
            var deadlines = _quickModes.Values
                .SelectMany(q => new[] { q.Pending?.Due, q.ForgetAt })
                .Append(_pending?.Due)
                .Append(_abandonAt)
                .Append(NewGroupDeadline)
                .Append(LifetimeDeadline)
                .Concat(ExchangeDeadlines);
            return deadlines.Min();
        }
    }

    private Phase1Security Security => _state.SecurityOrNull ?? throw new InvalidOperationException("the IKE SA has no keys yet");

    private ExchangeType Exchange => ExchangeOf(_mode);

    /// <summary>Starts phase 1 as initiator.</summary>
    public static IkeSa Initiate(EndpointServices services, ConnectionPolicy policy, DateTimeOffset now, List<IkeEffect> effects)
    {
        var sa = new IkeSa(services, policy.Mode, [policy], true, services.NewCookie(), default, policy.Local, policy.Remote, new Phase1State.Closed());
        var context = sa.Phase1Context(now);
        var step = policy.Mode == Phase1Mode.Main ? MainModeInitiator.Start(context) : AggressiveInitiator.Start(context);
        sa._state = step.Next;
        sa.SendPhase1(step.Reply, now, effects);
        return sa;
    }

    /// <summary>A responder's SA, about to be offered message 1.</summary>
    /// <param name="services">The endpoint's.</param>
    /// <param name="mode">The mode in which the peer begins.</param>
    /// <param name="candidates">The connections that may be meant, most specific first; at least one.</param>
    /// <param name="initiatorCookie">CKY-I.</param>
    /// <param name="local">Where the message arrived.</param>
    /// <param name="remote">Where it came from.</param>
    /// <param name="now">The time.</param>
    public static IkeSa Respond(
        EndpointServices services,
        Phase1Mode mode,
        ImmutableArray<ConnectionPolicy> candidates,
        Cookie initiatorCookie,
        IPEndPoint local,
        IPEndPoint remote,
        DateTimeOffset now) =>
        new(services, mode, candidates, false, initiatorCookie, services.NewCookie(), local, remote, FirstStateOf(mode))
        {
            _abandonAt = now + services.Limits.Patience,
        };

    /// <summary>Whether a message 1 may be the one that made this SA, so that it can be answered the same.</summary>
    public bool MayBeOpenedBy(IsakmpHeader header, IPEndPoint from) =>
        !IsInitiator && InitiatorCookie == header.InitiatorCookie && _openedFrom.Equals(from);

    /// <summary>Brings up a child now, or as soon as phase 1 is complete.</summary>
    public void WantChild(WantedChild child, DateTimeOffset now, List<IkeEffect> effects)
    {
        _wantedChildren.Enqueue(child);
        if (IsReady)
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
                GiveUp($"no answer to message {_phase1Messages} of {_mode.ToString().ToLowerInvariant()} mode", effects);
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

        OnNewGroupTime(now, effects);
        OnExchangeTime(now, effects);
    }

    /// <summary>Ends the SA and what is under way below it; IPsec SA pairs stay (RFC 2409 section 5.5).</summary>
    public void Close(string reason, List<IkeEffect> effects)
    {
        foreach (var quick in _quickModes.Values.Where(q => q.State.Expected is not null).ToArray())
        {
            FailQuickMode(quick, reason, effects);
        }

        FailNewGroups(reason, effects);
        var description = Description;
        _state.PendingKeyExchange?.Dispose();
        _state.SecurityOrNull?.Dispose();
        _state = new Phase1State.Closed();
        _pending = null;
        _abandonAt = null;
        _quickModes.Clear();
        CloseExchanges(reason, effects);
        effects.Add(new IkeSaClosed(description, reason));
    }

    private static ExchangeType ExchangeOf(Phase1Mode mode) => mode == Phase1Mode.Main ? ExchangeType.IdentityProtection : ExchangeType.Aggressive;

    private static Phase1State FirstStateOf(Phase1Mode mode) =>
        mode == Phase1Mode.Main ? new MainModeState.ExpectOffer() : new AggressiveState.ExpectOffer();

    private Phase1Context Phase1Context(DateTimeOffset now) =>
        new(Policy, _candidates, IsInitiator, InitiatorCookie, ResponderCookie, _remote.Address, IsFirstContact, _services.Random, _services.Seams, now);

    private void GiveUp(string reason, List<IkeEffect> effects)
    {
        effects.Add(new ExchangeFailed(Description, Exchange, 0, reason));
        Close(reason, effects);
    }

    private void Discard(Rejection rejection, ReadOnlyMemory<byte> datagram, List<IkeEffect> effects) =>
        effects.Add(new DatagramDiscarded(_remote, rejection.Clause, rejection.Reason, datagram));

    private void Trace(IsakmpMessage message, ReadOnlyMemory<byte> datagram, bool isSent, bool isRepeat, List<IkeEffect> effects) =>
        effects.Add(new MessageTraced(Description, isSent, isRepeat, message, datagram));
}
