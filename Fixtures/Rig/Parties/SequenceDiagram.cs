// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.NetworkInformation;
using Ipsec.Daemon.Runtime;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Rig.Parties;

/// <summary>
/// The picture of a sequence diagram with real parties: each in a network namespace, the gateways as processes of the suite's own program,
/// a capture on every link. Taken down at the scenario's end.
/// </summary>
/// <param name="run">The scenario's run.</param>
public sealed partial class SequenceDiagram(ScenarioRun run) : IDisposable
{
    private const string Entry = "ipsec0";
    private const int EchoOctets = 56;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly List<(PartyPlace Place, LinkCapture Capture)> _captures = [];
    private readonly List<(string Name, string Config, GatewayProcess Process)> _gateways = [];
    private PartyNetwork? _network;
    private PeerParty? _peer;
    private string _folder = "";
    private bool _isTunnel;
    private bool _hasHostB;

    /// <summary>Whom the picture's traffic goes from, and to.</summary>
    public (IPAddress From, IPAddress To) Ends => _isTunnel ? (Addresses.WestHost(0), Addresses.EastHost(0)) : Middle;

    /// <summary>The addresses of west and east in the middle.</summary>
    public (IPAddress West, IPAddress East) Middle => (Addresses.West, Addresses.East);

    /// <summary>Where a packet is as its sender made it: on the host's link, or where the host itself puts it into IPsec.</summary>
    public PartyPlace SendersPlace => _isTunnel ? PartyPlace.HostA : PartyPlace.WestEntry;

    /// <summary>What an echo request carries here.</summary>
    public byte[] EchoPayload { get; } = Random(run.Seed, EchoOctets);

    private PartyNetwork Network => _network ?? throw new InvalidOperationException("the parties are not there yet");

    private BedAddresses Addresses => Network.Addresses;

    private NetworkNamespace Sender => _isTunnel ? Network.A : Network.West;

    private NetworkNamespace Receiver => _hasHostB ? Network.B : Network.East;

    /// <summary>Makes the parties, all of them this suite's own: four for tunnel mode, two for transport mode.</summary>
    /// <param name="isTunnel">Whether four.</param>
    /// <exception cref="UnsupportedException">They cannot be had here, or not with this peer.</exception>
    public Task ArrangeAsync(bool isTunnel) => run.Identity.Peer == PeerCatalog.Self
        ? ArrangeAsync(isTunnel, hasHostB: isTunnel, peer: null)
        : throw new UnsupportedException("the peer's entry into IPsec cannot be captured at, and behind it stands no host of its own that takes TCP connections");

    /// <summary>Makes the parties of which the peer is the eastern one; in tunnel mode it has the address of host B itself.</summary>
    /// <param name="isTunnel">Whether tunnel mode.</param>
    /// <exception cref="UnsupportedException">They cannot be had here, or not with this peer.</exception>
    public async Task ArrangeWithPeerAsync(bool isTunnel) =>
        await ArrangeAsync(isTunnel, hasHostB: false, run.Identity.Peer == PeerCatalog.Self ? null : run.Peer);

    /// <summary>The sender pings the receiver once.</summary>
    /// <returns>Whether the answer came, with what was sent in it.</returns>
    public bool Ping() => Sender.Do(() =>
    {
        using var ping = new Ping();
        var reply = ping.Send(Ends.To, (int)Patience.TotalMilliseconds, EchoPayload);
        return reply.Status == IPStatus.Success && reply.Buffer.AsSpan().SequenceEqual(EchoPayload);
    });

    /// <summary>The sender opens a TCP connection to the receiver, and moves octets there and back.</summary>
    /// <param name="count">How many.</param>
    /// <returns>How many arrived unchanged at each end.</returns>
    public (int There, int Back) Move(int count) => TcpMove.Run(Sender, Receiver, Ends.To, Random(run.Seed + 1, count), Patience);

    /// <summary>The frames that west sent to the middle and got from there, from the link header on. Of a network that others use, too, only its own.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> MiddleFrames =>
        [.. At(PartyPlace.Middle).Frames.Select(frame => frame.Bytes).Where(frame => _peer is null || IsOfWest(frame.Span))];

