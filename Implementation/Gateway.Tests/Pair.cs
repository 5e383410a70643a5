// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1.Policy;
using Ipsec.Transports.InMemory;
using Ipsec.Wire.Ip;

namespace Ipsec.Gateway.Tests;

/// <summary>Two gateways, west and east, on in-memory networks of the test's making.</summary>
internal sealed class Pair : IDisposable
{
    private readonly Dictionary<SecurityGateway, RecordingObserver> _observers = [];
    private ulong _seed = 10;
    private ushort _sequence;

    public VirtualEventLoop Loop { get; } = new();

    public SecurityGateway West { get; private set; } = null!;

    public SecurityGateway East { get; private set; } = null!;

    public RecordingObserver SeenByWest => _observers[West];

    public RecordingObserver SeenByEast => _observers[East];

    public List<byte[]> Frames { get; } = [];

    /// <summary>Both on one network.</summary>
    public static Pair OnOneNetwork(IPEndPoint west, IPEndPoint east)
    {
        var pair = new Pair();
        var network = pair.Network();
        network.Tap += (_, frame) => pair.Frames.Add(frame.ToArray());
        pair.West = pair.Gateway("west", network, west.Address);
        pair.East = pair.Gateway("east", network, east.Address);
        return pair;
    }

    /// <summary>On networks that the test has connected.</summary>
    public void Place(VirtualNetwork west, IPAddress westAddress, VirtualNetwork east, IPAddress eastAddress)
    {
        West = Gateway("west", west, westAddress);
        East = Gateway("east", east, eastAddress);
    }

    public VirtualNetwork Network() => new(Loop, new SeededRandomSource(_seed++));

    public void Add(ConnectionPolicy west, ConnectionPolicy east)
    {
        West.Add(west).Should().BeEmpty();
        East.Add(east).Should().BeEmpty();
    }

    public void Connect(int pairs = 1)
    {
        West.Command(new InitiateChildSa("tunnel", "net"));
        Loop.WaitUntil(() => West.ChildSas.Count >= pairs && East.ChildSas.Count >= pairs, TimeSpan.FromMinutes(2)).Should().BeTrue(
            "west saw {0}; east saw {1}", Story(SeenByWest), Story(SeenByEast));
        Run(TimeSpan.FromMilliseconds(20));
    }

    /// <summary>Sends an echo request from west; says whether the answer came back within some seconds.</summary>
    public bool Ping(AddressNumber from, AddressNumber to) => Ping(West, from, to);

    /// <summary>Sends an echo request from east; says whether the answer came back within some seconds.</summary>
    public bool PingFromEast(AddressNumber from, AddressNumber to) => Ping(East, from, to);

    public void Run(TimeSpan time) => Loop.WaitUntil(() => false, time);

    public void Dispose()
    {
        West.Dispose();
        East.Dispose();
        Loop.Dispose();
    }

    private bool Ping(SecurityGateway gateway, AddressNumber from, AddressNumber to)
    {
        var before = _observers[gateway].EchoReplies;
        return gateway.SendInner(EchoNetwork.Request(from, to, 7, ++_sequence, "conformance"u8))
            && Loop.WaitUntil(() => _observers[gateway].EchoReplies == before + 1, TimeSpan.FromSeconds(5));
    }

    private static string Story(RecordingObserver observer) => string.Join(", ", observer.Ike.Where(e => e is not MessageTraced).Select(e => e switch
    {
        DatagramDiscarded discarded => $"{discarded.Clause}: {discarded.Reason}",
        ExchangeFailed failed => failed.Reason,
        _ => e.GetType().Name,
    }));

    private SecurityGateway Gateway(string name, VirtualNetwork network, IPAddress address)
    {
        var gateway = new SecurityGateway(name, Loop, new SeededRandomSource(_seed++), new EchoNetwork());
        var host = network.Attach(address);
        host.Receiver = gateway;
        gateway.Attach(host);
        _observers[gateway] = new();
        gateway.Observe(_observers[gateway]);
        return gateway;
    }
}
