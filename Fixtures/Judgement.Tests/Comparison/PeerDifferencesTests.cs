// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Support;
using NUnit.Framework;
using static Ipsec.Fixtures.Judgement.Tests.Comparison.HandMadeTrace;

namespace Ipsec.Fixtures.Judgement.Tests.Comparison;

/// <summary>Each kind of difference: found where there is one, with its frames, and not where there is none.</summary>
public sealed class PeerDifferencesTests
{
    private static HandMadeTrace A => new("a");

    private static HandMadeTrace B => new("b", sa: "1112131415161718");

    [Test]
    public void RandomThingsAreNoDifference()
    {
        var a = A.West(MainMode, "SA").East(MainMode, "SA").West("Quick Mode", "HASH, SA, NONCE, ID, ID", "0000aaaa", true).East("Quick Mode", "HASH, SA, NONCE, ID, ID", "0000aaaa", true);
        var b = B.West(MainMode, "SA").Esp("east").East(MainMode, "SA").West("Quick Mode", "HASH, SA, NONCE, ID, ID", "0000bbbb", true).East("Quick Mode", "HASH, SA, NONCE, ID, ID", "0000bbbb", true);

        Compare(a, b).Should().BeEmpty("cookies, message IDs, and traffic in between differ from run to run");
    }

    [Test]
    public void WhatWestDoesIsNoDifference() =>
        Compare(A.West(MainMode, "SA, VID(aa)").East(MainMode, "SA"), B.West(MainMode, "VID(bb), SA").East(MainMode, "SA")).Should().BeEmpty();

    [Test]
    public void TheSuiteThatIsChosen()
    {
        var a = A.West(MainMode, "SA").East(MainMode, "SA(AesCbc: KeyLength=128+LifeType=Seconds)");
        var b = B.West(MainMode, "SA").East(MainMode, "SA(AesCbc: KeyLength=256+LifeType=Seconds)");

        Compare(a, b).Should().ContainSingle().Which.Should().BeEquivalentTo(new Difference(
            DifferenceKind.Proposals,
            "chosen in Identity Protection #2",
            new("AesCbc: KeyLength=128, LifeType=Seconds", [2]),
            new("AesCbc: KeyLength=256, LifeType=Seconds", [2])));
    }

    [Test]
    public void TheOrderOfAttributesAloneIsLayout()
    {
        var a = A.East(MainMode, "SA(AesCbc: KeyLength=128+LifeType=Seconds)");
        var b = B.East(MainMode, "SA(AesCbc: LifeType=Seconds+KeyLength=128)");

        var difference = Compare(a, b).Should().ContainSingle().Which;
        difference.Aspect.Should().Be("order of attributes in Identity Protection #1");
        difference.A.Text.Should().Be("KeyLength, LifeType");
        difference.B.Text.Should().Be("LifeType, KeyLength");
    }

    [Test]
    public void TheOrderOfPayloads()
    {
        var difference = Compare(A.East(MainMode, "KE, NONCE, CR"), B.East(MainMode, "KE, CR, NONCE")).Should().ContainSingle().Which;

        difference.Kind.Should().Be(DifferenceKind.PayloadOrder);
        difference.A.Text.Should().Be("KE, NONCE, CR");
        difference.B.Text.Should().Be("KE, CR, NONCE");
    }

    [Test]
    public void HowManyVendorIdsStandTogetherIsNoMatterOfOrder() =>
        Compare(A.East(MainMode, "SA, VID(aa), VID(bb)"), B.East(MainMode, "SA, VID(aa)")).Should().ContainSingle()
            .Which.Should().BeEquivalentTo(new Difference(DifferenceKind.VendorIds, "bb in Identity Protection #1", new("sent", [1]), new("not sent", [1])));

    [Test]
    public void AMessageThatCannotBeReadIsNotTakenForOneWithoutPayloads() =>
        Compare(A.East(MainMode, "?"), B.East(MainMode, "ID, HASH")).Should().ContainSingle().Which.A.Text.Should().Be("unreadable");