    /// <summary>The first packet of a protocol that passed somewhere between two addresses.</summary>
    /// <param name="place">Where.</param>
    /// <param name="protocol">The protocol.</param>
    /// <param name="from">Its source.</param>
    /// <param name="to">Its destination.</param>
    /// <returns>The packet from its IP header on; null when there was none.</returns>
    public ReadOnlyMemory<byte>? First(PartyPlace place, IpProtocol protocol, IPAddress from, IPAddress to)
    {
        foreach (var packet in At(place).Packets)
        {
            if (Ipv4Header.TryRead(packet.Span, out var header, out _) && header.Protocol == protocol && header.Source.Equals(from) && header.Destination.Equals(to))
            {
                return packet[..header.TotalLength];
            }
        }

        return null;
    }

    /// <summary>The SPI on which a side receives.</summary>
    /// <param name="side">Whose.</param>
    /// <returns>The SPI; null while there is no pair of SAs.</returns>
    public async Task<uint?> InboundSpiAsync(Side side)
    {
        if (side == Side.East && _peer is not null)
        {
            return (await _peer.East.ListSasAsync()).ChildSas is [var sa, ..] ? sa.InboundSpi : null;
        }

        return GatewayDaemon.AskStatus(Socket(side), out _) is { ChildSas: [var pair, ..] } ? Convert.ToUInt32(pair.InboundSpi, 16) : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _captures.ForEach(entry => entry.Capture.Dispose());
        _gateways.ForEach(gateway => gateway.Process.Dispose());
        _captures.Clear();
        _gateways.Clear();
        _network?.Dispose();
        _network = null;
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static byte[] Random(ulong seed, int count)
    {
        var octets = new byte[count];
        new Random(unchecked((int)seed)).NextBytes(octets);
        return octets;
    }

    private async Task ArrangeAsync(bool isTunnel, bool hasHostB, IPeer? peer)
    {
        if ((NetworkNamespace.Obstacle ?? GatewayProcess.Obstacle) is { } obstacle)
        {
            throw new UnsupportedException(obstacle);
        }

        (_isTunnel, _hasHostB) = (isTunnel, hasHostB);
        run.AtEnd(async _ =>
        {
            Dispose();
            await (_peer?.DisposeAsync() ?? ValueTask.CompletedTask);
        });
        run.AtEnd(KeepEvidenceAsync);
        if (peer is not null)
        {
            _peer = await peer.OpenPartyAsync(run.Stopping);
            run.SentLastBefore = _peer.SentLastBefore;
        }

        _network = new PartyNetwork(_peer?.Addresses, hasA: isTunnel, hasHostB, _peer?.Bridge);
        _folder = Path.Combine(Path.GetTempPath(), PartyNames.Next("files"));
        Directory.CreateDirectory(_folder);
        var (west, east) = ScenePolicy.Default
            .Both(side => side with { Encapsulation = isTunnel ? SaMode.Tunnel : SaMode.Transport })
            .For(Addresses, Scene.ConnectionNameOf(run.Seed));
        Start(Side.West, Network.West, west, "trap");
        if (_peer is not null)
        {
            await _peer.East.ConfigureAsync(east);
        }
        else
        {
            // In transport mode what comes in clear is refused, so this side has to wait for nobody either.
            Start(Side.East, Network.East, east, isTunnel ? "none" : "trap");
        }

        _gateways.ForEach(gateway => gateway.Process.WaitUntilUp());
        Capture();
    }

    private void Capture()
    {
        Capture(PartyPlace.Middle, Network.West, PartyNetwork.MiddleLink);
        Capture(PartyPlace.WestEntry, Network.West, Entry);
        if (_isTunnel)
        {
            Capture(PartyPlace.HostA, Network.A, PartyNetwork.HostLink);
        }

        if (_peer is null)
        {
            Capture(PartyPlace.EastEntry, Network.East, Entry);
        }

        if (_hasHostB)
        {
            Capture(PartyPlace.HostB, Network.B, PartyNetwork.HostLink);
        }
    }

    private void Capture(PartyPlace place, NetworkNamespace network, string device) => _captures.Add((place, network.Capture(device)));

    private LinkCapture At(PartyPlace place) => _captures.Single(entry => entry.Place == place).Capture;

    private bool IsOfWest(ReadOnlySpan<byte> frame) =>
        frame.Length > EthernetHeader.Size
        && Ipv4Header.TryRead(frame[EthernetHeader.Size..], out var header, out _)
        && (header.Source.Equals(Addresses.West) || header.Destination.Equals(Addresses.West));
}
