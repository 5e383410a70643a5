// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Transports;
using Ipsec.Wire.Ip;
using UdpEncapsulation = Ipsec.Wire.Ip.UdpEncapsulation;

namespace Ipsec.Gateway;

/// <content>UDP: IKE alone on port 500; IKE, ESP and keepalives together on port 4500 (RFC 3948 section 2).</content>
public sealed partial class SecurityGateway
{
    /// <summary>
    /// The local ports on which IKE has a non-ESP marker because ESP is spoken there, too. A gateway need not sit at 4500: it is the peer
    /// that has to find it.
    /// </summary>
    public IReadOnlyCollection<int> NatTraversalPorts { get; init; } = [UdpEncapsulation.Port];

    /// <inheritdoc/>
    public void OnUdp(IPEndPoint local, IPEndPoint remote, ReadOnlyMemory<byte> payload)
    {
        if (_isDisposed)
        {
            return;
        }

        if (!NatTraversalPorts.Contains(local.Port))
        {
            ReceiveIke(local, remote, payload);
            return;
        }

        switch (Counters.Count(UdpEncapsulation.Classify(payload.Span)))
        {
            case UdpEncapsulationKind.Ike:
                ReceiveIke(local, remote, payload[UdpEncapsulation.NonEspMarkerSize..]);
                break;
            case UdpEncapsulationKind.Esp:
                ReceiveEspInUdp(local, remote, payload.Span);
                break;
            case UdpEncapsulationKind.Keepalive:
                // Proof of nothing, not even of life (RFC 3948 section 4).
                _observers.ForEach(observer => observer.OnKeepalive(local, remote));
                break;
        }
    }

    private void ReceiveIke(IPEndPoint local, IPEndPoint remote, ReadOnlyMemory<byte> message)
    {
        foreach (var arrived in Flow.Pass(message, leaves: false))
        {
            Handle(new DatagramReceived(local, remote, arrived));
        }
    }

    private void ReceiveEspInUdp(IPEndPoint local, IPEndPoint remote, ReadOnlySpan<byte> payload)
    {
        if (local.AddressFamily != remote.AddressFamily)
        {
            return;
        }

        var packet = UdpPacket.Build(remote, local, payload, withChecksum: false);
        if (local.Port == UdpEncapsulation.Port)
        {
            Open(packet, packet, local, remote);
            return;
        }

        // The data plane knows UDP encapsulation by its port; at which port this gateway really sits, only it knows.
        var normalized = UdpPacket.Build(remote, new(local.Address, UdpEncapsulation.Port), payload, withChecksum: false);
        Open(normalized, packet, local, remote);
    }

    private void SendIke(SendDatagram send)
    {
        foreach (var message in Flow.Pass(send.Bytes, leaves: true))
        {
            var payload = message.Span;
            if (NatTraversalPorts.Contains(send.Local.Port))
            {
                var marked = new byte[UdpEncapsulation.NonEspMarkerSize + payload.Length];
                UdpEncapsulation.WriteIke(payload, marked);
                payload = marked;
            }

            Transport.SendUdp(send.Local, send.Remote, payload);
        }
    }

    private void SendKeepalive(SendKeepalive keepalive)
    {
        // Without checksum, which a UDP socket would compute (RFC 3948 section 2.3).
        Transport.SendPacket(UdpPacket.Build(keepalive.Local, keepalive.Remote, UdpEncapsulation.Keepalive.Span, withChecksum: false));
        Counters.KeepalivesSent++;
    }
}
