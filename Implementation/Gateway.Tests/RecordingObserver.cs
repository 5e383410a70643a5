// SPDX-License-Identifier: Apache-2.0

using Ipsec.Esp;
using Ipsec.Ike.Effects;
using Ipsec.Wire.Ip;

namespace Ipsec.Gateway.Tests;

internal sealed class RecordingObserver : IGatewayObserver
{
    public List<IkeEffect> Ike { get; } = [];

    public List<EspOutcome> Esp { get; } = [];

    public List<byte[]> Delivered { get; } = [];

    public int EchoReplies => Delivered.Count(packet =>
        Ipv4Header.TryRead(packet, out var header, out _)
        && IcmpEcho.TryRead(packet.AsSpan(header.HeaderLength), out var echo, out _)
        && echo.IsReply);

    public void OnIke(IkeEffect effect) => Ike.Add(effect);

    public void OnEspReceived(EspOutcome outcome, ReadOnlyMemory<byte> packet) => Esp.Add(outcome);

    public void OnDelivered(ReadOnlyMemory<byte> innerPacket) => Delivered.Add(innerPacket.ToArray());
}
