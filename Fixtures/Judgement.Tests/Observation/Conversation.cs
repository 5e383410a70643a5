// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Esp;
using Ipsec.Faults;
using Ipsec.Gateway;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Sa;
using Ipsec.Transports.InMemory;
using Ipsec.Wire.Ip;
using Ipsec.Wire.V1;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Observation;

/// <summary>
/// Two of our gateways on a network in memory, and the frames between them. The observer gets the frames and the keys alone.
/// Phase 1 is AES-CBC-128, HMAC-SHA2-256 and ECP-256; the children are "net" and "other".
/// </summary>
internal sealed class Conversation : IGatewayObserver, IDisposable
{
    public static readonly IPAddress West = IPAddress.Parse("198.51.100.10");
    public static readonly IPAddress East = IPAddress.Parse("198.51.100.2");
    public static readonly IPAddress WestHost = IPAddress.Parse("198.18.0.5");
    public static readonly IPAddress EastHost = IPAddress.Parse("198.19.0.7");

    private const string Name = "tunnel";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly VirtualEventLoop _loop = new();
    private readonly SecurityGateway _west;
    private readonly SecurityGateway _east;
    private readonly List<IkeEffect> _effects = [];
    private readonly bool _isTransport;
    private ushort _echoes;
    private int _delivered;

    public Conversation(string esp = "AES-GCM-16-128", string? integrity = null, string? pfs = null, FlowFault? fault = null)
        : this(new Phase2Suite(EncryptionAlgorithm.Named(esp), integrity is null ? null : IntegrityAlgorithm.Named(integrity)), pfs, fault)
    {
    }

    public Conversation(Phase2Suite suite, string? pfs = null, FlowFault? fault = null, SaMode mode = SaMode.Tunnel)
    {
        _isTransport = mode == SaMode.Transport;
        var network = new VirtualNetwork(_loop, new SeededRandomSource(1));
        network.Tap += (time, frame) => Frames.Add(new RawFrame(time, frame.ToArray(), $"step of frame {Frames.Count + 1}"));
        _west = Gateway(network, "west", West, 2);
        _east = Gateway(network, "east", East, 3);
        _west.Observe(this);
        if (fault is not null)
        {
            _west.Flow.Add(fault);
        }

        var group = pfs is null ? null : KeyExchangeMethod.Named(pfs);
        Assert.That(_west.Add(Policy(West, East, "west", "east", "198.18", "198.19", suite, group, mode)), Is.Empty);
        Assert.That(_east.Add(Policy(East, West, "east", "west", "198.19", "198.18", suite, group, mode)), Is.Empty);
    }

    public List<RawFrame> Frames { get; } = [];

    /// <summary>What west knows by now: the keys that evidence is written with.</summary>
    public WireKeys Keys => WireKeys.None with
    {
        Ike = WireKeys.None.Ike.AddRange(_effects.OfType<IkeSaKeyed>()
            .Select(keyed => KeyValuePair.Create(keyed.Sa.InitiatorCookie, keyed.EncryptionKey))
            .DistinctBy(pair => pair.Key)),
        Esp = [.. _effects.OfType<InstallChildSa>().SelectMany(install => Both(install.Pair)).OfType<EspSaParameters>()],
        Ah = [.. _effects.OfType<InstallChildSa>().SelectMany(install => Both(install.Pair)).OfType<AhSaParameters>()],
    };

    /// <summary>Reads frames as the first witness does.</summary>
    public static IReadOnlyList<ObservedFrame> Observe(IEnumerable<RawFrame> frames, WireKeys keys) => new WireObserver(West, East).Observe(frames, keys);

    /// <summary>A conversation that is over: main mode, quick mode, echoes of west and, when asked for, a Delete.</summary>
    public static IReadOnlyList<ObservedFrame> Recorded(
        string esp = "AES-GCM-16-128", string? integrity = null, string? pfs = null, int echoes = 2, bool delete = false)
    {
        using var conversation = new Conversation(esp, integrity, pfs);
        return Recorded(conversation, echoes, delete);
    }

    /// <summary>The same with any suite, in either mode.</summary>
    public static IReadOnlyList<ObservedFrame> Recorded(Phase2Suite suite, SaMode mode, int echoes = 2)
    {
        using var conversation = new Conversation(suite, mode: mode);
        return Recorded(conversation, echoes, delete: false);
    }

    private static IReadOnlyList<ObservedFrame> Recorded(Conversation conversation, int echoes, bool delete)
    {
        conversation.QuickModes("net");
        conversation.Ping(echoes);
        if (delete)
        {
            conversation.Delete();
        }

        return conversation.Observe();
    }

    public IReadOnlyList<ObservedFrame> Observe() => Observe(Frames, Keys);

    /// <summary>West starts phase 1, if there is none, and all these quick modes at the same time.</summary>
    public void QuickModes(params string[] children)
    {
        _west.Command(new InitiateIkeSa(Name));
        Await(() => _west.IkeSas.Count == 1 && _east.IkeSas.Count == 1);
        var wanted = _west.ChildSas.Count + children.Length;
        Array.ForEach(children, child => _west.Command(new InitiateChildSa(Name, child)));
        Await(() => _west.ChildSas.Count == wanted && _east.ChildSas.Count == wanted);
    }

