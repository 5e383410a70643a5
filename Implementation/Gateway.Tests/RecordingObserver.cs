// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Esp;
using Ipsec.Ike.Effects;
using Ipsec.Wire.Ip;

namespace Ipsec.Gateway.Tests;

internal sealed class RecordingObserver : IGatewayObserver
{
    public List<IkeEffect> Ike { get; } = [];

    public List<EspOutcome> Esp { get; } = [];

    public List<byte[]> Delivered { get; } = [];

    public List<AuditRecord> Audited { get; } = [];

    public List<(IPEndPoint Local, IPEndPoint Remote)> Keepalives { get; } = [];

    public int EchoReplies => Delivered.Count(IsEchoReply);

    public void OnIke(IkeEffect effect) => Ike.Add(effect);

    public void OnEspReceived(EspOutcome outcome, ReadOnlyMemory<byte> packet) => Esp.Add(outcome);

    public void OnDelivered(ReadOnlyMemory<byte> innerPacket) => Delivered.Add(innerPacket.ToArray());

    public void OnKeepalive(IPEndPoint local, IPEndPoint remote) => Keepalives.Add((local, remote));

    public void OnAudited(AuditRecord record) => Audited.Add(record);

    private static bool IsEchoReply(byte[] packet)
    {
        if (!IpPacketHead.TryRead(packet, out var head, out _) || !UpperLayerChecksum.IsRight(packet))
        {
            return false;
        }

        var message = packet.AsSpan(head.HeaderLength);
        return head.Protocol == IpProtocol.Icmpv6
            ? message[0] == (byte)Icmpv6Type.EchoReply
            : IcmpEcho.TryRead(message, out var echo, out _) && echo.IsReply;
    }
}
