// SPDX-License-Identifier: Apache-2.0

using CsCheck;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using static Ipsec.Wire.V1.ConfigurationAttribute;
using static Ipsec.Ike.Tests.ModeConfigTests;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Ike.Tests;

/// <summary>draft-dukes-ike-mode-cfg-02 with messages that are malformed, that do not fit, that are lost, late or damaged.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ModeConfigDamageTests
{
    /// <summary>Section 3.2: one attribute of a wrong length makes the whole payload one to discard.</summary>
    [TestCase(1, 3)]
    [TestCase(1, 5)]
    [TestCase(2, 3)]
    [TestCase(3, 16)]
    [TestCase(5, 2)]
    [TestCase(8, 4)]
    [TestCase(13, 4)]
    [TestCase(13, 9)]
    [TestCase(14, 3)]
    [TestCase(14, 2)]
    [TestCase(15, 16)]
    public void AWrongLengthDiscardsTheWholePayload(int type, int length)
    {
        var bend = new AttributesBend(ConfigurationMessageType.Request, a => a with { Attributes = a.Attributes.Add(DataAttribute.Variable((ushort)type, new byte[length])) });
        var ladder = Connected(seams: bend);
        XauthTests.Attributes(ladder.East).Should().BeEmpty("a request with SUPPORTED_ATTRIBUTES, too, must have it empty");
        ladder.East.Saw<DatagramDiscarded>().Should().Contain(d => d.Clause == "draft-dukes-ike-mode-cfg-02 section 3.4");
        ladder.East.Saw<SendDatagram>().Should().HaveCount(3, "discarded in silence");
    }

    [TestCase(1, new byte[] { 1, 2 })]
    [TestCase(7, new byte[] { 1, 2 })]
    public void ABasicAttributeWhereOneOfVariableLengthBelongsIsDiscarded(int type, byte[] value)
    {
        var bend = new AttributesBend(ConfigurationMessageType.Reply, a => a with { Attributes = a.Attributes.Add(new((ushort)type, true, value)) });
        var ladder = Connected(seams: bend);
        ladder.West.Saw<ConfigurationAssigned>().Should().BeEmpty();
    }

    [TestCase(new byte[] { 255, 0, 255, 0 }, 2)]
    [TestCase(new byte[] { 198, 18, 0, 0, 0, 255, 0, 0 }, 13)]
    public void AMaskWithHolesIsDiscarded(byte[] value, int type)
    {
        var bend = new AttributesBend(ConfigurationMessageType.Reply, a => a with { Attributes = a.Attributes.Add(DataAttribute.Variable((ushort)type, value)) });
        Connected(seams: bend).West.Saw<ConfigurationAssigned>().Should().BeEmpty();
    }

    [Test]
    public void AnAttributeThatEndsOutsideThePayloadDiscardsIt()
    {
        var bend = new AttributesBend(ConfigurationMessageType.Request, a => a with
        {
            Attributes = a.Attributes.Add(DataAttribute.Variable(1, new byte[4]) with { LengthOverride = 40 }),
        });
        var ladder = Connected(seams: bend);
        XauthTests.Attributes(ladder.East).Should().BeEmpty();
        ladder.East.Saw<SendDatagram>().Should().HaveCount(3);
        ladder.East.Endpoint.EstablishedSas.Should().ContainSingle("the SA lives on");
    }

    /// <summary>Section 3.3: messages of unknown types are discarded silently.</summary>
    [TestCase((byte)0)]
    [TestCase((byte)2)]
    [TestCase((byte)4)]
    [TestCase((byte)5)]
    [TestCase((byte)99)]
    [TestCase((byte)200)]
    public void UnknownAndMisplacedTypesAreDiscarded(byte type)
    {
        var ladder = Connected(seams: new AttributesBend(ConfigurationMessageType.Request, a => a with { MessageType = type }));
        XauthTests.Attributes(ladder.East).Should().BeEmpty();
        ladder.East.Saw<SendDatagram>().Should().HaveCount(3);
    }

    [TestCase("another identifier")]
    [TestCase("ACK instead of REPLY")]
    [TestCase("RESERVED")]
    [TestCase("two payloads")]
    [TestCase("wrong HASH")]
    [TestCase("no HASH")]
    public void AnAnswerThatDoesNotFitIsNoAnswer(string kind)
    {
        var bend = new AttributesBend((m, payloads) => m.Number != 2 ? payloads : kind switch
        {
            "another identifier" => [Reply(payloads) with { Identifier = (ushort)(Reply(payloads).Identifier + 1) }],
            "ACK instead of REPLY" => [Reply(payloads) with { MessageType = 4 }],
            "RESERVED" => [Reply(payloads) with { Reserved2 = 1 }],
            "two payloads" => [Reply(payloads), Reply(payloads)],
            "wrong HASH" => [new HashPayload(new byte[32]), Reply(payloads)],
            _ => [new HashPayload(ReadOnlyMemory<byte>.Empty), Reply(payloads)],
        });
        var ladder = Connected(seams: bend);
        ladder.West.Saw<ConfigurationAssigned>().Should().BeEmpty();
        ladder.Run(TimeSpan.FromMinutes(2));
        ladder.West.Endpoint.EstablishedSas.Should().BeEmpty("without an answer there is no address");
        static AttributesPayload Reply(IEnumerable<Payload> payloads) => payloads.OfType<AttributesPayload>().Single();
    }

    [Test]
    public void AClearRequestIsNotAnswered()
    {
        var ladder = Connected();
        var header = MainModeTests.Header(ladder.Wire[^1].Bytes) with { ExchangeType = ExchangeType.Transaction, Flags = IsakmpFlags.None, MessageId = 9 };
        var request = new AttributesPayload(1, 7, [DataAttribute.Variable(7, ReadOnlyMemory<byte>.Empty)]);
        ladder.Inject(ladder.East, new IsakmpMessage(header, [request]).Encode()).Should().BeEmpty();
        ladder.Inject(ladder.East, new IsakmpMessage(header with { ResponderCookie = default }, [request]).Encode()).Should().BeEmpty();
    }

    [Test]
    public void AnyLostOrDuplicatedMessageIsMadeUpFor([Range(5, 11)] int number, [Values(0, 2)] int copies, [Values] bool push)
    {
        var policies = push
            ? new PolicyPair().WithModeConfig(new() { Role = ModeConfigRole.PushedClient }, Server with { Role = ModeConfigRole.PushingServer })
            : new PolicyPair().WithModeConfig(Puller, Server);
        var ladder = new Ladder(policies) { Copies = n => n == number ? copies : 1 };
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(20));
        NatTraversalTests.Complete(ladder);
        ladder.West.Saw<ConfigurationAssigned>().Should().ContainSingle();
        ladder.East.Saw<ConfigurationAssigned>().Should().ContainSingle();
    }

    [Test]
    public void AnyMessageMayComeLate([Range(7, 8)] int number, [Values] bool push)
    {
        var ladder = new Ladder(push
            ? new PolicyPair().WithModeConfig(new() { Role = ModeConfigRole.PushedClient }, Server with { Role = ModeConfigRole.PushingServer })
            : new PolicyPair().WithModeConfig(Puller, Server));
        ladder.Copies = n => n == number ? 0 : 1;
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(20));
        var (from, bytes) = ladder.Wire[number - 1];
        ladder.Inject(from == "west" ? ladder.East : ladder.West, bytes).Sum(b => b.Length).Should().BeLessThanOrEqualTo(2 * bytes.Length);
        NatTraversalTests.Complete(ladder);
        ladder.West.Saw<ConfigurationAssigned>().Should().ContainSingle();
    }

    /// <summary>Who has no keys gets no answer, and disturbs no exchange that is under way.</summary>
    [Test]
    public void GarbageUnderARightHeaderIsNotAnswered([Values(7, 8)] int message)
    {
        var ladder = new Ladder(new PolicyPair().WithModeConfig(Puller, Server)) { Copies = n => n == message ? 0 : 1 };
        ladder.Connect(ladder.West);
        var genuine = ladder.Wire[message - 1].Bytes;
        var receiver = message == 7 ? ladder.East : ladder.West;
        for (var i = 0; i < 100; i++)
        {
            var garbage = genuine.ToArray();
            garbage.AsSpan(IsakmpHeader.Size).Fill((byte)i);
            ladder.Inject(receiver, garbage).Should().BeEmpty();
        }

        ladder.Inject(receiver, genuine);
        NatTraversalTests.Complete(ladder);
    }

    [Test]
    public void RequestsBeyondTheLimitAreDiscarded()
    {
        var policies = new PolicyPair().WithModeConfig(Puller, Server);
        var ladder = new Ladder(policies, limits: new() { Transactions = 4 });
        ladder.Connect(ladder.West);
        for (var i = 0; i < 10; i++)
        {
            ladder.Do(ladder.West, new RequestConfiguration("tunnel", [ApplicationVersion]));
        }

        ladder.East.Saw<DatagramDiscarded>().Should().Contain(d => d.Clause == "RFC 2408 section 1.7.1");
        ladder.Run(TimeSpan.FromMinutes(5));
        ladder.Do(ladder.West, new RequestConfiguration("tunnel", [ApplicationVersion]));
        ladder.West.Saw<ConfigurationAssigned>().Last().Configuration.ApplicationVersion.Should().Be("conformance suite");
    }

    /// <summary>Whatever one flipped bit makes of a transaction exchange: nothing throws, and nothing wrong is believed.</summary>
    [Test]
    public void FlippedBitsAreSurvived() => Check.Sample(
        Gen.Select(Gen.Int[7, 12], Gen.Int[0, 1200]),
        flip =>
        {
            var ladder = new Ladder(new PolicyPair().WithXauth().WithModeConfig(Puller, Server))
            {
                Alter = (n, bytes) =>
                {
                    if (n == flip.Item1)
                    {
                        bytes[flip.Item2 / 8 % bytes.Length] ^= (byte)(1 << (flip.Item2 % 8));
                    }

                    return bytes;
                },
            };
            ladder.Connect(ladder.West);
            ladder.Run(TimeSpan.FromSeconds(20));
            NatTraversalTests.Complete(ladder);
            ladder.West.Saw<ConfigurationAssigned>().Single().Configuration.Addresses.Should().Equal(Address("198.18.77.1"));
        },
        iter: 300);

    /// <summary>Attributes that nobody would make, well hashed and encrypted by the peer itself.</summary>
    [Test]
    public void ArbitraryAttributesAreSurvived() => Check.Sample(
        Gen.Select(Gen.Byte[0, 6], Gen.Int[1, 2], Arbitrary.Array[0, 6]),
        made =>
        {
            var bend = new AttributesBend((m, payloads) => m.Number == made.Item2
                ? [.. payloads.Select(p => p is AttributesPayload a ? a with { MessageType = made.Item1, Attributes = [.. made.Item3] } : p)]
                : payloads);
            var ladder = new Ladder(new PolicyPair().WithXauth().WithModeConfig(Puller, Server), seams: bend);
            ladder.Connect(ladder.West);
            ladder.Run(TimeSpan.FromMinutes(2));
            ladder.East.Endpoint.ChildSas.Count.Should().BeLessThanOrEqualTo(1);
        },
        iter: 500);

    private static Gen<DataAttribute> Arbitrary => Gen.Select(
        Gen.OneOf(Gen.UShort[0, 17], Gen.UShort[16519, 16530], Gen.UShort[0, 0x7fff]),
        Gen.Bool,
        Gen.Byte.Array[0, 20],
        (type, basic, value) => basic ? DataAttribute.Basic(type, (ushort)value.Length) : DataAttribute.Variable(type, value));
}
