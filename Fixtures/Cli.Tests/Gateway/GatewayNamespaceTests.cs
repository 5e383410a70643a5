// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using FluentAssertions;
using Ipsec.Fixtures.Rig.Parties;
using NUnit.Framework;

namespace Ipsec.Fixtures.Cli.Tests.Gateway;

/// <summary>Two gateways as real processes, in network namespaces: nothing of the network is simulated.</summary>
[NonParallelizable]
public sealed class GatewayNamespaceTests
{
    private const int MegaByte = 1 << 20;
    private const int Esp = 50;
    private const int Udp = 17;
    private const int Tcp = 6;
    private static readonly IPAddress WestGateway = IPAddress.Parse("198.51.100.1");
    private static readonly IPAddress EastGateway = IPAddress.Parse("198.51.100.2");
    private static readonly IPAddress HostB = IPAddress.Parse("198.19.1.7");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private DirectoryInfo _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        if (NetworkNamespace.Obstacle is { } obstacle)
        {
            Assert.Ignore(obstacle);
        }

        _folder = Directory.CreateTempSubdirectory("conf-");
    }

    [TearDown]
    public void RemoveFolder() => _folder?.Delete(recursive: true);

    [Test]
    public void TunnelModeCarriesTheTrafficOfTwoHostsThroughARekey()
    {
        using var parties = new PartyNetwork();
        using var capture = parties.East.Capture(PartyNetwork.MiddleLink);
        using var west = Start(parties.West, "west", "east", "        local: 198.18.1.0/24\n        remote: 198.19.1.0/24\n", "3s", "trap");
        using var east = Start(parties.East, "east", "west", "        local: 198.19.1.0/24\n        remote: 198.18.1.0/24\n", "3s", "none");
        west.WaitUntilUp();
        east.WaitUntilUp();

        Ping(parties.A, HostB).Should().Be(IPStatus.Success, "the first packet starts the tunnel and is sent through it\n{0}", west.Log);
        var first = west.InboundSpis();
        Transfer(parties.A, parties.B, HostB, 10 * MegaByte).Should().Be(10 * MegaByte);
        Transfer(parties.A, parties.B, HostB, 10 * MegaByte, back: true).Should().Be(10 * MegaByte);

        var watch = Stopwatch.StartNew();
        while (west.InboundSpis().All(first.Contains) && watch.Elapsed < Patience)
        {
            Transfer(parties.A, parties.B, HostB, MegaByte).Should().Be(MegaByte);
        }

        west.InboundSpis().Should().NotBeSubsetOf(first, "the SAs live three seconds");
        Transfer(parties.A, parties.B, HostB, MegaByte).Should().Be(MegaByte);
        west.Status().GetProperty("inbound").TryGetProperty("Replayed", out _).Should().BeFalse();
        BetweenGateways(capture).Should().OnlyContain(packet => packet.Protocol == Esp || (packet.Protocol == Udp && packet.Port == 500)).And.Contain(packet => packet.Protocol == Esp);

        west.Call("--stop").Status.Should().Be(0);
        west.WaitForEnd().Should().Be(0);
        SpinWait.SpinUntil(() => east.InboundSpis().Length == 0, Patience).Should().BeTrue("a gateway that stops deletes its SAs");
        east.EndPolitely().Should().Be(0);
        west.Call("--status").Status.Should().Be(3, "nobody answers any more");
    }

    [Test]
    public void TransportModeProtectsWhatTwoHostsSayToEachOther()
    {
        using var parties = new PartyNetwork();
        using var capture = parties.East.Capture(PartyNetwork.MiddleLink);
        using var west = Start(parties.West, "west", "east", "        mode: transport\n", "1h", "trap");
        using var east = Start(parties.East, "east", "west", "        mode: transport\n", "1h", "trap");
        west.WaitUntilUp();
        east.WaitUntilUp();

        Ping(parties.West, EastGateway).Should().Be(IPStatus.Success, "{0}", west.Log);
        Transfer(parties.West, parties.East, EastGateway, 4 * MegaByte).Should().Be(4 * MegaByte);
        Transfer(parties.West, parties.East, EastGateway, 4 * MegaByte, back: true).Should().Be(4 * MegaByte);

        var sa = west.Status().GetProperty("child_sas")[0];
        sa.GetProperty("mode").GetString().Should().Be("Transport");
        sa.GetProperty("bytes_out").GetInt64().Should().BeGreaterThan(4 * MegaByte);
        BetweenGateways(capture).Should().NotContain(packet => packet.Protocol == Tcp, "TCP crosses the network only inside of ESP");
        east.EndPolitely().Should().Be(0);
        SpinWait.SpinUntil(() => west.InboundSpis().Length == 0, Patience).Should().BeTrue();
        west.EndPolitely().Should().Be(0);
    }

    [Test]
    public void AGatewayThatRunsAlreadyIsNotStartedTwice()
    {
        using var network = new NetworkNamespace(PartyNames.Next("one"));
        network.Run("address", "add", "198.51.100.1/32", "dev", "lo");
        using var west = Start(network, "west", "east", "        mode: transport\n", "1h", "none");
        west.WaitUntilUp();
        using var second = new GatewayProcess(network, Path.Combine(_folder.FullName, "west.yaml"));

        second.WaitForEnd().Should().Be(3);

        second.Log.Should().Contain("a gateway is running already");
        west.Status().GetProperty("name").GetString().Should().Be("west");
        west.EndPolitely().Should().Be(0);
    }

    private GatewayProcess Start(NetworkNamespace network, string name, string peer, string child, string lifetime, string start)
    {
        var (local, remote) = name == "west" ? (WestGateway, EastGateway) : (EastGateway, WestGateway);
        var config = Path.Combine(_folder.FullName, $"{name}.yaml");
        File.WriteAllText(
            config,
            $"""
            name: {name}
            control: {_folder.FullName}/{name}.sock
            connections:
              - name: {peer}
                local: {local}
                remote: {remote}
                psk: throw-away
                proposals: AES-CBC-128 / HMAC-SHA2-256 / ECP-256
                children:
                  - name: net
            {child}        suites: ESP AES-GCM-16-128
                    lifetime: {lifetime}
                    start: {start}
            """.ReplaceLineEndings("\n"));
        return new GatewayProcess(network, config);
    }

    private static IPStatus Ping(NetworkNamespace from, IPAddress to) => from.Do(() =>
    {
        using var ping = new Ping();
        return ping.Send(to, (int)Patience.TotalMilliseconds).Status;
    });

    /// <summary>Opens a connection and moves bytes; how many arrived unchanged.</summary>
    private static long Transfer(NetworkNamespace client, NetworkNamespace server, IPAddress address, int count, bool back = false)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        using var listener = server.Do(() =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
            socket.Listen();
            return socket;
        });
        using var connecting = client.Do(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        connecting.Connect(listener.LocalEndPoint!);
        using var accepted = listener.Accept();
        var (sender, receiver) = back ? (accepted, connecting) : (connecting, accepted);
        receiver.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        var sending = Task.Run(() =>
        {
            sender.Send(bytes);
            sender.Shutdown(SocketShutdown.Send);
        });
        var received = new byte[count];
        var length = 0;
        for (int part; length < count && (part = receiver.Receive(received.AsSpan(length))) > 0;)
        {
            length += part;
        }

        sending.Wait();
        return received.AsSpan(0, length).CommonPrefixLength(bytes);
    }

    /// <summary>What the IPv4 packets between the gateways were, as the network of east saw them; UDP with its destination port.</summary>
    private static HashSet<(int Protocol, int Port)> BetweenGateways(LinkCapture capture)
    {
        const int Ipv4 = 0x45;
        var seen = new HashSet<(int, int)>();
        foreach (var memory in capture.Packets)
        {
            var packet = memory.Span;
            if (packet.Length < 24 || packet[0] != Ipv4)
            {
                continue;
            }

            var (source, destination) = (new IPAddress(packet[12..16]), new IPAddress(packet[16..20]));
            if ((source.Equals(WestGateway) && destination.Equals(EastGateway)) || (source.Equals(EastGateway) && destination.Equals(WestGateway)))
            {
                var protocol = packet[9];
                seen.Add((protocol, protocol == Udp ? (packet[22] << 8) | packet[23] : 0));
            }
        }

        return seen;
    }
}
