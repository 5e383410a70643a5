// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Transports;

namespace Ipsec.Gateway.Tests.Nat;

/// <summary>Keeps what a transport brings.</summary>
internal sealed class Inbox : IPacketReceiver
{
    public List<(IPEndPoint Local, IPEndPoint Remote, byte[] Payload)> Datagrams { get; } = [];

    public List<byte[]> Packets { get; } = [];

    public List<TransportError> Errors { get; } = [];

    public void OnUdp(IPEndPoint local, IPEndPoint remote, ReadOnlyMemory<byte> payload) => Datagrams.Add((local, remote, payload.ToArray()));

    public void OnPacket(ReadOnlyMemory<byte> packet) => Packets.Add(packet.ToArray());

    public void OnTransportError(TransportError error) => Errors.Add(error);
}
