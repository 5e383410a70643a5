// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1.Policy;
using Ipsec.Transports.InMemory;
using Ipsec.Wire.Ip;

namespace Ipsec.Gateway.Tests.Paths;

/// <summary>Two gateways with data planes of the test's choice, and all that the hosts behind them and the network saw.</summary>
internal sealed class PathPair : IDisposable
{
    public static readonly IPEndPoint WestEnd = new(IPAddress.Parse("198.51.100.1"), 500);
    public static readonly IPEndPoint EastEnd = new(IPAddress.Parse("198.51.100.2"), 500);

    public PathPair(DataPlaneOptions? options = null, TrapLimits? traps = null)
    {
        Network = new(Loop, new SeededRandomSource(1));
        Network.Tap += (_, frame) => Wire.Add(frame[EthernetHeader.Size..].ToArray());
        West = Gateway("west", WestEnd, 2, WestHosts, options, traps);
        East = Gateway("east", EastEnd, 3, EastHosts, options, traps);
    }

    public VirtualEventLoop Loop { get; } = new();

    public VirtualNetwork Network { get; }

    public SecurityGateway West { get; }

    public SecurityGateway East { get; }

    public RecordingObserver SeenByWest { get; } = new();

    public RecordingObserver SeenByEast { get; } = new();

    public Hosts WestHosts { get; } = new();

    public Hosts EastHosts { get; } = new();

    public List<byte[]> Wire { get; } = [];

    /// <summary>ESP packets, and fragments of some, that crossed the network.</summary>
    public IEnumerable<IpPacketHead> EspOnTheWire => Wire
        .Select(packet => IpPacketHead.TryRead(packet, out var head, out _) ? head : default)
        .Where(head => head.Protocol == IpProtocol.Esp);

    /// <summary>The connection of <see cref="TunnelPolicy"/>, changed on both sides.</summary>
    public PathPair Add(Func<ConnectionPolicy, ConnectionPolicy>? change = null)
    {
        West.Add((change ?? (same => same))(TunnelPolicy.West(WestEnd, EastEnd))).Should().BeEmpty();
        East.Add((change ?? (same => same))(TunnelPolicy.East(WestEnd, EastEnd))).Should().BeEmpty();
        return this;
    }

    public PathPair Connect()
    {
        West.Command(new InitiateChildSa("tunnel", "net"));
        Loop.WaitUntil(() => West.ChildSas.Count == 1 && East.ChildSas.Count == 1, TimeSpan.FromSeconds(30)).Should().BeTrue();
        Run();
        Wire.Clear();
        return this;
    }

    public void Run(double seconds = 0.1) => Loop.WaitUntil(() => false, TimeSpan.FromSeconds(seconds));

    /// <summary>An echo request from a host behind west to one behind east.</summary>
    public static byte[] Request(int size, bool dontFragment = false, ushort sequence = 1)
    {
        var packet = EchoNetwork.Request(TunnelPolicy.WestHost, TunnelPolicy.EastHost, 7, sequence, new byte[size]);
        packet[6] = (byte)(dontFragment ? 0x40 : 0);
        IpPacketHead.WriteIpv4Checksum(packet);
        return packet;
    }

    public void Dispose()
    {
        West.Dispose();
        East.Dispose();
        Loop.Dispose();
    }

    private SecurityGateway Gateway(string name, IPEndPoint end, ulong seed, Hosts hosts, DataPlaneOptions? options, TrapLimits? traps)
    {
        var gateway = new SecurityGateway(name, Loop, new SeededRandomSource(seed), hosts, options: options) { TrapLimits = traps ?? TrapLimits.Default };
        var host = Network.Attach(end.Address);
        host.Receiver = gateway;
        gateway.Attach(host);
        gateway.Observe(name == "west" ? SeenByWest : SeenByEast);
        return gateway;
    }

    /// <summary>Hosts that answer echo requests, and remember what came.</summary>
    internal sealed class Hosts : IInnerNetwork
    {
        private readonly EchoNetwork _echo = new();

        public List<byte[]> Received { get; } = [];

        public void Deliver(ReadOnlySpan<byte> packet, Action<ReadOnlyMemory<byte>> reply)
        {
            Received.Add(packet.ToArray());
            _echo.Deliver(packet, reply);
        }
    }
}
