// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Ike.Tests;

/// <summary>Two endpoints and the datagrams between them, under a clock that only the test moves.</summary>
internal sealed class Ladder
{
    private readonly Queue<(Side To, SendDatagram Datagram)> _inFlight = new();

    public Ladder(PolicyPair? policies = null, ulong seed = 1, IOutboundSeams? seams = null, IkeV1Limits? limits = null)
    {
        policies ??= new PolicyPair();
        West = new(new IkeV1Endpoint(new SeededRandomSource(seed), seams, limits), "west");
        East = new(new IkeV1Endpoint(new SeededRandomSource(seed + 1000), seams, limits), "east");
        West.Endpoint.Add(policies.West).Should().BeEmpty();
        East.Endpoint.Add(policies.East).Should().BeEmpty();
    }

    public Side West { get; }

    public Side East { get; }

    public DateTimeOffset Now { get; private set; } = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Every datagram that was sent, in order, lost ones included.</summary>
    public List<(string From, byte[] Bytes)> Wire { get; } = [];

    /// <summary>How many copies of the datagram with this number (from 1) arrive; 1 when null.</summary>
    public Func<int, int>? Copies { get; set; }

    /// <summary>What the path does to the addresses of a datagram; null from it loses the datagram.</summary>
    public Func<SendDatagram, SendDatagram?>? Path { get; set; }

    /// <summary>Changes a datagram on its way.</summary>
    public Func<int, byte[], byte[]>? Alter { get; set; }

    public static uint ChildCount(Side side) => (uint)side.Endpoint.ChildSas.Count;

    /// <summary>Main mode and, when a child is named, quick mode, until nothing is in flight.</summary>
    public Ladder Connect(Side by, string? child = "net")
    {
        Do(by, child is null ? new InitiateIkeSa("tunnel") : new InitiateChildSa("tunnel", child));
        return this;
    }

    public void Do(Side side, IkeInput input)
    {
        Take(side, side.Endpoint.Handle(input, Now));
        Deliver();
    }

    /// <summary>Both sides act before either hears of the other.</summary>
    public void DoTogether(params (Side Side, IkeInput Input)[] actions)
    {
        foreach (var (side, input) in actions)
        {
            Take(side, side.Endpoint.Handle(input, Now));
        }

        Deliver();
    }

    /// <summary>Moves the clock from deadline to deadline until nobody waits for anything, or the time is over.</summary>
    public void Run(TimeSpan atMost)
    {
        var end = Now + atMost;
        while (Deadline() is { } due && due <= end)
        {
            Now = due > Now ? due : Now;
            foreach (var side in new[] { West, East })
            {
                if (side.Deadline <= Now)
                {
                    Take(side, side.Endpoint.Handle(new TimePassed(), Now));
                }
            }

            Deliver();
        }

        Now = end;
    }

    /// <summary>Hands a side a datagram, as anyone could who forges a source address, and delivers what comes of it.</summary>
    /// <returns>What the side answered at once.</returns>
    public IReadOnlyList<byte[]> Inject(Side to, byte[] bytes, IPEndPoint? from = null, IPEndPoint? at = null)
    {
        var (local, remote) = to == East ? (PolicyPair.EastEnd, PolicyPair.WestEnd) : (PolicyPair.WestEnd, PolicyPair.EastEnd);
        var before = Wire.Count;
        Take(to, to.Endpoint.Handle(new DatagramReceived(at ?? local, from ?? remote, bytes), Now));
        byte[][] answers = [.. Wire.Skip(before).Select(w => w.Bytes)];
        Deliver();
        return answers;
    }

    public void Wait(TimeSpan time) => Now += time;

    private DateTimeOffset? Deadline() => new[] { West.Deadline, East.Deadline }.Min();

    private void Take(Side side, IkeOutcome outcome)
    {
        side.Deadline = outcome.NextDeadline;
        foreach (var effect in outcome.Effects)
        {
            side.Effects.Add(effect);
            if (effect is SendDatagram datagram)
            {
                Wire.Add((side.Name, datagram.Bytes.ToArray()));
                var number = Wire.Count;
                for (var copy = 0; copy < (Copies?.Invoke(number) ?? 1); copy++)
                {
                    var bytes = Alter?.Invoke(number, datagram.Bytes.ToArray()) ?? datagram.Bytes;
                    if ((Path is null ? datagram : Path(datagram)) is { } arriving)
                    {
                        _inFlight.Enqueue((side == West ? East : West, arriving with { Bytes = bytes }));
                    }
                }
            }
        }
    }

    private void Deliver()
    {
        var budget = 1000;
        while (_inFlight.TryDequeue(out var next))
        {
            budget--.Should().BePositive("a ladder that does not end is a loop between the endpoints");
            var input = new DatagramReceived(next.Datagram.Remote, next.Datagram.Local, next.Datagram.Bytes);
            Take(next.To, next.To.Endpoint.Handle(input, Now));
        }
    }

    internal sealed class Side(IkeV1Endpoint endpoint, string name)
    {
        public IkeV1Endpoint Endpoint { get; } = endpoint;

        public string Name { get; } = name;

        public List<IkeEffect> Effects { get; } = [];

        public DateTimeOffset? Deadline { get; set; }

        public IEnumerable<T> Saw<T>()
            where T : IkeEffect => Effects.OfType<T>();

        public IEnumerable<MessageTraced> Sent(ExchangeType exchange) =>
            Saw<MessageTraced>().Where(t => t.IsSent && t.Message.Header.ExchangeType == exchange);
    }
}
