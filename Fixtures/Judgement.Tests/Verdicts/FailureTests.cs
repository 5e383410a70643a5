// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Support;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Verdicts;

public sealed class FailureTests
{
    [Test]
    public void FiveLinesAreLaidOut() => Samples.Failure.ToMessage("out/1/evidence/strongswan/IKE1-MM-002").Should().Be(
        """
        requirement: RFC2409-5-08 (MUST) Nonce data is 8 to 256 octets.
        sent:        Main Mode message 3
        legal:       silence; or a notify
        came:        Main Mode message 4
        evidence:    out/1/evidence/strongswan/IKE1-MM-002
        """.ReplaceLineEndings("\n"));

    [Test]
    public void LevelIsAsTheRfcPrintsIt()
    {
        Samples.LoadLedger().TryFind("RFC2409-5-12", out var clause).Should().BeTrue();
        Failure.Of(clause!, "a", "b", "c").Lines(null)[0].Should().Be("requirement: RFC2409-5-12 (MUST NOT) A changed reply is not accepted.");
    }

    [TestCase("two\nlines", "two; lines")]
    [TestCase("\r\n  dos \r\n ends\r\n", "dos; ends")]
    [TestCase("", "")]
    public void ThereAreNeverMoreThanFiveLines(string came, string shown)
    {
        var message = (Samples.Failure with { Came = came }).ToMessage(null);

        message.Split('\n').Should().HaveCount(5);
        message.Split('\n')[3].Should().Be("came:        " + shown);
        message.Should().EndWith("evidence:    none was kept");
    }

    [Test]
    public void TheyComeApartAgain()
    {
        FiveLines.TryParse(Samples.Failure.ToMessage("e"), out var lines).Should().BeTrue();
        lines.Should().Equal(
            ("requirement", "RFC2409-5-08 (MUST) Nonce data is 8 to 256 octets."),
            ("sent", "Main Mode message 3"),
            ("legal", "silence; or a notify"),
            ("came", "Main Mode message 4"),
            ("evidence", "e"));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("System.Exception: x\n at a\n at b\n at c\n at d")]
    [TestCase("requirement: a\nsent: b\nlegal: c\nevidence: e\ncame: d")]
    [TestCase("requirement: a\nsent: b\nlegal: c\ncame: d\nevidence: e\n")]
    public void OtherMessagesAreNotTheFiveLines(string? message) => FiveLines.TryParse(message, out _).Should().BeFalse();
}
