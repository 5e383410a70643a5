// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Ipsec.Ike.Effects;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests;

/// <summary>RFC 2409 section 5.4, both ends ours.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MainModeTests
{
    [Test]
    public void SixMessagesInOrderTheLastTwoEncrypted()
    {
        var ladder = new Ladder();
        ladder.Connect(ladder.West, child: null);

        ladder.Wire.Select(w => w.From).Should().Equal("west", "east", "west", "east", "west", "east");
        var headers = ladder.Wire.Select(w => Header(w.Bytes)).ToArray();
        headers.Should().OnlyContain(h => h.ExchangeType == ExchangeType.IdentityProtection && h.MessageId == 0);
        headers.Select(h => h.IsEncrypted).Should().Equal(false, false, false, false, true, true);
        headers[0].ResponderCookie.IsZero.Should().BeTrue();
        headers.Skip(1).Should().OnlyContain(h => h.ResponderCookie == headers[1].ResponderCookie && !h.ResponderCookie.IsZero);
    }

    [Test]
    public void BothSidesHoldTheSameSa([Values("AES-CBC-128", "AES-CBC-256")] string encryption, [Values("HMAC-SHA1", "HMAC-SHA2-256")] string hash, [Values("MODP-2048", "ECP-256")] string group)
    {
        var ladder = new Ladder(new PolicyPair().WithPhase1(encryption, hash, group));
        ladder.Connect(ladder.West, child: null);

        var west = ladder.West.Endpoint.EstablishedSas.Should().ContainSingle().Subject;
        var east = ladder.East.Endpoint.EstablishedSas.Should().ContainSingle().Subject;
        (west.InitiatorCookie, west.ResponderCookie, west.Suite).Should().Be((east.InitiatorCookie, east.ResponderCookie, east.Suite));
        (west.IsInitiator, east.IsInitiator).Should().Be((true, false));
        Key(ladder.West).Should().Equal(Key(ladder.East));
    }

    [Test]
    public void IdentitiesAreNeverInClear()
    {
        var ladder = new Ladder();
        ladder.Connect(ladder.East, child: null);

        foreach (var (_, bytes) in ladder.Wire)
        {
            Encoding.Latin1.GetString(bytes).Should().NotContain(".example");
        }
    }

    [Test]
    public void NoCommonProposalIsAnsweredWithNoProposalChosen()
    {
        var pair = new PolicyPair();
        pair = pair with { East = pair.East with { Phase1 = [PolicyPair.Phase1("AES-CBC-256", "HMAC-SHA2-256", "ECP-256")] } };
        var ladder = new Ladder(pair);
        ladder.Connect(ladder.West, child: null);

        ladder.West.Saw<PeerNotified>().Should().ContainSingle().Which.Notification.NotifyType.Should().Be(NotifyType.NoProposalChosen);
        NothingEstablished(ladder);
    }

    /// <summary>
    /// Once there are keys an informational exchange is protected (RFC 2408 section 4.8), also when the other side's keys
    /// are different ones: it cannot read why, but its own log tells it.
    /// </summary>
    [Test]
    public void DifferentPreSharedKeysGiveNoSaAndTheResponderSaysSoUnderItsKeys()
    {
        var pair = new PolicyPair();
        pair = pair with { East = pair.East with { PreSharedKey = "another secret"u8.ToArray() } };
        var ladder = new Ladder(pair);
        ladder.Connect(ladder.West, child: null);

        ladder.East.Sent(ExchangeType.Informational).Should().ContainSingle().Which.Message.Header.IsEncrypted.Should().BeTrue();
        ladder.West.Saw<PeerNotified>().Should().BeEmpty();
        ladder.West.Saw<DatagramDiscarded>().Should().ContainSingle().Which.Reason.Should().Contain("pre-shared keys");
        ladder.Run(TimeSpan.FromMinutes(5));
        ladder.West.Saw<ExchangeFailed>().Should().ContainSingle();
        NothingEstablished(ladder);
    }

    [Test]
    public void AnotherIdentityIsRefused()
    {
        var pair = new PolicyPair();
        pair = pair with { East = pair.East with { RemoteIdentity = IdentificationPayload.Fqdn("someone.example") } };
        var ladder = new Ladder(pair);
        ladder.Connect(ladder.West, child: null);

        var notified = ladder.West.Saw<PeerNotified>().Should().ContainSingle().Subject;
        (notified.Notification.NotifyType, notified.IsAuthenticated).Should().Be((NotifyType.InvalidIdInformation, true));
        NothingEstablished(ladder);
        ladder.West.Deadline.Should().BeNull("the exchange ended on both sides");
        ladder.East.Deadline.Should().BeNull("the exchange ended on both sides");
    }

    [TestCase((byte)6, (ushort)80)]
    [TestCase((byte)17, (ushort)0)]
    [TestCase((byte)0, (ushort)500)]
    public void AnIdentityWithAnotherProtocolOrPortAborts(byte protocol, ushort port)
    {
        var pair = new PolicyPair();
        var identity = pair.West.LocalIdentity with { ProtocolId = protocol, Port = port };
        var ladder = new Ladder(pair with { West = pair.West with { LocalIdentity = identity } });
        ladder.Connect(ladder.West, child: null);

        ladder.West.Saw<PeerNotified>().Should().ContainSingle().Which.Notification.NotifyType.Should().Be(NotifyType.InvalidIdInformation);
        NothingEstablished(ladder);
        ladder.East.Deadline.Should().BeNull("RFC 2407 section 4.6.2: the setup is aborted");
    }

    [Test]
    public void AnIdentityOfUdp500IsLegal()
    {
        var pair = new PolicyPair();
        var ladder = new Ladder(pair with { West = pair.West with { LocalIdentity = pair.West.LocalIdentity with { ProtocolId = 17, Port = 500 } } });
        ladder.Connect(ladder.West);
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
    }

    [Test]
    public void TheChosenTransformComesBackUnchanged()
    {
        var pair = new PolicyPair();
        var wanted = pair.East.Phase1[0];
        pair = pair with { West = pair.West with { Phase1 = [PolicyPair.Phase1("AES-CBC-256", "HMAC-SHA1", "MODP-2048"), wanted] } };
        var ladder = new Ladder(pair);
        ladder.Connect(ladder.West, child: null);

        var offered = Read(ladder.Wire[0].Bytes).Find<SaPayload>()!.Proposals[0].Transforms[1];
        var chosen = Read(ladder.Wire[1].Bytes).Find<SaPayload>()!.Proposals.Should().ContainSingle().Which.Transforms.Should().ContainSingle().Subject;
        chosen.Number.Should().Be(offered.Number);
        chosen.Attributes.Select(a => (a.Type, Convert.ToHexString(a.Value.Span)))
            .Should().Equal(offered.Attributes.Select(a => (a.Type, Convert.ToHexString(a.Value.Span))));
    }

    [Test]
    public void SameSeedSameBytes()
    {
        Bytes(7).Should().Equal(Bytes(7));
        Bytes(7).Should().NotEqual(Bytes(8));

        static string[] Bytes(ulong seed)
        {
            var ladder = new Ladder(seed: seed);
            ladder.Connect(ladder.West);
            return [.. ladder.Wire.Select(w => Convert.ToHexString(w.Bytes))];
        }
    }

    internal static IsakmpHeader Header(byte[] bytes)
    {
        IsakmpHeader.TryRead(bytes, out var header, out _).Should().BeTrue();
        return header;
    }

    internal static IsakmpMessage Read(byte[] bytes)
    {
        IsakmpMessage.TryReadClear(bytes, out var message, out var error).Should().BeTrue(error.ToString());
        return message!;
    }

    internal static void NothingEstablished(Ladder ladder)
    {
        foreach (var side in new[] { ladder.West, ladder.East })
        {
            side.Endpoint.EstablishedSas.Should().BeEmpty();
            side.Endpoint.ChildSas.Should().BeEmpty();
            side.Saw<IkeSaEstablished>().Should().BeEmpty();
        }
    }

    private static byte[] Key(Ladder.Side side) => side.Saw<IkeSaKeyed>().Should().ContainSingle().Which.EncryptionKey.ToArray();
}
