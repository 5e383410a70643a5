// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Ipsec.Fixtures.Judgement;
using Ipsec.Gateway;
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
        if (from == Side.East)
        {
            await Bed.East.PingAsync(Bed.Addresses.EastHost(0), Bed.Addresses.WestHost(0), count);
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

    /// <summary>The echo replies in the last traffic.</summary>
    public IReadOnlyList<ObservedEsp> EchoReplies() =>
        [.. EspFrames.Where(frame => frame.Number > TrafficStartsAt && frame.Echo is { IsReply: true })];

    /// <summary>An echo request of a host behind west that was not sent before.</summary>
    public byte[] NewRequest()
    {
        _echoSequence++;
        var text = string.Create(CultureInfo.InvariantCulture, $"conformance echo from west, number {_echoSequence:D5}, as long as ping's own");
        var (source, destination) = (Bed.Addresses.WestHost(0), Bed.Addresses.EastHost(0));
        return EchoNetwork.Request(Ipv4Header.ToNumber(source), Ipv4Header.ToNumber(destination), EchoIdentifier, _echoSequence, Encoding.ASCII.GetBytes(text));
    }

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
