// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Transports;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Rig.Target;

/// <summary>Lets through what the device sends in this scenario: nobody else's packets, and no earlier scenario's.</summary>
/// <param name="target">The device.</param>
/// <param name="earlier">What is not this scenario's.</param>
/// <param name="receiver">Takes the rest.</param>
internal sealed class OwnPackets(IPAddress target, EarlierScenarios earlier, IPacketReceiver receiver) : IPacketReceiver
{
    /// <inheritdoc/>
    public void OnUdp(IPEndPoint local, IPEndPoint remote, ReadOnlyMemory<byte> payload)
    {
        if (remote.Address.Equals(target) && !earlier.HaveDatagram(remote.Port, local.Port, payload.Span))
        {
            receiver.OnUdp(local, remote, payload);
        }
    }

    /// <inheritdoc/>
    public void OnPacket(ReadOnlyMemory<byte> packet)
    {
        if (Ipv4Header.TryRead(packet.Span, out var header, out _) && header.Source.Equals(target) && !earlier.Have(packet.Span))
        {
            receiver.OnPacket(packet);
        }
    }

    /// <inheritdoc/>
    public void OnTransportError(TransportError error) => receiver.OnTransportError(error);
}