    public void Ping(int count)
    {
        var wanted = _delivered + count;
        for (var i = 0; i < count; i++)
        {
            _echoes++;
            var (source, destination) = _isTransport ? (West, East) : (WestHost, EastHost);
            var request = EchoNetwork.Request(Ipv4Header.ToNumber(source), Ipv4Header.ToNumber(destination), 7, _echoes, "conformance echo"u8);
            Assert.That(_west.SendInner(request), Is.True);
        }

        Await(() => _delivered == wanted);
    }

    /// <summary>West offers a group of its own in new group mode (RFC 2409 section 5.6).</summary>
    public void NewGroup(PrivateGroup group)
    {
        _west.Command(new InitiateNewGroup(Name, [group]));
        Await(() => _effects.OfType<GroupNegotiated>().Any());
    }

    public void Delete()
    {
        _west.Command(new DeleteChildSa(_west.ChildSas[0].InboundSpi));
        Await(() => _east.ChildSas.Count == 0);
    }

    /// <summary>An IKE datagram of west or east in a frame, as it would have been captured.</summary>
    public static RawFrame Ike(bool fromWest, ReadOnlySpan<byte> datagram, ushort port = 500)
    {
        var (source, destination) = fromWest ? (West, East) : (East, West);
        var udp = new byte[UdpHeader.Size + datagram.Length];
        datagram.CopyTo(udp.AsSpan(UdpHeader.Size));
        UdpHeader.Write(udp, port, port, source, destination);
        return Frame(source, destination, IpProtocol.Udp, udp);
    }

    public static RawFrame Frame(IPAddress source, IPAddress destination, IpProtocol protocol, ReadOnlySpan<byte> body)
    {
        var frame = new byte[EthernetHeader.Size + Ipv4Header.MinSize + body.Length];
        new EthernetHeader(new MacAddress(1), new MacAddress(2), EtherType.Ipv4).Write(frame);
        Ipv4Header.For(source, destination, protocol, body.Length).Write(frame.AsSpan(EthernetHeader.Size));
        body.CopyTo(frame.AsSpan(EthernetHeader.Size + Ipv4Header.MinSize));
        return new RawFrame(DateTimeOffset.UnixEpoch, frame, null);
    }

    public void OnIke(IkeEffect effect) => _effects.Add(effect);

    public void OnEspReceived(EspOutcome outcome, ReadOnlyMemory<byte> packet) => Assert.That(outcome, Is.EqualTo(EspOutcome.Ok));

    public void OnDelivered(ReadOnlyMemory<byte> innerPacket) => _delivered++;

    public void Dispose()
    {
        _west.Dispose();
        _east.Dispose();
        _loop.Dispose();
    }

    /// <summary>Waits, and then until the wire is quiet: the last message of an exchange may still be under way.</summary>
    private void Await(Func<bool> condition)
    {
        Assert.That(_loop.WaitUntil(condition, Patience), Is.True, "the gateways do not come to terms");
        _loop.WaitUntil(() => false, TimeSpan.FromMilliseconds(20));
    }

    private SecurityGateway Gateway(VirtualNetwork network, string name, IPAddress address, ulong seed)
    {
        var gateway = new SecurityGateway(name, _loop, new SeededRandomSource(seed), new EchoNetwork());
        var host = network.Attach(address);
        host.Receiver = gateway;
        gateway.Attach(host);
        return gateway;
    }

    private static ConnectionPolicy Policy(
        IPAddress local, IPAddress remote, string id, string peer, string ours, string theirs, Phase2Suite suite, KeyExchangeMethod? pfs, SaMode mode) => new()
        {
            Name = Name,
            Local = new(local, 500),
            Remote = new(remote, 500),
            LocalIdentity = IdentificationPayload.Fqdn($"{id}.conformance.example"),
            RemoteIdentity = IdentificationPayload.Fqdn($"{peer}.conformance.example"),
            PreSharedKey = "a shared secret of two gateways"u8.ToArray(),
            NewGroups = new() { FewestBits = 768 },
            Phase1 = [new(EncryptionAlgorithm.Named("AES-CBC-128"), PrfAlgorithm.Named("HMAC-SHA2-256"), KeyExchangeMethod.Named("ECP-256"), 28800)],
            Children = [.. new[] { "net", "other" }.Select((child, i) => new ChildPolicy
            {
                Name = child,
                LocalSelector = mode == SaMode.Transport ? IdentificationPayload.Ipv4Address(local) : IdentificationPayload.Ipv4Subnet(IPAddress.Parse($"{ours}.{i}.0"), 24),
                RemoteSelector = mode == SaMode.Transport ? IdentificationPayload.Ipv4Address(remote) : IdentificationPayload.Ipv4Subnet(IPAddress.Parse($"{theirs}.{i}.0"), 24),
                Mode = mode == SaMode.Transport ? EncapsulationMode.Transport : EncapsulationMode.Tunnel,
                Suites = [suite],
                Pfs = pfs,
            })],
        };

    private static IEnumerable<SaParameters> Both(ChildSaPair pair)
    {
        var (inbound, outbound) = ChildSaParameters.Of(pair);
        return [inbound, outbound];
    }
}
