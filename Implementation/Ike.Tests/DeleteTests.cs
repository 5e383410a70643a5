// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;
using Ipsec.Crypto;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests;

/// <summary>What a Delete names, and whose SAs it may end (RFC 2408 sections 3.15 and 5.15).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DeleteTests
{
    [Test]
    public void TheSpiInADeleteIsItsSendersNotItsReceivers()
    {
        var honest = new Ladder();
        honest.Connect(honest.West);
        var ladder = new Ladder(seams: new Delete(new DeletePayload(1, ProtocolId.Esp, 4, [Spi(honest.West.Endpoint.ChildSas[0].OutboundSpi)])));
        ladder.Connect(ladder.West);
        ladder.Do(ladder.West, new DeleteChildSa(ladder.West.Endpoint.ChildSas[0].InboundSpi));
        ladder.East.Endpoint.ChildSas.Should().ContainSingle("RFC 2408 section 3.15");
    }

    [Test]
    public void OnePeerCannotDeleteAnothersPair()
    {
        var north = new IPEndPoint(IPAddress.Parse("198.51.100.11"), 500);
        var policies = new PolicyPair();
        var ladder = new Ladder(policies);
        ladder.Connect(ladder.West);
        var victim = ladder.West.Endpoint.ChildSas[0];

        // North has a connection of its own with east, and names west's SPI in its Delete.
        ladder.East.Endpoint.Add(policies.East with { Name = "north", Remote = north }).Should().BeEmpty();
        var attacker = new IkeV1Endpoint(new SeededRandomSource(5), new Delete(new DeletePayload(1, ProtocolId.Esp, 4, [Spi(victim.InboundSpi)])));
        attacker.Add(policies.West with { Local = north }).Should().BeEmpty();
        Exchange(ladder, attacker, new InitiateChildSa("tunnel", "net"));
        ladder.East.Endpoint.ChildSas.Should().HaveCount(2);
        Exchange(ladder, attacker, new DeleteChildSa(attacker.ChildSas[0].InboundSpi));
        ladder.East.Saw<RemoveChildSa>().Should().BeEmpty();
        ladder.East.Endpoint.ChildSas.Should().HaveCount(2);
    }

    [TestCase(99u, ProtocolId.Esp)]
    [TestCase(1u, ProtocolId.Ah)]
    public void ADeleteOfAnotherDoiOrProtocolChangesNothing(uint doi, ProtocolId protocol)
    {
        var plain = new Ladder();
        plain.Connect(plain.West);
        var inbound = plain.West.Endpoint.ChildSas[0].InboundSpi;
        var ladder = new Ladder(seams: new Delete(new DeletePayload(doi, protocol, 4, [Spi(inbound)])));
        ladder.Connect(ladder.West);
        ladder.Do(ladder.West, new DeleteChildSa(inbound));
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
    }

    [Test]
    public void ADeleteWithOtherCookiesClosesNothing()
    {
        var ladder = new Ladder(seams: new Delete(new DeletePayload(1, ProtocolId.Isakmp, 16, [new byte[16]])));
        ladder.Connect(ladder.West, child: null);
        ladder.Do(ladder.West, new DeleteIkeSa("tunnel"));
        ladder.East.Endpoint.EstablishedSas.Should().ContainSingle();
    }

    private static void Exchange(Ladder ladder, IkeV1Endpoint attacker, IkeInput command)
    {
        var inputs = new Queue<(IkeV1Endpoint To, IkeInput Input)>([(attacker, command)]);
        while (inputs.TryDequeue(out var next))
        {
            foreach (var sent in next.To.Handle(next.Input, ladder.Now).Effects.OfType<SendDatagram>())
            {
                var to = next.To == attacker ? ladder.East.Endpoint : attacker;
                inputs.Enqueue((to, new DatagramReceived(sent.Remote, sent.Local, sent.Bytes)));
            }
        }
    }

    private static byte[] Spi(uint value)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>Sends this Delete instead of the honest one.</summary>
    private sealed class Delete(DeletePayload payload) : IOutboundSeams
    {
        public ImmutableArray<Payload> OnPayloads(OutboundMessage message, ImmutableArray<Payload> payloads) =>
            payloads is [DeletePayload] ? [payload] : payloads;

        public byte[] OnPlainBytes(OutboundMessage message, byte[] plain) => plain;

        public byte[] OnProtectedBytes(OutboundMessage message, byte[] datagram) => datagram;
    }
}
