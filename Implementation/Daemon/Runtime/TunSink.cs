// SPDX-License-Identifier: Apache-2.0

using Ipsec.Esp;
using Ipsec.Gateway;
using Ipsec.Transports.Linux;

namespace Ipsec.Daemon.Runtime;

/// <summary>The TUN device as the place where packets for the protected side go. What it does not take is lost.</summary>
internal sealed class TunSink(TunDevice tun) : IPacketSink, IInnerNetwork
{
    public void Send(ReadOnlySpan<byte> packet) => tun.Write(packet);

    // Answers come through the device like all other packets.
    public void Deliver(ReadOnlySpan<byte> packet, Action<ReadOnlyMemory<byte>> reply) => tun.Write(packet);
}
