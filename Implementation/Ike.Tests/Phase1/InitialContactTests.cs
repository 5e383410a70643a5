// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests.Phase1;

/// <summary>INITIAL-CONTACT: RFC 2407 sections 4.6.3 and 4.6.3.3.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class InitialContactTests
{
    [Test]
    public void ItIsInTheLastMessageOfMainMode()
    {
        var ladder = new Ladder(Pair(Phase1Mode.Main));
        ladder.Connect(ladder.West, child: null);
        var (message, notification) = Sent(ladder.West).Should().ContainSingle().Subject;
        (message.Header.ExchangeType, message.Header.IsEncrypted).Should().Be((ExchangeType.IdentityProtection, true));
        (notification.Doi, notification.ProtocolId, notification.Spi.Length, notification.Data.Length).Should().Be((1u, ProtocolId.Isakmp, 16, 0));
        notification.Spi.ToArray().Should().Equal([.. message.Header.InitiatorCookie.ToBytes(), .. message.Header.ResponderCookie.ToBytes()]);
    }

    /// <summary>RFC 2407 section 4.6.3: never within aggressive mode.</summary>
    [Test]
    public void ItFollowsAggressiveModeInAnInformationalExchange()
    {
        var ladder = new Ladder(Pair(Phase1Mode.Aggressive));
        ladder.Connect(ladder.West);
        var (message, _) = Sent(ladder.West).Should().ContainSingle().Subject;
        (message.Header.ExchangeType, message.Header.IsEncrypted).Should().Be((ExchangeType.Informational, true));
        ladder.East.Saw<PeerNotified>().Should().ContainSingle().Which.IsAuthenticated.Should().BeTrue();
        ladder.East.Endpoint.ChildSas.Should().ContainSingle("what the new IKE SA makes stays");
    }

    [Test]
    public void ItIsOnlyForTheFirstSa([Values] Phase1Mode mode)
    {
        var ladder = new Ladder(Pair(mode));
        ladder.Connect(ladder.West);
        ladder.Do(ladder.West, new InitiateIkeSa("tunnel"));
        Sent(ladder.West).Should().ContainSingle();
        ladder.East.Endpoint.EstablishedSas.Should().HaveCount(2);
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
    }

    [Test]
    public void ThePolicyMayForbidIt([Values] Phase1Mode mode)
    {
        var ladder = new Ladder(Methods.Pair(mode, AuthenticationMethod.PreSharedKey));
        ladder.Connect(ladder.West);
        Sent(ladder.West).Should().BeEmpty();
    }

    /// <summary>West has forgotten everything, as after a reboot; east learns it and forgets too.</summary>
    [Test]
    public void WhatWasLeftOfThePeerIsRemoved([Values] Phase1Mode mode)
    {
        var ladder = new Ladder(Pair(mode));
        ladder.Connect(ladder.West);
        var old = ladder.East.Endpoint.ChildSas.Single();
        var again = Reborn(ladder, mode);

        ladder.East.Saw<RemoveChildSa>().Should().ContainSingle().Which.Pair.Should().Be(old);
        ladder.East.Saw<IkeSaClosed>().Should().ContainSingle().Which.Reason.Should().Contain("INITIAL-CONTACT");
        ladder.East.Endpoint.EstablishedSas.Should().ContainSingle().Which.InitiatorCookie.Should().Be(again);
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
    }

    /// <summary>Without the notification old and new live side by side: it may be another device behind the same address.</summary>
    [Test]
    public void WithoutItNothingIsRemoved([Values] Phase1Mode mode)
    {
        var ladder = new Ladder(Methods.Pair(mode, AuthenticationMethod.PreSharedKey));
        ladder.Connect(ladder.West);
        Reborn(ladder, mode, sends: false);
        ladder.East.Endpoint.EstablishedSas.Should().HaveCount(2);
        ladder.East.Endpoint.ChildSas.Should().HaveCount(2);
    }

    [Test]
    public void AnotherPeersSasStay()
    {
        var pair = Pair(Phase1Mode.Aggressive);
        var ladder = new Ladder(pair);
        var other = pair.East with { Name = "other", RemoteIdentity = IdentificationPayload.Fqdn("other.example") };
        ladder.East.Endpoint.Add(other).Should().BeEmpty();
        ladder.Connect(ladder.West);
        Reborn(ladder, Phase1Mode.Aggressive, identity: IdentificationPayload.Fqdn("other.example"));
        ladder.East.Endpoint.EstablishedSas.Should().HaveCount(2);
        ladder.East.Endpoint.ChildSas.Should().HaveCount(2);
    }

    /// <summary>
    /// With the hybrid method phase 1 proves nothing of the client, and users share an identity: only whoever is let in as the same user
    /// ends what was left of that user.
    /// </summary>
    [TestCase("joe", true)]
    [TestCase("jim", false)]
    public void AfterExtendedAuthenticationItIsTheUserThatCounts(string user, bool isSame)
    {
        var pair = Methods.Pair(Phase1Mode.Main, AuthenticationMethod.HybridInitRsa);
        XauthUser first = new("joe", "secret one"u8.ToArray()), second = new("jim", "secret two"u8.ToArray());
        pair = pair with { West = As(first), East = pair.East with { Xauth = new() { Users = [first, second] } } };
        var ladder = new Ladder(pair);
        ladder.Connect(ladder.West);
        ladder.East.Endpoint.ChildSas.Should().ContainSingle(MethodTests.Reasons(ladder));
        Reborn(ladder, As(user == "joe" ? first : second) with { InitialContact = true }, null);
        ladder.East.Endpoint.EstablishedSas.Should().HaveCount(isSame ? 1 : 2);

        ConnectionPolicy As(XauthUser credentials) => pair.West with { Xauth = new() { Credentials = credentials } };
    }

    /// <summary>Whoever is not let in ends nothing.</summary>
    [Test]
    public void ARefusedUserEndsNothing()
    {
        var pair = Methods.Pair(Phase1Mode.Main, AuthenticationMethod.HybridInitRsa);
        var ladder = new Ladder(pair);
        ladder.Connect(ladder.West);
        var established = ladder.East.Endpoint.EstablishedSas.Single();
        var pair2 = pair.West with { InitialContact = true, Xauth = new() { Credentials = pair.West.Xauth!.Credentials! with { Password = "guess"u8.ToArray() } } };
        Reborn(ladder, pair2, null, mustSucceed: false);
        ladder.East.Endpoint.EstablishedSas.Should().Contain(sa => sa.InitiatorCookie == established.InitiatorCookie);
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
    }

    /// <summary>In aggressive mode nothing protects a notification, and before the proof nothing does in main mode either.</summary>
    [TestCase(Phase1Mode.Aggressive, 1)]
    [TestCase(Phase1Mode.Aggressive, 3)]
    [TestCase(Phase1Mode.Main, 1)]
    [TestCase(Phase1Mode.Main, 3)]
    public void WhereItIsNotProtectedItRemovesNothing(Phase1Mode mode, int message)
    {
        var ladder = new Ladder(Methods.Pair(mode, AuthenticationMethod.PreSharedKey));
        ladder.Connect(ladder.West);
        var seam = new MethodBend(message, "INITIAL-CONTACT")
        {
            Payloads = payloads => payloads.Add(new NotificationPayload(1, ProtocolId.Isakmp, ReadOnlyMemory<byte>.Empty, NotifyType.InitialContact, ReadOnlyMemory<byte>.Empty)),
        };
        Reborn(ladder, mode, sends: false, seam: seam);
        ladder.East.Saw<PeerNotified>().Should().ContainSingle().Which.IsAuthenticated.Should().BeFalse();
        ladder.East.Endpoint.ChildSas.Should().HaveCount(2);
    }

    /// <summary>A west that knows nothing of the first connects to the same east.</summary>
    private static Cookie Reborn(Ladder ladder, Phase1Mode mode, bool sends = true, IdentificationPayload? identity = null, MethodBend? seam = null)
    {
        var pair = Methods.Pair(mode, AuthenticationMethod.PreSharedKey);
        return Reborn(ladder, pair.West with { InitialContact = sends, LocalIdentity = identity ?? pair.West.LocalIdentity }, seam);
    }

    private static Cookie Reborn(Ladder ladder, ConnectionPolicy policy, MethodBend? seam, bool mustSucceed = true)
    {
        var west = new V1.IkeV1Endpoint(new Crypto.SeededRandomSource(99), seam);
        west.Add(policy).Should().BeEmpty();
        var pending = new Queue<SendDatagram>(west.Handle(new InitiateChildSa("tunnel", "net"), ladder.Now).Effects.OfType<SendDatagram>());
        while (pending.TryDequeue(out var datagram))
        {
            foreach (var answer in ladder.Inject(ladder.East, datagram.Bytes.ToArray()))
            {
                var outcome = west.Handle(new DatagramReceived(PolicyPair.WestEnd, PolicyPair.EastEnd, answer), ladder.Now);
                outcome.Effects.OfType<SendDatagram>().ToList().ForEach(pending.Enqueue);
            }
        }

        if (mustSucceed)
        {
            west.EstablishedSas.Should().ContainSingle();
        }

        return west.EstablishedSas.Select(sa => sa.InitiatorCookie).FirstOrDefault();
    }

    private static PolicyPair Pair(Phase1Mode mode)
    {
        var pair = Methods.Pair(mode, AuthenticationMethod.PreSharedKey);
        return pair with { West = pair.West with { InitialContact = true } };
    }

    private static IEnumerable<(IsakmpMessage Message, NotificationPayload Notification)> Sent(Ladder.Side side) => side.Saw<MessageTraced>()
        .Where(t => t.IsSent && !t.IsRepeat)
        .SelectMany(t => t.Message.All<NotificationPayload>().Where(n => n.NotifyType == NotifyType.InitialContact).Select(n => (t.Message, n)));
}