    [Test]
    public void WhatPayloadsSay() =>
        Compare(A.East(MainMode, "KE, NONCE(32 octets)"), B.East(MainMode, "KE, NONCE(20 octets)")).Should().ContainSingle()
            .Which.Should().BeEquivalentTo(new Difference(DifferenceKind.PayloadContent, "NONCE in Identity Protection #1", new("32 octets", [1]), new("20 octets", [1])));

    [Test]
    public void NotificationsAndWhetherTheyAreProtected()
    {
        var a = A.West(MainMode, "SA").East("Informational", "N!(NoProposalChosen)", "0000aaaa");
        var b = B.West(MainMode, "SA").East("Informational", "HASH, N!(NoProposalChosen)", "0000bbbb", encrypted: true);

        var differences = Compare(a, b);

        differences.Where(difference => difference.Kind == DifferenceKind.Notifications).Select(difference => (difference.Aspect, difference.A.Text, difference.B.Text))
            .Should().Equal(
                ("N(NoProposalChosen) in Informational #1, in clear", "sent", "not sent"),
                ("N(NoProposalChosen) in Informational #1, encrypted", "not sent", "sent"));
        differences.Should().ContainSingle(difference => difference.Kind == DifferenceKind.Reactions)
            .Which.Should().BeEquivalentTo(new Difference(
                DifferenceKind.Reactions,
                "after Identity Protection #1",
                new("N(NoProposalChosen), in clear", [1, 2]),
                new("N(NoProposalChosen), encrypted", [1, 2])));
    }

    [Test]
    public void SilenceAndAnAnswer()
    {
        var a = A.West(MainMode, "SA").East(MainMode, "SA").West(MainMode, "KE").East("Informational", "D(Isakmp, 1 SPI)", "0000aaaa");
        var b = B.West(MainMode, "SA").East(MainMode, "SA").West(MainMode, "KE");

        var reaction = Compare(a, b).Should().ContainSingle(difference => difference.Kind == DifferenceKind.Reactions).Which;

        reaction.Aspect.Should().Be("after Identity Protection #3");
        reaction.A.Text.Should().Be("D(Isakmp, 1 SPI), in clear");
        reaction.A.Frames.Should().Equal(3, 4);
        reaction.B.Text.Should().Be("silence");
        reaction.B.Frames.Should().Equal(3);
    }

    [Test]
    public void WhatAnotherStepCausedIsNoReaction()
    {
        var a = A.West(MainMode, "SA").East(MainMode, "SA");
        a.Step = "When east deletes the IKE SA";
        a.East("Informational", "D(Isakmp, 1 SPI)", "0000aaaa", true);
        var b = B.West(MainMode, "SA").East(MainMode, "SA");

        Compare(a, b).Should().NotContain(difference => difference.Kind == DifferenceKind.Reactions)
            .And.Contain(difference => difference.Aspect == "D(Isakmp, 1 SPI) in Informational #1, encrypted");
    }

    [TestCase(4.0, 4.7, true)]
    [TestCase(4.0, 5.1, false)]
    [TestCase(0.5, 0.41, true)]
    [TestCase(0.5, 0.39, false)]
    public void IntervalsWithinAFifthAreEqual(double one, double other, bool equal)
    {
        var a = A.East(MainMode, "SA").Again(1, one);
        var b = B.East(MainMode, "SA").Again(1, other);

        Compare(a, b).Should().HaveCount(equal ? 0 : 1);
    }

    [Test]
    public void IntervalsAreComparedAsFarAsBothWereSeen()
    {
        var a = A.East(MainMode, "SA").Again(1, 4).Again(1, 7.2).Again(1, 13);
        var b = B.East(MainMode, "SA").Again(1, 0.5).Again(1, 1);

        var difference = Compare(a, b).Should().ContainSingle().Which;

        difference.Kind.Should().Be(DifferenceKind.Timers);
        difference.Aspect.Should().Be("repetitions of Identity Protection #1");
        difference.A.Text.Should().Be("after 4.0 s, 7.2 s, 13.0 s");
        difference.A.Frames.Should().Equal(1, 2, 3, 4);
        difference.B.Text.Should().Be("after 0.5 s, 1.0 s");
    }

