// SPDX-License-Identifier: Apache-2.0

using Ipsec.Faults;
using Ipsec.Faults.Received;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests.Faults;

/// <summary>One case of the matrix played between two endpoints: one sends the bent message, the other is judged.</summary>
internal sealed class ReceivedPlay
{

    private readonly FaultSeams _seams = new();
    private readonly ReceivedCase _case;
    private readonly Ladder _ladder;
    private readonly int _bentAt;
    private int _end;
    private int _effectsBefore;

    public ReceivedPlay(ReceivedCase item)
    {
        _case = item;
        var isSentByInitiator = !item.Message.ByInitiator;
        var policies = new PolicyPair();
        if (item.Message.Exchange == ExchangeType.Aggressive)
        {
            policies = policies with { West = InAggressiveMode(policies.West), East = InAggressiveMode(policies.East) };
        }

        _ladder = new Ladder(policies, seams: _seams);
        (Bent, Judged) = isSentByInitiator ? (_ladder.West, _ladder.East) : (_ladder.East, _ladder.West);
        if (item.Message.Exchange is ExchangeType.QuickMode or ExchangeType.Informational)
        {
            _ladder.Connect(_ladder.West, item.Message.Exchange == ExchangeType.QuickMode ? null : "net");
        }

        if (item.Message.Exchange == ExchangeType.Informational)
        {
            _ladder.Connect(_ladder.West, "other");
        }

        Start();
        _bentAt = _ladder.Wire.FindIndex(sent => _seams.Sent.Count > 0 && sent.Bytes.AsSpan().SequenceEqual(_seams.Sent[0].Datagram.Span));
    }

    public Ladder.Side Bent { get; }

    public Ladder.Side Judged { get; }

    /// <summary>Whether every fault of the case was applied, and the message left.</summary>
    public bool WasBent => _bentAt >= 0
        && _case.Faults.All(fault => _seams.Applied(fault.Id) == 1)
        && !_seams.Sent[0].Datagram.IsEmpty;

    /// <summary>What the judged side sent because of the message.</summary>
    public IReadOnlyList<byte[]> Answers => [.. _ladder.Wire.Take(_end).Skip(_bentAt + 1).Where(sent => sent.From == Judged.Name).Select(sent => sent.Bytes)];

    /// <summary>What it answered the message itself with, before anything else reached it. Quick mode that follows phase 1 at once is no answer.</summary>
    public IReadOnlyList<byte[]> DirectAnswers =>
    [
        .. _ladder.Wire.Skip(_bentAt + 1).TakeWhile(sent => sent.From == Judged.Name).Select(sent => sent.Bytes)
            .Where(answer => _case.Message.Exchange != ExchangeType.Aggressive || Header(answer).ExchangeType != ExchangeType.QuickMode),
    ];

    public int BentBytes => _ladder.Wire[_bentAt].Bytes.Length;

    /// <summary>Whether the judged side went on with the exchange.</summary>
    public bool WentOn => _case.Message switch
    {
        { Exchange: ExchangeType.Informational } => Judged.Endpoint.ChildSas.All(pair => pair.Child != "net"),
        { Exchange: ExchangeType.QuickMode or ExchangeType.Aggressive, Message: 3 } => MadeSa,
        _ => Answers.Any(IsNextMessage),
    };

    /// <summary>Whether the judged side holds an SA of the exchange.</summary>
    public bool MadeSa => _case.Message.Exchange switch
    {
        ExchangeType.QuickMode => Judged.Endpoint.ChildSas.Any(pair => pair.MessageId == ExchangeHeader.MessageId),
        ExchangeType.Informational => false,
        _ => Judged.Endpoint.EstablishedSas.Any(sa =>
            sa.InitiatorCookie == ExchangeHeader.InitiatorCookie && (ExchangeHeader.ResponderCookie.IsZero || sa.ResponderCookie == ExchangeHeader.ResponderCookie)),
    };

    /// <summary>The errors that the judged side notified.</summary>
    public IReadOnlyList<NotifyType> Errors =>
    [
        .. Judged.Effects.Skip(_effectsBefore).OfType<MessageTraced>()
            .Where(traced => traced is { IsSent: true, Message.Header.ExchangeType: ExchangeType.Informational })
            .SelectMany(traced => traced.Message.All<NotificationPayload>().Select(notification => notification.NotifyType)),
    ];

    /// <summary>The side that had sent the bent message says an honest one, or begins anew.</summary>
    /// <returns>Whether the judged side does its part.</returns>
    public bool HonestAttemptSucceeds()
    {
        switch (_case.Message.Exchange)
        {
            case ExchangeType.Informational:
                _ladder.Do(Bent, new DeleteChildSa(Bent.Endpoint.ChildSas.Single(pair => pair.Child == "other").InboundSpi));
                return Judged.Endpoint.ChildSas.All(pair => pair.Child != "other");
            case ExchangeType.QuickMode:
                var before = Bent.Endpoint.ChildSas.Count;
                _ladder.Do(Bent, new InitiateChildSa("tunnel", "net"));
                return Bent.Endpoint.ChildSas.Count == before + 1 && Judged.Endpoint.ChildSas.Any(pair => pair.MessageId == Bent.Endpoint.ChildSas[^1].MessageId);
            default:
                _ladder.Do(Bent, new InitiateIkeSa("tunnel"));
                return Bent.Endpoint.EstablishedSas.FirstOrDefault(sa => sa.IsInitiator && sa.InitiatorCookie != ExchangeHeader.InitiatorCookie) is { } fresh
                    && Judged.Endpoint.EstablishedSas.Any(sa => sa.InitiatorCookie == fresh.InitiatorCookie);
        }
    }

    /// <summary>Lets all timers run out.</summary>
    public void RunOut() => _ladder.Run(TimeSpan.FromMinutes(5));

    private IsakmpHeader ExchangeHeader => _seams.Sent[0].Header;

    private static ConnectionPolicy InAggressiveMode(ConnectionPolicy policy) =>
        policy with { Mode = Phase1Mode.Aggressive, AcceptedModes = [Phase1Mode.Aggressive] };

    private void Start()
    {
        // Only now: what came before was to be honest.
        foreach (var fault in _case.Faults)
        {
            _seams.Add(fault);
        }

        _effectsBefore = Judged.Effects.Count;
        switch (_case.Message.Exchange)
        {
            case ExchangeType.Informational:
                _ladder.Do(Bent, new DeleteChildSa(Bent.Endpoint.ChildSas.Single(pair => pair.Child == "net").InboundSpi));
                break;
            default:
                _ladder.Connect(_ladder.West);
                break;
        }

        _end = _ladder.Wire.Count;
    }

    private bool IsNextMessage(byte[] datagram) =>
        Header(datagram) is { MajorVersion: 1, ExchangeType: not ExchangeType.Informational }
        && !_ladder.Wire.Take(_bentAt).Any(earlier => earlier.Bytes.AsSpan().SequenceEqual(datagram));

    private static IsakmpHeader Header(byte[] datagram) => IsakmpHeader.TryRead(datagram, out var header, out _) ? header : default;
}
