// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Observation;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using NUnit.Framework;
using Cookie = Ipsec.Wire.Isakmp.Cookie;

namespace Ipsec.Fixtures.Judgement.Tests.Oracles;

/// <summary>What of the frames behind a bent message is a reaction to it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ReactionOracleTests
{
    private static readonly Cookie First = new(1);
    private static readonly Cookie Second = new(2);
    private static readonly byte[] Bent = Message(First, ExchangeType.IdentityProtection, new KeyExchangePayload(new byte[3]));
    private static readonly byte[] Next = Message(First, ExchangeType.IdentityProtection, new KeyExchangePayload(new byte[9]));
    private static readonly byte[] OtherNext = Message(Second, ExchangeType.IdentityProtection, new KeyExchangePayload(new byte[9]));
    private static readonly byte[] Error = Message(First, ExchangeType.Informational, Notification(NotifyType.InvalidCookie), 7);
    private static readonly byte[] Status = Message(First, ExchangeType.Informational, Notification(NotifyType.InitialContact), 8);
    private static readonly byte[] OtherVersion = [.. Next[..17], 0x20, .. Next[18..]];

    [Test]
    public void SilenceIsNoReaction()
    {
        var oracle = Oracle(Bent, (true, Bent));
        oracle.DoesNotGoOn().Should().BeNull();
        oracle.NothingOrOneOf([]).Should().BeNull();
        oracle.GoesOn()!.Came.Should().Be("silence");
    }

    [Test]
    public void TheNextMessageIsGoingOn()
    {
        var oracle = Oracle(Bent, (true, Bent), (false, Next));
        oracle.DoesNotGoOn()!.Came.Should().StartWith("frame 2: east: Identity Protection");
        oracle.GoesOn().Should().BeNull();
    }

    [Test]
    public void WhatCameBeforeOrIsSentAgainIsNoReaction() => Oracle(Bent, (false, Next), (true, Bent), (false, Next)).DoesNotGoOn().Should().BeNull();

    [Test]
    public void AnotherExchangeIsNoReaction() => Oracle(Bent, (true, Bent), (false, OtherNext), (true, Next)).DoesNotGoOn().Should().BeNull();

    [Test]
    public void AnotherVersionOfTheProtocolIsNotGoingOn() => Oracle(Bent, (true, Bent), (false, OtherVersion)).DoesNotGoOn().Should().BeNull();

    [Test]
    public void AnErrorMustBeOneOfThoseNamed()
    {
        var oracle = Oracle(Bent, (true, Bent), (false, Error), (false, Status));
        oracle.DoesNotGoOn().Should().BeNull("an error ends the exchange");
        oracle.NothingOrOneOf([NotifyType.InvalidCookie]).Should().BeNull();
        oracle.NothingOrOneOf([NotifyType.InvalidFlags])!.Came.Should().Be("InvalidCookie");
        oracle.GoesOn()!.Came.Should().Be("an error notification: InvalidCookie");
    }

    [Test]
    public void OneErrorForEachTransmission()
    {
        var again = Message(First, ExchangeType.Informational, Notification(NotifyType.InvalidCookie), 9);
        Oracle(Bent, (true, Bent), (false, Error), (false, again)).NothingOrOneOf([NotifyType.InvalidCookie])!.Came.Should().Be("InvalidCookie, InvalidCookie");
        Oracle(Bent, (true, Bent), (false, Error), (true, Bent), (false, again)).NothingOrOneOf([NotifyType.InvalidCookie]).Should().BeNull();
    }

    [Test]
    public void TheReactionMayNameTheCookieThatWasBent()
    {
        byte[] foreign = [.. Second.ToBytes(), .. Bent[8..]];
        var oracle = new ReactionOracle(Frames((true, foreign), (false, OtherNext)), Header(Bent), foreign, "east");
        oracle.DoesNotGoOn().Should().NotBeNull();
    }

    [Test]
    public void HalfAHeaderIsNotTheMessageThatBeginsLikeIt()
    {
        var half = Bent[..14];
        var oracle = new ReactionOracle(Frames((true, Bent), (false, Next), (true, half)), Header(Bent), half, "east");
        oracle.DoesNotGoOn().Should().BeNull("the next message came before");
    }

    [Test]
    public void OtherQuickModesGoOnBeside()
    {
        var bent = Message(First, ExchangeType.QuickMode, new NoncePayload(new byte[8]), 5);
        var other = Message(First, ExchangeType.QuickMode, new NoncePayload(new byte[9]), 6);
        var own = Message(First, ExchangeType.QuickMode, new NoncePayload(new byte[9]), 5);
        Oracle(bent, (true, bent), (false, other)).DoesNotGoOn().Should().BeNull();
        Oracle(bent, (true, bent), (false, own)).DoesNotGoOn().Should().NotBeNull();
    }

    private static ReactionOracle Oracle(byte[] bent, params (bool FromWest, byte[] Datagram)[] sent) => new(Frames(sent), Header(bent), bent, "east");

    private static IReadOnlyList<ObservedFrame> Frames(params (bool FromWest, byte[] Datagram)[] sent) =>
        Conversation.Observe(sent.Select(item => Conversation.Ike(item.FromWest, item.Datagram)), WireKeys.None);

    private static IsakmpHeader Header(byte[] datagram) => IsakmpHeader.TryRead(datagram, out var header, out _) ? header : default;

    private static NotificationPayload Notification(NotifyType type) => new(1, ProtocolId.Isakmp, ReadOnlyMemory<byte>.Empty, type, ReadOnlyMemory<byte>.Empty);

    private static byte[] Message(Cookie cookie, ExchangeType exchange, Payload payload, uint messageId = 0) =>
        new IsakmpMessage(new(cookie, new(3), PayloadType.None, IsakmpHeader.Version10, exchange, IsakmpFlags.None, messageId, 0), [payload]).Encode();
}
