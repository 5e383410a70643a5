// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests;

/// <summary>One thing done wrong in one of the nine messages of main mode (1 to 6) and quick mode (7 to 9).</summary>
internal sealed record Bend(int Message, string Name) : IOutboundSeams
{
    public const int MainModeMessages = 6;

    public Func<ImmutableArray<Payload>, ImmutableArray<Payload>> Payloads { get; init; } = payloads => payloads;

    public Func<byte[], byte[]> Plain { get; init; } = plain => plain;

    public Func<byte[], byte[]> Datagram { get; init; } = datagram => datagram;

    public ImmutableArray<Payload> OnPayloads(OutboundMessage message, ImmutableArray<Payload> payloads) =>
        Number(message) == Message ? Payloads(payloads) : payloads;

    public byte[] OnPlainBytes(OutboundMessage message, byte[] plain) => Number(message) == Message ? Plain(plain) : plain;

    public byte[] OnProtectedBytes(OutboundMessage message, byte[] datagram) => Number(message) == Message ? Datagram(datagram) : datagram;

    /// <summary>The message as a dishonest side would send it, everything before it as in an honest run of the same seed.</summary>
    public byte[] Bytes()
    {
        var ladder = new Ladder(seams: this);
        ladder.Connect(ladder.West);
        return ladder.Wire[Message - 1].Bytes;
    }

    public override string ToString() => $"message {Message}: {Name}";

    private static int Number(OutboundMessage message) => message.Exchange switch
    {
        ExchangeType.IdentityProtection => message.Number,
        ExchangeType.QuickMode => MainModeMessages + message.Number,
        _ => 0,
    };
}
