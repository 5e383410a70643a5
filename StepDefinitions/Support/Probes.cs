// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Wire.Ip;

namespace Ipsec.StepDefinitions.Support;

/// <summary>
/// Echo requests that a scenario has sent to learn what the peer delivers. Whether one was delivered is seen by its answer; that a missing
/// answer does not come later, by the answer to an honest request behind it.
/// </summary>
public sealed class Probes(Scene scene)
{
    /// <summary>The name of the honest request.</summary>
    public const string Honest = "honest";

    private const int EchoAt = Ipv4Header.MinSize;
    private const int SourceAt = 12;
    private const int DestinationAt = 16;
    private const ushort Window = 1024;

    private readonly List<(string Name, ushort Echo, int Length)> _sent = [];
    private readonly List<(string Name, uint Sequence)> _connections = [];
    private ushort? _honest;
    private uint _sequence = 0x5745_0000;

    /// <summary>Names of the requests, in the order of sending; the honest one is not among them.</summary>
    public IReadOnlyList<string> Sent => [.. _sent.Select(probe => probe.Name).Concat(_connections.Select(probe => probe.Name).Where(name => name != Honest))];

    /// <summary>A request that was not sent before.</summary>
    /// <param name="name">By what the claims know it.</param>
    /// <param name="more">Octets more than usual.</param>
    /// <returns>The inner packet.</returns>
    public byte[] Request(string name, int more = 0)
    {
        var packet = scene.NewRequest(more);
        _sent.Add((name, EchoOf(packet), packet.Length));
        return packet;
    }

    /// <summary>An echo request between other hosts than usual.</summary>
    /// <param name="name">By what the claims know it.</param>
    /// <param name="source">Who asks.</param>
    /// <param name="destination">Who is asked.</param>
    /// <returns>The inner packet.</returns>
    public byte[] Request(string name, IPAddress source, IPAddress destination)
    {
        var packet = Request(name);
        source.TryWriteBytes(packet.AsSpan(SourceAt), out _);
        destination.TryWriteBytes(packet.AsSpan(DestinationAt), out _);
        IpPacketHead.WriteIpv4Checksum(packet);
        return packet;
    }

    /// <summary>The first segment of a TCP connection, to a port where nobody listens: a host that gets it says so (RFC 9293 section 3.10.7.1).</summary>
    /// <param name="name">By what the claims know it.</param>
    /// <param name="from">The port on west's side.</param>
    /// <param name="to">The port on east's side.</param>
    /// <param name="data">Octets of data that come along.</param>
    /// <returns>The inner packet.</returns>
    public byte[] Connection(string name, ushort from, ushort to, int data = 0)
    {
        _sequence += Window;
        _connections.Add((name, _sequence));
        var packet = new byte[Ipv4Header.MinSize + TcpHeader.MinSize + data];
        Ipv4Header.For(scene.HostOf(Side.West), scene.HostOf(Side.East), IpProtocol.Tcp, TcpHeader.MinSize + data, identification: 1).Write(packet);
        new TcpHeader(from, to, _sequence, 0, TcpHeader.MinSize, TcpFlags.Syn, Window, 0).Write(packet.AsSpan(Ipv4Header.MinSize));
        UpperLayerChecksum.TryWrite(packet);
        return packet;
    }

    /// <summary>Asks honestly for a connection behind everything, and waits for the answer.</summary>
    /// <param name="from">The port on west's side.</param>
    /// <param name="to">The port on east's side.</param>
    public void SendHonestConnection(ushort from, ushort to)
    {
        var packet = Connection(Honest, from, to);
        var sequence = _sequence;
        scene.Send(packet);
        scene.WaitUntil(() => scene.ReachedWest(inner => Refused(inner) == sequence));
    }

