// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Judgement;
using Ipsec.Transports;
using UdpEncapsulation = Ipsec.Wire.Ip.UdpEncapsulation;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <content>NATs on the path, and what each side sees through them.</content>
public sealed partial class Scene
{
    /// <summary>Where an IKE message goes and where it comes from, as its sender sees it: before a NAT changes the one, or has changed the other.</summary>
    /// <param name="message">A message whose sender uses the same port as the other side, as IKE gateways do.</param>
    public (IPEndPoint Destination, IPEndPoint Source) EndsAsSent(ObservedIke message)
    {
        var addresses = Bed.Addresses;
        return message.From == "east"
            ? (new(addresses.West, message.Udp.DestinationPort), new(addresses.East, message.Udp.SourcePort))
            : (new(addresses.EastSeen, message.Udp.DestinationPort), new(addresses.WestOwn, message.Udp.DestinationPort));
    }

    /// <summary>The addresses of the side that starts an exchange and of the other, as the sender of a message sees them.</summary>
    /// <param name="message">The message.</param>
    public (IPAddress Initiator, IPAddress Responder) AddressesAsSeen(ObservedIke message)
    {
        var (west, east) = message.From == "east" ? (Bed.Addresses.West, Bed.Addresses.East) : (Bed.Addresses.WestOwn, Bed.Addresses.EastSeen);
        return Initiator == Side.West ? (west, east) : (east, west);
    }

    /// <summary>The NAT in front of west forgets its mappings: the next packet gets another port.</summary>
    public void RestartNat() => OnLoop(() => Bed.Nats[0].Box.Forget());

    /// <summary>A keepalive of the NAT in front of west, between the ports that IKE has (RFC 3948 section 2.3).</summary>
    public void SendKeepalive()
    {
        var udp = Messages.Last(message => message.From == "west").Udp;
        Inject(UdpPacket.Build(
            new IPEndPoint(Bed.Addresses.West, udp.SourcePort), new IPEndPoint(Bed.Addresses.East, udp.DestinationPort), UdpEncapsulation.Keepalive.Span, withChecksum: false));
    }
}
