// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Ike.Inputs;
using Ipsec.Transports;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <content>Several clients behind one NAT, and messages that come from where a client no longer is.</content>
public sealed partial class Scene
{
    /// <summary>The connection of the other client at west's address: it has west's policy but for its identity.</summary>
    private string OtherClient => ConnectionName + "n";

    /// <summary>Another client at west's address starts phase 1.</summary>
    public void StartOtherClient()
    {
        var (first, _) = Policy.For(Bed.Addresses, ConnectionName);
        var (other, _) = Policy.For(Bed.Addresses, OtherClient);
        Bed.ConfigureWest(other with { RemoteIdentity = first.RemoteIdentity });
        OnLoop(() => Bed.West.Command(new InitiateIkeSa(OtherClient)));
    }

    /// <summary>Sends a message of phase 1 once more, between the ports where phase 1 began.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>Number of frames on the wire before it.</returns>
    public int RepeatBetweenFirstPorts(int number)
    {
        var message = Messages.Last(m => m is { From: "west", Header.ExchangeType: ExchangeType.IdentityProtection } && m.Ordinal == number);
        var before = Bed.Wire.Frames.Count;
        Inject(UdpPacket.Build(new IPEndPoint(Bed.Addresses.West, IkePort), new IPEndPoint(Bed.Addresses.East, IkePort), message.Datagram.Span));
        WaitUntil(() => Bed.Wire.Frames.Skip(before).Any(frame => frame.Bytes.Span.EndsWith(message.Datagram.Span)));
        return before;
    }
}