    /// <summary>Sends an honest request behind everything, and waits for its answer.</summary>
    public void SendHonest()
    {
        var packet = scene.NewRequest();
        var echo = EchoOf(packet);
        _honest = echo;
        scene.Send(packet);
        scene.WaitUntil(() => scene.ReachedWest(inner => IsReply(inner.Span, echo)));
    }

    /// <summary>The answers that crossed the wire, by the names of their requests in the order of sending; the honest one is "honest".</summary>
    /// <returns>A name as often as its request was answered.</returns>
    public IReadOnlyList<string> Answered()
    {
        var replies = scene.Frames.Where(frame => frame.From == "east").Select(Echo).OfType<IcmpEcho>().Where(echo => echo.IsReply).Select(echo => echo.SequenceNumber).ToArray();
        return
        [
            .. _sent.SelectMany(probe => replies.Where(echo => echo == probe.Echo).Select(_ => probe.Name)),
            .. replies.Where(echo => echo == _honest).Select(_ => Honest),
            .. Refusals.Select(pair => pair.Name),
        ];
    }

    /// <summary>The refused connections, and how east told: in ESP or AH, or in clear.</summary>
    public IReadOnlyList<(string Name, bool IsProtected)> Refusals =>
    [
        .. from frame in scene.Frames
           where frame.From == "east"
           let sequence = InnerPacket.Of(frame) is { } inner ? Refused(inner) : null
           from probe in _connections
           where probe.Sequence == sequence
           select (probe.Name, frame is ObservedEsp or ObservedAh),
    ];

    /// <summary>The protected packets with answers to the requests, without the honest one's.</summary>
    public IReadOnlyList<ObservedFrame> Answers =>
        [.. scene.Frames.Where(frame => frame.From == "east" && Echo(frame) is { IsReply: true } echo && _sent.Any(probe => probe.Echo == echo.SequenceNumber))];

    /// <summary>Length of a request.</summary>
    /// <param name="echo">Its echo sequence number.</param>
    public int LengthOf(ushort echo) => _sent.Single(probe => probe.Echo == echo).Length;

    private static IcmpEcho? Echo(ObservedFrame frame) => frame switch
    {
        ObservedEsp esp => esp.Echo,
        ObservedAh ah => ah.Echo,
        _ => null,
    };

    /// <summary>Sequence number of the connection request that a packet refuses; null for another packet.</summary>
    private static uint? Refused(ReadOnlyMemory<byte> packet) =>
        Ipv4Header.TryRead(packet.Span, out var header, out _)
        && header.Protocol == IpProtocol.Tcp
        && TcpHeader.TryRead(packet.Span[header.HeaderLength..header.TotalLength], out var segment, out _)
        && segment.Flags.HasFlag(TcpFlags.Rst)
            ? segment.AcknowledgmentNumber - 1
            : null;

    /// <summary>Divides a packet.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="mtu">Longest piece.</param>
    /// <returns>At least two pieces.</returns>
    public static List<byte[]> Fragments(byte[] packet, int mtu)
    {
        if (!IpFragmenter.TryCreate(packet, mtu, 1, out var fragmenter))
        {
            throw new InvalidOperationException($"a packet of {packet.Length} octets that cannot be divided");
        }

        var fragments = new List<byte[]>();
        var buffer = new byte[mtu];
        while (fragmenter.TryNext(buffer, out var written))
        {
            fragments.Add(buffer[..written]);
        }

        return fragments.Count > 1 ? fragments : throw new InvalidOperationException($"{packet.Length} octets are one piece of at most {mtu}");
    }

    private static ushort EchoOf(byte[] packet) => IcmpEcho.TryRead(packet.AsSpan(EchoAt), out var echo, out var error)
        ? echo.SequenceNumber
        : throw new InvalidOperationException($"not an echo request: {error}");

    private static bool IsReply(ReadOnlySpan<byte> packet, ushort number) =>
        packet.Length > EchoAt && IcmpEcho.TryRead(packet[EchoAt..], out var echo, out _) && echo.IsReply && echo.SequenceNumber == number;
}
