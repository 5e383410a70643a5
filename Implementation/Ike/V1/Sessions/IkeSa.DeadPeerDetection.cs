// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.DeadPeerDetection;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Sessions;

/// <content>Dead peer detection: RFC 3706.</content>
internal sealed partial class IkeSa
{
    private ProbeState? _probe;
    private PendingMessage? _pendingProbe;
    private ProbeAnswerer _answerer = ProbeAnswerer.Initial;
    private ReadOnlyMemory<byte> _lastQuestion;
    private SentMessage? _lastProbeAnswer;
    private DateTimeOffset? _probeAnswerUntil;

    /// <summary>Whether the peer was asked in vain; the endpoint then takes down what belongs to it.</summary>
    public bool IsPeerDead { get; private set; }

    /// <summary>Whether this end has sent the vendor ID, and so owes answers (RFC 3706 section 5.2).</summary>
    private bool AnswersProbes => Policy.DeadPeerDetection is not null && (IsInitiator || _announced.PeerAnswersProbes);

    private DateTimeOffset? ProbeDue
    {
        get
        {
            if (!IsEstablished || _probe is null || Policy.DeadPeerDetection is not { } policy || !_announced.PeerAnswersProbes)
            {
                return null;
            }

            return _pendingProbe?.Due ?? Prober.DueAt(_probe, policy);
        }
    }

    /// <summary>The peer has given proof of life: an authenticated message of its own, or IPsec traffic (RFC 3706 section 5.4).</summary>
    public void NoteHeard(DateTimeOffset now)
    {
        if (IsEstablished)
        {
            _probe = _probe is null ? new ProbeState.Listening(null, now, HasSent: false) : Prober.Heard(_probe, now);
            _pendingProbe = null;
        }
    }

    /// <summary>IPsec traffic went to the peer.</summary>
    public void NoteTrafficSent()
    {
        if (_probe is not null)
        {
            _probe = Prober.Sent(_probe);
        }
    }

    private static bool IsProbe(NotificationPayload notification) => notification.NotifyType is NotifyType.RUThere or NotifyType.RUThereAck;

    /// <summary>What is wrong with the probes of a message; nothing else in it is acted on then.</summary>
    private Rejection? CheckProbes(IsakmpMessage message)
    {
        foreach (var notification in message.All<NotificationPayload>().Where(IsProbe))
        {
            if (ProbeNotification.Read(notification, CookiePair(), out var number) is { } malformed)
            {
                return malformed;
            }

            var isQuestion = notification.NotifyType == NotifyType.RUThere;
            var rejection = (isQuestion, AnswersProbes) switch
            {
                (true, false) => new Rejection("RFC 3706 section 5.1", "R-U-THERE although dead peer detection was not agreed on"),
                (true, true) => _answerer.OnQuestion(number, out _),
                _ => Prober.OnAcknowledgement(_probe!, number),
            };
            if (rejection is not null)
            {
                return rejection;
            }
        }

        return null;
    }

    private void ActOnProbe(NotificationPayload notification, ReadOnlyMemory<byte> datagram, DateTimeOffset now, List<IkeEffect> effects)
    {
        NoteHeard(now);
        if (notification.NotifyType == NotifyType.RUThere && ProbeNotification.Read(notification, CookiePair(), out var number) is null)
        {
            _answerer.OnQuestion(number, out _answerer);
            _lastQuestion = datagram;
            _probeAnswerUntil = now + _services.Limits.Patience;
            _lastProbeAnswer = SendInformational(ProbeNotification.Of(NotifyType.RUThereAck, CookiePair(), number), _phase1Iv, effects);
        }
    }

    /// <summary>The last question again, unchanged: its answer was lost. It is never older than the peer's last number.</summary>
    private bool AnswerRepeatedQuestion(ReadOnlyMemory<byte> datagram, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (_lastProbeAnswer is null || _probeAnswerUntil <= now || !_lastQuestion.Span.SequenceEqual(datagram.Span))
        {
            return false;
        }

        SendAgain(_lastProbeAnswer, effects);
        return true;
    }

    private void OnProbeTime(DateTimeOffset now, List<IkeEffect> effects)
    {
        if (ProbeDue is not { } due || due > now)
        {
            return;
        }

        var timers = Policy.DeadPeerDetection!.Retransmission ?? Policy.Retransmission;
        if (_pendingProbe is { } pending)
        {
            _pendingProbe = Repeat(pending, timers, now, effects);
            IsPeerDead = _pendingProbe is null;
            return;
        }

        var asked = Prober.Ask(_probe!, _services.Random);
        _probe = asked;
        var sent = SendInformational(ProbeNotification.Of(NotifyType.RUThere, CookiePair(), asked.Number), _phase1Iv, effects);
        _pendingProbe = new(sent, 1, now + timers.IntervalAfter(1));
    }
}
