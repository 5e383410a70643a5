// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Observation;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using NUnit.Framework;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Fixtures.Judgement.Tests.Oracles;

/// <summary>The oracles about what becomes of SAs: notifications, Deletes, lifetimes, repetitions, dead peer detection.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LifeOraclesTests
{
    private static readonly IReadOnlyList<ObservedIke> Seen = [.. Conversation.Recorded().OfType<ObservedIke>()];

    /// <summary>An encrypted message after phase 1, whose payloads the tests replace.</summary>
    private static ObservedIke Protected => Seen[8];

    private static ObservedIke Clear => Seen[0];

    private static Cookie Initiator => Protected.Header.InitiatorCookie;

    private static Cookie Responder => Protected.Header.ResponderCookie;

    private static byte[] Cookies => [.. Initiator.ToBytes(), .. Responder.ToBytes()];

    [Test]
    public void ANotificationThatFits()
    {
        NotificationOracle.Layout([With(Of(NotifyType.NoProposalChosen, [1, 2, 3, 4], ProtocolId.Esp)), With(Of(NotifyType.NoProposalChosen, [], ProtocolId.Isakmp))])
            .Should().BeNull();
        NotificationOracle.Layout([Protected]).Should().Be(new Finding("notifications to judge", "none"));
        NotificationOracle.Layout([Protected.Unread()]).Should().NotBeNull();
    }

    [TestCase(ProtocolId.Esp, 0)]
    [TestCase(ProtocolId.Ah, 16)]
    [TestCase(ProtocolId.Isakmp, 17)]
    [TestCase((ProtocolId)0, 0)]
    public void AnSpiOfAnotherSize(ProtocolId protocol, int size) =>
        NotificationOracle.Layout([With(Of(NotifyType.NoProposalChosen, new byte[size], protocol))]).Should().NotBeNull();

    [Test]
    public void StatusNeedsProtection()
    {
        var status = Of(NotifyType.InitialContact, Cookies, ProtocolId.Isakmp);
        NotificationOracle.StatusIsProtected([With(status)]).Should().BeNull();
        NotificationOracle.StatusIsProtected([With(status), Clear.WithPayloads(_ => [status])])!.Came.Should().Contain("in clear");
        NotificationOracle.StatusIsProtected([With(Of(NotifyType.PayloadMalformed, [], ProtocolId.Isakmp))]).Should().NotBeNull("an error is no status");
    }

    [Test]
    public void InitialContactNamesBothCookies()
    {
        var honest = Of(NotifyType.InitialContact, Cookies, ProtocolId.Isakmp);
        NotificationOracle.InitialContact([With(honest)]).Should().BeNull();
        NotificationPayload[] bent = [honest with { Doi = 0 }, honest with { Spi = Cookies.AsMemory(0, 8) }, honest with { ProtocolId = ProtocolId.Esp }];
        bent.Should().OnlyContain(notification => NotificationOracle.InitialContact(new[] { With(notification) }) != null);
        NotificationOracle.InitialContact([Clear.WithPayloads(_ => [honest])]).Should().NotBeNull();
        NotificationOracle.InitialContact([Protected]).Should().NotBeNull();
        NotificationOracle.InitialContact([With(honest with { Data = new byte[1] })]).Should().BeNull("that is a matter of its own");
    }

    [Test]
    public void InitialContactHasNoData()
    {
        var honest = Of(NotifyType.InitialContact, Cookies, ProtocolId.Isakmp);
        NotificationOracle.InitialContactIsEmpty([With(honest)]).Should().BeNull();
        NotificationOracle.InitialContactIsEmpty([With(honest with { Data = new byte[1] })]).Should().NotBeNull();
    }

    [Test]
    public void ProbesHaveANumberOfFourOctets()
    {
        NotificationOracle.Probes([With(Probe(NotifyType.RUThereAck, 7))]).Should().BeNull();
        NotificationOracle.Probes([With(Probe(NotifyType.RUThere, 7) with { Data = new byte[3] })]).Should().NotBeNull();
        NotificationOracle.Probes([With(Probe(NotifyType.RUThere, 7)), With(Probe(NotifyType.RUThereAck, 7) with { Spi = new byte[16] })]).Should().NotBeNull();
    }

    [Test]
    public void ResponderLifetimeTellsTheTrueLife()
    {
        byte[] tenMinutes = [0x80, 1, 0, 1, 0x80, 2, 0x02, 0x58];
        var honest = Of(NotifyType.ResponderLifetime, [1, 2, 3, 4], ProtocolId.Esp) with { Data = tenMinutes };
        NotificationOracle.ResponderLifetime([With(honest)], 600).Should().BeNull();
        NotificationOracle.ResponderLifetime([With(honest)], 601).Should().NotBeNull();
        NotificationOracle.ResponderLifetime([With(honest with { Spi = new byte[16] })], 600).Should().NotBeNull();
        NotificationOracle.ResponderLifetime([With(honest with { ProtocolId = ProtocolId.Isakmp, Spi = Cookies })], 600).Should().NotBeNull("phase 1 has other attributes");
        NotificationOracle.ResponderLifetime([Protected], 600)!.Came.Should().Be("no RESPONDER-LIFETIME");
    }

    [Test]
    public void OneDeleteNamesTheIkeSa()
    {
        DeletePayload honest = new(1, ProtocolId.Isakmp, 16, [Cookies]);
        CookieOracle.DeleteOfTheIkeSa([With(honest)], Initiator, Responder).Should().BeNull();
        CookieOracle.DeleteOfTheIkeSa([With(honest)], Responder, Initiator).Should().NotBeNull();
        CookieOracle.DeleteOfTheIkeSa([With(honest), With(honest)], Initiator, Responder).Should().NotBeNull();
        CookieOracle.DeleteOfTheIkeSa([Clear.WithPayloads(_ => [honest])], Initiator, Responder).Should().NotBeNull();
        CookieOracle.DeleteOfTheIkeSa([With(honest with { ProtocolId = ProtocolId.Esp })], Initiator, Responder)!.Came.Should().Be("none");
    }

    [Test]
    public void CookiesKeepTheirOrder()
    {
        CookieOracle.SameOrder([Protected], Initiator, Responder).Should().BeNull();
        CookieOracle.SameOrder([Protected, Protected.WithHeader(h => h with { InitiatorCookie = Responder, ResponderCookie = Initiator })], Initiator, Responder)!
            .Came.Should().EndWith($"{Responder} {Initiator}");
        CookieOracle.SameOrder([], Initiator, Responder).Should().NotBeNull();
    }

    [Test]
    public void EveryTransformNamesTheLife()
    {
        var phase1 = Seen.Where(m => m.Header.MessageId == 0).ToArray();
        LifetimeOracle.EveryTransform(phase1, isPhase1: true, 28800).Should().BeNull();
        LifetimeOracle.EveryTransform(phase1, isPhase1: true, 3600)!.Came.Should().Be("frame 1: 28800 seconds");
        LifetimeOracle.EveryTransform(phase1.But(1, m => m.WithAttribute(Phase1Attribute.LifeType, a => DataAttribute.Basic(a.Type, 2))), isPhase1: true, 28800)!
            .Came.Should().Be("frame 2: no life in seconds");
        LifetimeOracle.EveryTransform([Protected], isPhase1: false, 3600)!.Came.Should().Be("no transform");
    }

    [TestCase(true, 0, 1000, 2400)]
    [TestCase(false, 0, 1000, 2000)]
    [TestCase(false, 0, 1000, 1900)]
    [TestCase(false, 0, 1000)]
    public void IntervalsGrow(bool holds, params int[] milliseconds)
    {
        ObservedIke[] copies = [.. milliseconds.Select(at => Clear with { Time = Clear.Time.AddMilliseconds(at) })];
        (RepetitionOracle.GrowingIntervals(copies, 3) is null).Should().Be(holds);
    }

    [TestCase(true, 5u, 6u, 7u)]
    [TestCase(false, 5u)]
    [TestCase(false, 5u, 5u)]
    [TestCase(false, 5u, 7u)]
    [TestCase(false, 0x8000_0000u, 0x8000_0001u)]
    public void QuestionsCountUp(bool holds, params uint[] numbers) => (ProbeOracle.CountsUp(numbers) is null).Should().Be(holds);

    [Test]
    public void OnlyWhatDeservesItIsAcknowledged()
    {
        var numbers = ProbeOracle.Numbers([With(Probe(NotifyType.RUThereAck, 7)), With(Probe(NotifyType.RUThere, 8))], NotifyType.RUThereAck);
        ProbeOracle.Acknowledged(numbers, [7]).Should().BeNull();
        ProbeOracle.Acknowledged(numbers, [7, 8]).Should().NotBeNull();
        ProbeOracle.Acknowledged([], [7])!.Came.Should().Be("no R-U-THERE-ACK");
    }

    [Test]
    public void TheVendorIdHasAnyVersion()
    {
        byte[] id = [.. VendorIds.DeadPeerDetection.ToArray()];
        ProbeOracle.Announced([Clear.WithPayloads(_ => [new VendorIdPayload((byte[])[.. id[..14], 2, 5])])]).Should().BeNull();
        ProbeOracle.Announced([Clear.WithPayloads(_ => [new VendorIdPayload(id.AsMemory(0, 14))])]).Should().NotBeNull();
        ProbeOracle.Announced([Clear.WithPayloads(_ => [new VendorIdPayload((byte[])[1, .. id[1..]])])]).Should().NotBeNull();
        ProbeOracle.Announced([])!.Came.Should().Be("no vendor ID");
    }

    private static ObservedIke With(Payload payload) => Protected.WithPayloads(_ => [payload]);

    private static NotificationPayload Of(NotifyType type, byte[] spi, ProtocolId protocol) => new(1, protocol, spi, type, default);

    private static NotificationPayload Probe(NotifyType type, byte number) => Of(type, Cookies, ProtocolId.Isakmp) with { Data = new byte[] { 0, 0, 0, number } };
}
