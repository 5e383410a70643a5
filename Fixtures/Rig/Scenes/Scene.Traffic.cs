// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Text;
using Ipsec.Fixtures.Judgement;
using Ipsec.Gateway;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <content>What the hosts behind the gateways do.</content>
public sealed partial class Scene
{
    private const ushort EchoIdentifier = 0x5745;
    private ushort _echoSequence;

    /// <summary>Number of frames on the wire before the last traffic was sent.</summary>
    public int TrafficStartsAt { get; private set; }

    /// <summary>Number of echo requests in the last traffic.</summary>
    public int EchoesWanted { get; private set; }

    /// <summary>Sends echo requests through the tunnel and waits for their answers to cross the wire.</summary>
    /// <param name="from">Behind which gateway the asking host is.</param>
    /// <param name="count">Number of requests.</param>
    /// <returns>Number of answers seen in time.</returns>
    public async Task<int> PingAsync(Side from, int count)
    {
        TrafficStartsAt = Bed.Wire.Frames.Count;
        EchoesWanted = count;
        if ((from == Side.East ? Bed.East : Bed.WestPeer) is { } peer)
        {
            await peer.PingAsync(HostOf(from), HostOf(from == Side.East ? Side.West : Side.East), count);
        }
        else
        {
            for (var i = 0; i < count; i++)
            {
                SendFromWest(NewRequest());
            }
        }

        WaitUntil(() => EchoReplies().Count >= count);
        return EchoReplies().Count;
    }

    /// <summary>The protected echo replies in the last traffic.</summary>
    public IReadOnlyList<ObservedFrame> EchoReplies() =>
        [.. Frames.Where(frame => frame.Number > TrafficStartsAt && (frame is ObservedEsp { Echo: { IsReply: true } } or ObservedAh { Echo: { IsReply: true } }))];

    /// <summary>Who pings and is pinged on a side: the gateway itself where its outer address is what is protected.</summary>
    /// <param name="side">The side.</param>
    /// <returns>The address.</returns>
    public IPAddress HostOf(Side side)
    {
        if (Policy.IsAssigned(side))
        {
            return side == Side.West ? Bed.Addresses.WestPool.First : Bed.Addresses.EastPool.First;
        }

        var isItself = Policy.West.Encapsulation == SaMode.Transport || Policy.West.Selectors.Shape == SelectorShape.Outer;
        return (side, isItself) switch
        {
            (Side.West, true) => Bed.Addresses.West,
            (Side.West, false) => Bed.Addresses.WestHost(0),
            (_, true) => Bed.Addresses.East,
            _ => Bed.Addresses.EastHost(0),
        };
    }

    /// <summary>Length of <see cref="NewRequest"/> without more octets.</summary>
    public static int NewRequestLength => Ipv4Header.MinSize + IcmpEcho.Size + RequestText(0).Length;

    /// <summary>An echo request of a host on west's side that was not sent before.</summary>
    /// <param name="more">Octets more than usual.</param>
    public byte[] NewRequest(int more = 0)
    {
        _echoSequence++;
        var text = RequestText(_echoSequence) + new string('.', more);
        var (source, destination) = (HostOf(Side.West), HostOf(Side.East));
        return EchoNetwork.Request(Ipv4Header.ToNumber(source), Ipv4Header.ToNumber(destination), EchoIdentifier, _echoSequence, Encoding.ASCII.GetBytes(text));
    }

    private static string RequestText(ushort number) =>
        string.Create(CultureInfo.InvariantCulture, $"conformance echo from west, number {number:D5}, as long as ping's own");

    /// <summary>Protects an inner packet with west's SA, without sending it: for packets that are bent on their way.</summary>
    /// <param name="innerPacket">The inner IPv4 packet.</param>
    /// <returns>The outer IPv4 packet.</returns>
    public byte[] Protect(byte[] innerPacket) => Bed.Loop.Invoke(() =>
        Bed.West.DataPlane.TryProtect(innerPacket, out var outer)
            ? outer.ToArray()
            : throw new InvalidOperationException("west has no SA for this packet"));

    /// <summary>Puts an outer packet on the wire towards east.</summary>
    /// <param name="packet">The packet.</param>
    public void Inject(byte[] packet) => Bed.Loop.Invoke(() =>
    {
        Bed.Inject(packet);
        return true;
    });

    private void SendFromWest(byte[] packet)
    {
        if (!Bed.Loop.Invoke(() => Bed.West.SendInner(packet)))
        {
            throw new InvalidOperationException("west has no SA for this packet");
        }
    }
}