    [Test]
    public void ARepetitionThatAnswersOursIsNoTimerButAReaction()
    {
        var a = A.West(MainMode, "SA").East(MainMode, "SA").Again(1, 1).Again(2, 0.01);
        var b = B.West(MainMode, "SA").East(MainMode, "SA").Again(1, 1);

        var difference = Compare(a, b).Should().ContainSingle().Which;

        difference.Kind.Should().Be(DifferenceKind.Reactions);
        difference.Aspect.Should().Be("after Identity Protection #1");
        difference.A.Text.Should().Be("the exchange goes on and the last message is sent again");
        difference.B.Text.Should().Be("the exchange goes on");
    }

    [Test]
    public void TwoAnswersToTwoCopiesAreNoTimerEvenWhenTheCopiesCameFirst()
    {
        var a = A.West(MainMode, "SA").Again(1, 0).East(MainMode, "SA").Again(3, 0);
        var b = B.West(MainMode, "SA").Again(1, 0).East(MainMode, "SA");

        Compare(a, b).Should().OnlyContain(difference => difference.Kind == DifferenceKind.Reactions);
    }

    [Test]
    public void WhichOfTwoExchangesIsAnsweredFirstIsChance()
    {
        var a = A.West("Quick Mode", "SA", "0000aaaa").East("Quick Mode", "SA", "0000aaaa").West("Quick Mode", "SA", "0000bbbb").East("Quick Mode", "SA", "0000bbbb");
        var b = B.West("Quick Mode", "SA", "0000aaaa").West("Quick Mode", "SA", "0000bbbb").East("Quick Mode", "SA", "0000bbbb").East("Quick Mode", "SA", "0000aaaa");

        Compare(a, b).Should().BeEmpty();
    }

    [Test]
    public void ExchangesThatOnlyOneHas()
    {
        var a = A.West("Quick Mode", "SA", "0000aaaa").East("Quick Mode", "SA", "0000aaaa").East("Quick Mode", "SA", "0000cccc");
        var b = B.West("Quick Mode", "SA", "0000bbbb").East("Quick Mode", "SA", "0000bbbb").West("Quick Mode", "HASH", "0000bbbb");

        var shape = Compare(a, b).Where(difference => difference.Kind == DifferenceKind.ExchangeShape).Select(difference => (difference.Aspect, difference.A.Text, difference.B.Text));

        shape.Should().Equal(
            ("messages of Quick Mode that west starts", "2", "3"),
            ("Quick Mode exchanges that east starts", "1", "none"));
    }

    [Test]
    public void HowMessagesTravel()
    {
        var a = A.East(MainMode, "ID", encrypted: true, pieces: 3, port: 4500);
        var b = B.East(MainMode, "ID", encrypted: false, pieces: 1, port: 500);

        Compare(a, b).Select(difference => (difference.Aspect, difference.A.Text, difference.B.Text)).Should().Equal(
            ("protection of Identity Protection #1", "encrypted", "in clear"),
            ("fragmentation of Identity Protection #1", "in pieces", "whole"),
            ("port of Identity Protection #1", "4500", "500"));
    }

    [Test]
    public void WithoutPacketsTheVerdictsAreCompared()
    {
        var differences = PeerComparer.Compare(Samples.Record("X", Verdict.Pass), A.East(MainMode, "SA").Make(), Samples.Record("X", Verdict.Fail), null);

        differences.Should().ContainSingle().Which.Should().BeEquivalentTo(new Difference(DifferenceKind.Verdict, "verdict", new("pass", []), new("fail", [])));
    }

    private static ImmutableArray<Difference> Compare(HandMadeTrace a, HandMadeTrace b)
    {
        var record = Samples.Record("IKE1-MM-001", Verdict.Pass);
        return PeerComparer.Compare(record, a.Make(), record, b.Make());
    }
}
