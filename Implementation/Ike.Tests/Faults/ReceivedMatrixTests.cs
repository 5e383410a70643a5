// SPDX-License-Identifier: Apache-2.0

using Ipsec.Faults.Received;
using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Ike.Tests.Faults;

/// <summary>Our own endpoint does what the clauses demand of whoever receives a wrong field, in both roles.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ReceivedMatrixTests
{
    private static IEnumerable<TestCaseData> Cases => ReceivedMatrix.All.Select(item => new TestCaseData(item).SetArgDisplayNames($"{item}"));

    [TestCaseSource(nameof(Cases))]
    public void TheReceiverDoesWhatTheClauseDemands(ReceivedCase item)
    {
        var play = new ReceivedPlay(item);
        play.WasBent.Should().BeTrue("a fault that was not applied shows nothing");
        Judge(item, play);
        var answers = play.DirectAnswers.Select(answer => MainModeTests.Header(answer).ExchangeType).ToArray();
        (answers.Length <= 1 || !answers.Contains(ExchangeType.Informational)).Should().BeTrue("nobody goes on and reports an error, or reports several");

        // What ends phase 1 is followed at once by what begins phase 2.
        answers.Should().OnlyHaveUniqueItems("a message has one answer");
        play.HonestAttemptSucceeds().Should().BeTrue("an honest peer must not suffer");
        play.RunOut();
        if (item.Demand.Expectation == Expectation.Stops)
        {
            play.MadeSa.Should().BeFalse("no SA comes of a message that was to be discarded, however often it is sent again");
        }
    }

    [Test]
    public void EveryMessageThatIsNotTestedIsOneOfTheTable() =>
        ReceivedMatrix.NotPlayed.Keys.Should().BeSubsetOf(Transitions.All.Select(row => row.State));

    [Test]
    public void EveryMessageIsTestedOnce() => ReceivedMatrix.Messages.Select(row => (row.Exchange, row.Message)).Should().OnlyHaveUniqueItems();

    [Test]
    public void EveryCaseHasItsOwnWords() => ReceivedMatrix.All.Select(item => $"{item}").Should().OnlyHaveUniqueItems();

    [Test]
    public void EveryHeaderFieldOfEveryMessageIsTested() => ReceivedMatrix.Messages.Should().AllSatisfy(row =>
        ReceivedMatrix.Of(row).Select(item => item.Field).Should().Contain(HeaderNames));

    [Test]
    public void EveryRequiredPayloadOfEveryMessageIsTested() => ReceivedMatrix.Messages.Should().AllSatisfy(row =>
        ReceivedMatrix.Of(row).Select(item => item.Field).Should().Contain(row.Required.SelectMany(type =>
            new[] { type.Notation(), $"{type.Notation()}.next payload", $"{type.Notation()}.RESERVED", $"{type.Notation()}.length" })));

    private static IEnumerable<string> HeaderNames =>
        ["header.responder cookie", "header.next payload", "header.major version", "header.minor version", "header.exchange type", "header.flags", "header.message ID", "header.length"];

    private static void Judge(ReceivedCase item, ReceivedPlay play)
    {
        switch (item.Demand.Expectation)
        {
            case Expectation.GoesOn:
                play.WentOn.Should().BeTrue("what is legal is accepted");
                break;
            case Expectation.Stops:
                play.WentOn.Should().BeFalse("the message is discarded");
                play.MadeSa.Should().BeFalse();
                play.Errors.Should().BeSubsetOf(item.Demand.Notifications);
                if (!item.Message.IsEncrypted)
                {
                    play.Answers.Sum(answer => answer.Length).Should().BeLessThanOrEqualTo(play.BentBytes, "a stranger is not sent more than it sent");
                }

                break;
        }
    }
}
