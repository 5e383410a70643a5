// SPDX-License-Identifier: Apache-2.0

using System.Net;
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
    // A safe prime of 512 bits, made for this: to find out whether a larger number is one takes long.
    private static readonly PrivateGroup Group = new(0x8001, Convert.FromHexString(
        "C1BBBBCCE0C3EAE00BD9178FFAADD2AC3A13835B5B4F30E9C472758F55DED69E147E2DFB64B3444CC870134A8D793F54C25067959F715A6BFDDDC50284E6340B"), new byte[] { 2 });

    private static readonly PrivateGroup OtherGroup = Group with { Number = 0x8002 };
    private static readonly RequestConfiguration Request = new("tunnel", [ConfigurationAttribute.InternalIp4Dns]);
    private static readonly ModeConfigPolicy Puller = new() { Role = ModeConfigRole.PullingClient };
    private static readonly ModeConfigPolicy Server = new() { Role = ModeConfigRole.AnsweringServer, Pools = [new(IPAddress.Parse("198.18.77.1"), IPAddress.Parse("198.18.77.3"))] };

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
        policies = policies with { West = PolicyFor(policies.West, isWest: true), East = PolicyFor(policies.East, isWest: false) };
        _ladder = new Ladder(policies, seams: _seams);
        (Bent, Judged) = isSentByInitiator ? (_ladder.West, _ladder.East) : (_ladder.East, _ladder.West);
        if (item.Exchange is ExchangeType.QuickMode or ExchangeType.Informational or ExchangeType.NewGroupMode || IsRequest)
        {
            _ladder.Connect(_ladder.West, item.Exchange == ExchangeType.Informational ? "net" : null);
        }

        if (item.Exchange == ExchangeType.Informational)
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
            .Where(answer => _case.Exchange is not (ExchangeType.Aggressive or ExchangeType.Transaction) || Header(answer).ExchangeType != ExchangeType.QuickMode),
    ];

    public int BentBytes => _ladder.Wire[_bentAt].Bytes.Length;

    /// <summary>Whether the judged side went on with the exchange.</summary>
    public bool WentOn => _case.Exchange switch
    {
        ExchangeType.Informational => Judged.Endpoint.ChildSas.All(pair => pair.Child != "net"),
        _ when _case.EndsExchange || _case.Message is { Exchange: ExchangeType.QuickMode, Message: 3 } => MadeSa,
        _ => Answers.Any(IsNextMessage),
    };

    /// <summary>Whether the judged side holds what the exchange is about: an SA, an address, a group.</summary>
    public bool MadeSa => _case.Exchange switch
    {
        ExchangeType.NewGroupMode => Groups(Judged).Contains(Group.Number),
        ExchangeType.Transaction when IsRequest => false,
        ExchangeType.Transaction => Judged.Saw<ConfigurationAssigned>().Any(assigned => assigned.Sa.InitiatorCookie == ExchangeHeader.InitiatorCookie),
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
        switch (_case.Exchange)
        {
            case ExchangeType.NewGroupMode:
                _ladder.Do(_ladder.West, new InitiateNewGroup("tunnel", [OtherGroup]));
                return Groups(_ladder.West).Contains(OtherGroup.Number) && Groups(_ladder.East).Contains(OtherGroup.Number);
            case ExchangeType.Transaction when IsRequest:
                var answered = Bent.Saw<ConfigurationAssigned>().Count();
                _ladder.Do(Bent, Request);
                return Bent.Saw<ConfigurationAssigned>().Count() == answered + 1;
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

    private bool IsRequest => _case.Message is { Exchange: ExchangeType.Transaction, Message: 1 };

    private static IEnumerable<ushort> Groups(Ladder.Side side) => side.Saw<GroupNegotiated>().Select(negotiated => negotiated.Group.Id);

    private ConnectionPolicy PolicyFor(ConnectionPolicy policy, bool isWest) => _case.Exchange switch
    {
        ExchangeType.Aggressive => policy with { Mode = Phase1Mode.Aggressive, AcceptedModes = [Phase1Mode.Aggressive] },
        ExchangeType.NewGroupMode => policy with { NewGroups = new() { FewestBits = 512 } },
        ExchangeType.Transaction when !IsRequest => policy with { ModeConfig = isWest ? Puller : Server },
        ExchangeType.QuickMode when _case.Message.IsConnected && isWest => policy with { Children = [.. policy.Children.Select(child => child with { SetCommitBit = true })] },
        _ => policy,
    };

    private void Start()
    {
        // Only now: what came before was to be honest.
        foreach (var fault in _case.Faults)
        {
            _seams.Add(fault);
        }

        _effectsBefore = Judged.Effects.Count;
        switch (_case.Exchange)
        {
            case ExchangeType.Informational:
                _ladder.Do(Bent, new DeleteChildSa(Bent.Endpoint.ChildSas.Single(pair => pair.Child == "net").InboundSpi));
                break;
            case ExchangeType.NewGroupMode:
                _ladder.Do(_ladder.West, new InitiateNewGroup("tunnel", [Group]));
                break;
            case ExchangeType.Transaction when IsRequest:
                _ladder.Do(Bent, Request);
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
