// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Verdicts;

public sealed class VerdictsTests
{
    [TestCase(Verdict.Pass, "pass")]
    [TestCase(Verdict.Fail, "fail")]
    [TestCase(Verdict.NonStrict, "non-strict")]
    [TestCase(Verdict.Unsupported, "unsupported")]
    [TestCase(Verdict.Known, "known")]
    [TestCase(Verdict.Fixed, "fixed")]
    [TestCase(Verdict.Environment, "environment")]
    [TestCase(Verdict.HarnessError, "harness-error")]
    public void TextGoesBothWays(Verdict verdict, string text)
    {
        verdict.ToText().Should().Be(text);
        Judgement.Verdicts.TryParse(text, out var parsed).Should().BeTrue();
        parsed.Should().Be(verdict);
        verdict.Meaning().Should().NotBeNullOrWhiteSpace();
    }

    [TestCase("Pass")]
    [TestCase("")]
    [TestCase(null)]
    public void OtherTextsAreNoVerdicts(string? text) => Judgement.Verdicts.TryParse(text, out _).Should().BeFalse();

    [Test]
    public void ShouldBreaksTheBuildOnlyWhenStrict()
    {
        Judgement.Verdicts.All.Where(verdict => verdict.IsUnexpected()).Should().Equal(Verdict.Fail, Verdict.Fixed);
        Judgement.Verdicts.All.Where(verdict => verdict.IsUnexpected(strict: true)).Should().Equal(Verdict.Fail, Verdict.NonStrict, Verdict.Fixed);
    }

    [TestCase(new[] { Verdict.Pass, Verdict.Fail, Verdict.Environment }, Verdict.Fail)]
    [TestCase(new[] { Verdict.Unsupported, Verdict.Pass }, Verdict.Pass)]
    [TestCase(new[] { Verdict.Fail, Verdict.HarnessError }, Verdict.HarnessError)]
    [TestCase(new[] { Verdict.Known, Verdict.NonStrict, Verdict.Pass }, Verdict.NonStrict)]
    public void WorstNeedsMostAttention(Verdict[] verdicts, Verdict worst) => Judgement.Verdicts.Worst(verdicts).Should().Be(worst);

    [TestCase(new Verdict[0], false, ExitStatus.NothingSelected)]
    [TestCase(new[] { Verdict.Pass, Verdict.Unsupported, Verdict.Known, Verdict.NonStrict }, false, ExitStatus.AsExpected)]
    [TestCase(new[] { Verdict.Pass, Verdict.NonStrict }, true, ExitStatus.Unexpected)]
    [TestCase(new[] { Verdict.Pass, Verdict.Environment }, false, ExitStatus.Environment)]
    [TestCase(new[] { Verdict.Environment, Verdict.Fail }, false, ExitStatus.Unexpected)]
    [TestCase(new[] { Verdict.Fixed }, false, ExitStatus.Unexpected)]
    [TestCase(new[] { Verdict.Fail, Verdict.HarnessError }, false, ExitStatus.HarnessFault)]
    public void ExitStatusFollowsTheGravest(Verdict[] verdicts, bool strict, ExitStatus status) =>
        ExitStatuses.Of(verdicts, strict).Should().Be(status);

    [Test]
    public void ExitStatusNumbersAreTheContract() =>
        Enum.GetValues<ExitStatus>().Select(status => (int)status).Should().Equal(0, 1, 2, 3, 4, 5);
}
