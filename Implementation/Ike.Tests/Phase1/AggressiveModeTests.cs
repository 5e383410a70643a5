// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests.Phase1;

/// <summary>What aggressive mode does otherwise than main mode (RFC 2409 sections 5 and 5.4).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AggressiveModeTests
{
    [Test]
    public void ThreeMessagesAndOurLastOneIsEncrypted()
    {
        var ladder = Connected(Pair());
        ladder.Wire.Select(w => w.From).Should().Equal("west", "east", "west");
        ladder.Wire.Select(w => MainModeTests.Header(w.Bytes).IsEncrypted).Should().Equal(false, false, true);
        ladder.West.Endpoint.EstablishedSas.Should().ContainSingle().Which.Mode.Should().Be(Phase1Mode.Aggressive);
    }

    /// <summary>RFC 2409 section 5: the final message may be sent in clear. Then no block of phase 1 precedes quick mode but the first IV.</summary>
    [Test]
    public void TheLastMessageMayBeInClear()
    {
        var pair = Pair();
        var probe = Connected(pair);
        var plain = probe.West.Saw<MessageTraced>().Where(t => t.IsSent).ElementAt(1).Message;
        var ladder = new Ladder(pair) { Copies = number => number == 3 ? 0 : 1 };
        ladder.Connect(ladder.West, child: null);
        ladder.Wire[2].Bytes.Should().Equal(probe.Wire[2].Bytes);

        var clear = new IsakmpMessage(plain.Header with { Flags = IsakmpFlags.None }, plain.Payloads).Encode();
        ladder.Inject(ladder.East, clear).Should().BeEmpty();
        ladder.East.Endpoint.EstablishedSas.Should().ContainSingle();

        // East now goes on from the first IV. Someone with the keys must be able to read what it sends.
        ladder.Copies = _ => 0;
        ladder.Do(ladder.East, new InitiateChildSa("tunnel", "net"));
        var quick = ladder.Wire[^1].Bytes;
        var key = ladder.East.Saw<IkeSaKeyed>().Single().EncryptionKey;
        var ke = new[] { 0, 1 }.Select(i => MainModeTests.Read(ladder.Wire[i].Bytes).Find<KeyExchangePayload>()!.PublicValue.ToArray()).ToArray();
        var prf = PrfAlgorithm.Named("HMAC-SHA2-256");
        var firstIv = prf.Hash(ke[0], ke[1])[..16];
        var iv = prf.Hash(firstIv, quick.AsSpan(20, 4))[..16];
        using var cipher = EncryptionAlgorithm.Named("AES-CBC-128").CreateCbc(key.Span);
        var decrypted = new byte[quick.Length - IsakmpHeader.Size];
        cipher.Decrypt(iv, quick.AsSpan(IsakmpHeader.Size), decrypted);
        decrypted.AsSpan(0, 4).ToArray().Should().Equal([(byte)PayloadType.Sa, 0, 0, 36], "a HASH payload with SA behind it");
    }

    [Test]
    public void ADifferentPreSharedKeyEstablishesNothingAndIsToldUnderTheKeys()
    {
        var pair = Pair();
        var ladder = Connected(pair with { East = pair.East with { PreSharedKey = "another secret"u8.ToArray() } });
        ladder.West.Saw<DatagramDiscarded>().First().Should().Match<DatagramDiscarded>(d =>
            d.Clause == "RFC 2408 section 5.11" && d.Reason.Contains("HASH_R does not match", StringComparison.Ordinal));
        ladder.West.Sent(ExchangeType.Informational).First().Message.Header.IsEncrypted.Should().BeTrue("RFC 2408 section 5.14");
        ladder.Run(TimeSpan.FromMinutes(3));
        MainModeTests.NothingEstablished(ladder);
    }

    /// <summary>A wrong answer may be anyone's, so the right one is still welcome.</summary>
    [Test]
    public void AForgedAnswerDoesNotKeepOutTheRightOne()
    {
        var pair = Pair();
        var forger = Connected(pair with { East = pair.East with { PreSharedKey = "another secret"u8.ToArray() } });
        var ladder = new Ladder(pair) { Copies = number => number == 2 ? 0 : 1 };
        ladder.Connect(ladder.West, child: null);
        ladder.Inject(ladder.West, forger.Wire[1].Bytes);
        ladder.West.Endpoint.EstablishedSas.Should().BeEmpty();
        ladder.Inject(ladder.West, ladder.Wire[1].Bytes);
        ladder.West.Endpoint.EstablishedSas.Should().ContainSingle();
        ladder.East.Endpoint.EstablishedSas.Should().ContainSingle();
    }

    [Test]
    public void AnotherIdentityOfTheResponderAborts()
    {
        var pair = Pair();
        var ladder = Connected(pair with { West = pair.West with { RemoteIdentity = IdentificationPayload.Fqdn("someone.example") } });
        var told = ladder.East.Saw<PeerNotified>().Should().ContainSingle().Subject;
        (told.Notification.NotifyType, told.IsAuthenticated).Should().Be((NotifyType.InvalidIdInformation, true));
        ladder.Run(TimeSpan.FromMinutes(3));
        MainModeTests.NothingEstablished(ladder);
        ladder.West.Saw<ExchangeFailed>().Should().ContainSingle();
    }

    [Test]
    public void AnUnknownIdentityOfTheInitiatorIsRefusedAtOnce()
    {
        var pair = Pair();
        var ladder = Connected(pair with { West = pair.West with { LocalIdentity = IdentificationPayload.Fqdn("someone.example") } });
        ladder.Wire.Should().HaveCount(2);
        ladder.West.Saw<PeerNotified>().Should().ContainSingle().Which.Notification.NotifyType.Should().Be(NotifyType.InvalidIdInformation);
        MainModeTests.NothingEstablished(ladder);
        ladder.East.Deadline.Should().BeNull("nothing is kept for it");
    }

    /// <summary>RFC 2409 section 5.4: the identity says which pre-shared key is meant, whatever the address.</summary>
    [Test]
    public void TheIdentityChoosesThePreSharedKey()
    {
        var pair = Pair();
        var ladder = new Ladder(pair with { East = Roaming(pair.East, "other", IdentificationPayload.Fqdn("other.example"), "its secret") });
        ladder.East.Endpoint.Add(Roaming(pair.East, "anyone", IdentityPattern.Any, "everybody's secret")).Should().BeEmpty();
        ladder.East.Endpoint.Add(Roaming(pair.East, "tunnel", IdentificationPayload.Fqdn("west.example"), "a shared secret of two gateways")).Should().BeEmpty();
        ladder.Connect(ladder.West);
        ladder.East.Endpoint.EstablishedSas.Should().ContainSingle().Which.Connection.Should().Be("tunnel");
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
    }

    /// <summary>RFC 2407 section 4.6.2.12: a key ID exists to name pre-shared keys in aggressive mode.</summary>
    [Test]
    public void AKeyIdNamesThePreSharedKey()
    {
        var pair = Pair();
        var id = IdentificationPayload.KeyId("group 7"u8.ToArray());
        Connected(pair with { West = pair.West with { LocalIdentity = id }, East = pair.East with { RemoteIdentity = id } })
            .East.Endpoint.EstablishedSas.Should().ContainSingle().Which.PeerIdentity.Should().Be(id);
    }

    [TestCase(Phase1Mode.Main, Phase1Mode.Aggressive)]
    [TestCase(Phase1Mode.Aggressive, Phase1Mode.Main)]
    public void AModeThatIsNotAcceptedIsNotAnswered(Phase1Mode started, Phase1Mode accepted)
    {
        var pair = new PolicyPair();
        pair = pair with { West = pair.West with { Mode = started }, East = pair.East with { AcceptedModes = [accepted] } };
        var ladder = Connected(pair);
        ladder.Wire.Should().OnlyContain(w => w.From == "west");
        ladder.East.Saw<DatagramDiscarded>().Should().Contain(d => d.Reason.Contains($"accepts {started} mode", StringComparison.Ordinal));
    }

    /// <summary>RFC 2409 section 5: the exchange type does not change in the middle of an exchange.</summary>
    [TestCase(Phase1Mode.Main, 3)]
    [TestCase(Phase1Mode.Aggressive, 3)]
    [TestCase(Phase1Mode.Aggressive, 2)]
    public void TheExchangeTypeDoesNotChange(Phase1Mode mode, int message)
    {
        var pair = new PolicyPair();
        var both = System.Collections.Immutable.ImmutableArray.Create(Phase1Mode.Main, Phase1Mode.Aggressive);
        pair = new PolicyPair { West = pair.West with { Mode = mode, AcceptedModes = both }, East = pair.East with { AcceptedModes = both } };
        var ladder = new Ladder(pair) { Copies = number => number == message ? 0 : 1 };
        ladder.Connect(ladder.West, child: null);
        var other = MethodBend.FlipAt(ladder.Wire[message - 1].Bytes.ToArray(), 18, 2 ^ 4);
        var receiver = message % 2 == 1 ? ladder.East : ladder.West;
        ladder.Inject(receiver, other).Should().BeEmpty();
        receiver.Endpoint.EstablishedSas.Should().BeEmpty();
        ladder.Run(TimeSpan.FromSeconds(30));
        ladder.East.Endpoint.EstablishedSas.Should().ContainSingle();
    }

    [Test]
    public void AConnectionToAnywhereCannotBeStarted()
    {
        var pair = Pair();
        var ladder = new Ladder(pair with { East = pair.East with { Remote = new IPEndPoint(IPAddress.Any, 500) } });
        FluentActions.Invoking(() => ladder.East.Endpoint.Handle(new InitiateIkeSa("tunnel"), ladder.Now)).Should().Throw<ArgumentException>();
    }

    [Test]
    public void BothModesFromAnyAddress([Values] Phase1Mode mode)
    {
        var pair = new PolicyPair();
        var ladder = new Ladder(pair with
        {
            West = pair.West with { Mode = mode },
            East = pair.East with { Remote = new IPEndPoint(IPAddress.Any, 500), AcceptedModes = [mode] },
        });
        ladder.Connect(ladder.West);
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
    }

    /// <summary>RFC 4945 section 3.1.10: with keys that tell nothing of the peer the identity in message 5 chooses the connection.</summary>
    [Test]
    public void InMainModeTheIdentityChoosesAmongConnectionsOfOneAddress()
    {
        var pair = Methods.Pair(Phase1Mode.Main, AuthenticationMethod.RsaSignatures);
        var ladder = new Ladder(pair with { East = pair.East with { Name = "first", RemoteIdentity = IdentificationPayload.Fqdn("other.example") } });
        ladder.East.Endpoint.Add(pair.East with { Name = "any", RemoteIdentity = IdentityPattern.Any }).Should().BeEmpty();
        ladder.East.Endpoint.Add(pair.East).Should().BeEmpty();
        ladder.Connect(ladder.West);
        ladder.East.Endpoint.EstablishedSas.Should().ContainSingle().Which.Connection.Should().Be("tunnel");
        ladder.East.Endpoint.ChildSas.Should().ContainSingle().Which.Connection.Should().Be("tunnel");
    }

    /// <summary>In main mode the address chose the pre-shared key; an identity cannot change to a connection with another.</summary>
    [Test]
    public void InMainModeTheIdentityCannotChooseAnotherPreSharedKey()
    {
        var pair = new PolicyPair();
        var ladder = new Ladder(pair with { East = pair.East with { Name = "first", RemoteIdentity = IdentificationPayload.Fqdn("other.example") } });
        ladder.East.Endpoint.Add(pair.East with { PreSharedKey = "another secret"u8.ToArray() }).Should().BeEmpty();
        ladder.Connect(ladder.West, child: null);
        MainModeTests.NothingEstablished(ladder);
    }

    /// <summary>A message 1 costs its sender nothing: what is kept and said for it is bounded (RFC 2408 section 1.7.1).</summary>
    [Test]
    public void AFloodOfOffersIsBounded()
    {
        var pair = Pair();
        var ladder = new Ladder(pair, limits: new IkeV1Limits { HalfOpenSas = 5 });
        var probe = new Ladder(pair) { Copies = _ => 0 };
        probe.Connect(probe.West, child: null);
        for (byte i = 1; i <= 9; i++)
        {
            var offer = probe.Wire[0].Bytes.ToArray();
            offer.AsSpan(0, 8).Fill(i);
            ladder.Inject(ladder.East, offer).Should().ContainSingle();
        }

        ladder.East.Saw<IkeSaClosed>().Should().HaveCount(4);
        ladder.Connect(ladder.West);
        ladder.East.Endpoint.ChildSas.Should().ContainSingle("a flood from before does not lock out the peer");
        var sent = ladder.Wire.Count;
        ladder.Run(TimeSpan.FromMinutes(5));
        (ladder.Wire.Count - sent).Should().BeLessThanOrEqualTo(5 * 3, "each answer is repeated three times and no more");
        ladder.East.Saw<IkeSaClosed>().Should().HaveCount(9, "what is half open is given up in the end");
    }

    [Test]
    public void ErrorsAreNotifiedSparinglyAndNeverLarger()
    {
        var ladder = new Ladder(Pair());
        var probe = new Ladder(Pair()) { Copies = _ => 0 };
        probe.Connect(probe.West, child: null);
        for (var i = 0; i < 500; i++)
        {
            var offer = probe.Wire[0].Bytes.ToArray();
            offer[3] = (byte)i;
            offer[IsakmpHeader.Size + 1 + (i % 60)] ^= 0xFF;
            foreach (var answer in ladder.Inject(ladder.East, offer).Where(a => MainModeTests.Header(a).ExchangeType == ExchangeType.Informational))
            {
                answer.Length.Should().BeLessThanOrEqualTo(offer.Length);
            }
        }

        ladder.East.Sent(ExchangeType.Informational).Should().HaveCountLessThanOrEqualTo(IkeV1Limits.Default.ErrorNotifications);
    }

    /// <summary>
    /// RFC 2408 section 3.6: padding may stand at the end of a message to make it a multiple of four octets, which Libreswan does. The
    /// signed octets of HASH_I are those of the payloads, so nothing else is changed by it.
    /// </summary>
    [TestCase("w.example", 0, true)]
    [TestCase("we.example", 0, true)]
    [TestCase("wes.example", 0, true)]
    [TestCase("wes.example", 1, false)]
    [TestCase("we.example", 9, false)]
    public void AMessageMayBePaddedWithZeroToAMultipleOfFour(string identity, byte padding, bool isTaken)
    {
        var pair = Pair();
        var name = IdentificationPayload.Fqdn(identity);
        pair = pair with { West = pair.West with { LocalIdentity = name }, East = pair.East with { RemoteIdentity = IdentityPattern.Exactly(name) } };
        var ladder = new Ladder(pair) { Alter = (number, bytes) => number == 1 ? Padded(bytes, padding) : bytes };
        ladder.Connect(ladder.West, child: null);
        ladder.Wire.Count.Should().Be(isTaken ? 3 : ladder.Wire.Count);
        ladder.East.Endpoint.EstablishedSas.Should().HaveCount(isTaken ? 1 : 0);

        static byte[] Padded(byte[] message, byte padding)
        {
            var missing = (4 - (message.Length % 4)) % 4;
            missing.Should().NotBe(0, "the test is about messages that are no multiple of four");
            byte[] padded = [.. message, .. Enumerable.Repeat(padding, missing)];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(padded.AsSpan(24), (uint)padded.Length);
            return padded;
        }
    }

    private static PolicyPair Pair() => Methods.Pair(Phase1Mode.Aggressive, AuthenticationMethod.PreSharedKey);

    private static ConnectionPolicy Roaming(ConnectionPolicy policy, string name, IdentityPattern identity, string secret) => policy with
    {
        Name = name,
        Remote = new IPEndPoint(IPAddress.Any, 500),
        RemoteIdentity = identity,
        PreSharedKey = System.Text.Encoding.ASCII.GetBytes(secret),
    };

    private static Ladder Connected(PolicyPair pair)
    {
        var ladder = new Ladder(pair);
        ladder.Connect(ladder.West, child: null);
        return ladder;
    }
}
