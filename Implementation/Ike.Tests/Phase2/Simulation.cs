// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1;

namespace Ipsec.Ike.Tests;

/// <summary>
/// Two endpoints, and between them a network of which the test says how long each datagram takes, or that it is lost; under
/// a clock that only events move. While they run, both sides send packets on the SA pair that a data plane would use.
/// </summary>
internal sealed class Simulation
{
    private readonly PriorityQueue<Action, (DateTimeOffset Due, long Order)> _events = new();
    private long _order;

    public Simulation(PolicyPair policies, ulong seed = 1, IOutboundSeams? seams = null)
    {
        West = new("west", new IkeV1Endpoint(new SeededRandomSource(seed), seams));
        East = new("east", new IkeV1Endpoint(new SeededRandomSource(seed + 1000), seams));
        West.Endpoint.Add(policies.West).Should().BeEmpty();
        East.Endpoint.Add(policies.East).Should().BeEmpty();
    }

    public End West { get; }

    public End East { get; }

    public DateTimeOffset Now { get; private set; } = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How long the datagram with this number (from 1) takes; each entry is a copy of it, none is a loss.</summary>
    public Func<int, TimeSpan[]> Arrivals { get; set; } = _ => [TimeSpan.FromMilliseconds(10)];

    /// <summary>How long a protected packet takes.</summary>
    public TimeSpan PacketTime { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Datagrams sent so far.</summary>
    public List<(string From, byte[] Bytes)> Wire { get; } = [];

    /// <summary>Packets that came on an SA that their receiver did not have.</summary>
    public List<string> Lost { get; } = [];

    public int PacketsReceived { get; private set; }

    public void Do(End end, IkeInput input) => Take(end, end.Endpoint.Handle(input, Now));

    /// <summary>Runs all events up to a time from now.</summary>
    public void Run(TimeSpan time)
    {
        var until = Now + time;
        while (_events.TryPeek(out _, out var next) && next.Due <= until)
        {
            Now = next.Due > Now ? next.Due : Now;
            _events.Dequeue()();
        }

        Now = until;
    }

    /// <summary>From now on, for a time, both sides send a packet every interval.</summary>
    public void SendPackets(TimeSpan interval, TimeSpan time)
    {
        for (var at = TimeSpan.Zero; at < time; at += interval)
        {
            Post(Now + at, () =>
            {
                SendPacket(West, East);
                SendPacket(East, West);
            });
        }
    }

    public void Mirrored(int count)
    {
        West.Endpoint.ChildSas.Should().HaveCount(count);
        West.Endpoint.ChildSas.Select(p => (p.Protocol, p.InboundSpi, p.OutboundSpi, Convert.ToHexString(p.InboundKeyMaterial.Span)))
            .Should().BeEquivalentTo(East.Endpoint.ChildSas.Select(p => (p.Protocol, p.OutboundSpi, p.InboundSpi, Convert.ToHexString(p.OutboundKeyMaterial.Span))));
    }

    private void Post(DateTimeOffset due, Action action) => _events.Enqueue(action, (due, _order++));

    private void SendPacket(End from, End to)
    {
        if (from.Sending is not [.., var pair])
        {
            return;
        }

        Post(Now + PacketTime, () =>
        {
            if (to.Receiving.Contains(pair.OutboundSpi))
            {
                PacketsReceived++;
            }
            else
            {
                Lost.Add($"{Now:HH:mm:ss.fff} a packet of {from.Name} on 0x{pair.OutboundSpi:x8}");
            }
        });
    }

    private void Take(End end, IkeOutcome outcome)
    {
        foreach (var effect in outcome.Effects)
        {
            end.Apply(effect);
            if (effect is SendDatagram datagram)
            {
                Wire.Add((end.Name, datagram.Bytes.ToArray()));
                foreach (var time in Arrivals(Wire.Count))
                {
                    var to = end == West ? East : West;
                    Post(Now + time, () => Do(to, new DatagramReceived(datagram.Remote, datagram.Local, datagram.Bytes)));
                }
            }
        }

        if (outcome.NextDeadline is { } due && due != end.Deadline)
        {
            Post(due > Now ? due : Now, () =>
            {
                if (end.Deadline == due)
                {
                    end.Deadline = null;
                    Do(end, new TimePassed());
                }
            });
        }

        end.Deadline = outcome.NextDeadline;
    }

    internal sealed class End(string name, IkeV1Endpoint endpoint)
    {
        public string Name { get; } = name;

        public IkeV1Endpoint Endpoint { get; } = endpoint;

        public List<IkeEffect> Effects { get; } = [];

        public DateTimeOffset? Deadline { get; set; }

        /// <summary>Pairs to send on; the last one is used.</summary>
        public List<ChildSaPair> Sending { get; } = [];

        /// <summary>SPIs on which packets are taken.</summary>
        public HashSet<uint> Receiving { get; } = [];

        public IEnumerable<T> Saw<T>()
            where T : IkeEffect => Effects.OfType<T>();

        public void Apply(IkeEffect effect)
        {
            Effects.Add(effect);
            switch (effect)
            {
                case InstallInboundSa inbound:
                    Receiving.Add(inbound.Pair.InboundSpi).Should().BeTrue("an SA is installed once");
                    break;
                case InstallChildSa install:
                    Receiving.Add(install.Pair.InboundSpi);
                    Sending.Add(install.Pair);
                    break;
                case PreferChildSa prefer:
                    Sending.Remove(prefer.Pair).Should().BeTrue("only what is installed can be preferred");
                    Sending.Add(prefer.Pair);
                    break;
                case RemoveChildSa remove:
                    Receiving.Remove(remove.Pair.InboundSpi).Should().BeTrue("an SA is removed once");
                    Sending.Remove(remove.Pair);
                    break;
            }
        }
    }
}
