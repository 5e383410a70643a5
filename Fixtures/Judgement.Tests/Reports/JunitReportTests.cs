// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Xml.Linq;
using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Support;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Reports;

public sealed class JunitReportTests
{
    [Test]
    public void EachVerdictHasItsElement()
    {
        var cases = Render([.. Samples.OfEveryVerdict]).Descendants("testcase").ToDictionary(
            element => element.Descendants("property").Single(property => property.Attribute("name")!.Value == "verdict").Attribute("value")!.Value,
            element => string.Join(' ', element.Elements().Select(child => child.Name.LocalName).Where(name => name != "properties")));

        cases.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["pass"] = "",
            ["fail"] = "failure",
            ["non-strict"] = "system-out",
            ["unsupported"] = "skipped",
            ["known"] = "skipped",
            ["fixed"] = "failure",
            ["environment"] = "error",
            ["harness-error"] = "error",
        });
    }

    [TestCase(false, 2)]
    [TestCase(true, 3)]
    public void CountsAddUp(bool strict, int failures)
    {
        var root = Render([.. Samples.OfEveryVerdict, Samples.Record("ESP-001", Verdict.Pass) with { Feature = "ESP" }], strict);

        Counts(root).Should().Equal(9, failures, 2, 2);
        root.Attribute("time")!.Value.Should().Be("0.113");
        var suites = root.Elements("testsuite").ToList();
        suites.Select(suite => suite.Attribute("name")!.Value).Should().Equal("IKEv1 Main Mode (strongswan)", "ESP (strongswan)");
        Counts(suites[0]).Should().Equal(8, failures, 2, 2);
        Counts(suites[1]).Should().Equal(1, 0, 0, 0);
        foreach (var element in suites.Prepend(root))
        {
            Counts(element).Should().Equal(
                element.Descendants("testcase").Count(),
                element.Descendants("failure").Count(),
                element.Descendants("error").Count(),
                element.Descendants("skipped").Count());
        }
    }

    [Test]
    public void AFailureTellsItsFiveLines()
    {
        var failure = Render(Samples.OfEveryVerdict[1]).Descendants("failure").Single();

        failure.Attribute("type")!.Value.Should().Be("fail");
        failure.Attribute("message")!.Value.Should().Be("requirement: RFC2409-5-08 (MUST) Nonce data is 8 to 256 octets.");
        failure.Value.Should().Be(Samples.OfEveryVerdict[1].Message);
    }

    [Test]
    public void ACaseIsNamedByIdTitleAndRole()
    {
        var element = Render(Samples.OfEveryVerdict[0]).Descendants("testcase").Single();

        element.Attribute("name")!.Value.Should().Be("IKE1-MM-001 Scenario IKE1-MM-001 [responder]");
        element.Attribute("classname")!.Value.Should().Be("strongswan.IKEv1 Main Mode");
        element.Attribute("time")!.Value.Should().Be("0.013");
    }

    [Test]
    public void WhatXmlCannotHoldIsLeftOut()
    {
        var message = "a\u0000b\u0001c\u001B[31m\uFFFE\uD800d <x attribute=\"&\"> ]]> \U0001F512\r\nnext\tend";
        var record = Samples.Record("A-1\u0007", Verdict.Fail, message) with { Name = "n\u0000\"<", Peer = "p\u000B", Evidence = "e\u0008" };
        var element = Render(record).Descendants("testcase").Single();

        element.Element("failure")!.Value.Should().Be("abc[31md <x attribute=\"&\"> ]]> \U0001F512\nnext\tend");
        element.Attribute("name")!.Value.Should().Be("A-1 n\"< [responder]");
        element.Attribute("classname")!.Value.Should().Be("p.IKEv1 Main Mode");
    }

    [Test]
    public void NoMessageStillHasAReason()
    {
        Render(Samples.Record("A-1", Verdict.Unsupported)).Descendants("skipped").Single().Attribute("message")!.Value
            .Should().Be("unsupported: the peer cannot do it");
    }

    [Test]
    public void AnEmptyRunIsADocument() => Counts(Render()).Should().Equal(0, 0, 0, 0);

    private static XElement Render(params ScenarioRecord[] scenarios) => Render(scenarios, strict: false);

    private static XElement Render(ScenarioRecord[] scenarios, bool strict) =>
        XDocument.Parse(JunitReport.Render(Samples.Results(scenarios), strict)).Root!;

    private static int[] Counts(XElement element) =>
        [.. new[] { "tests", "failures", "errors", "skipped" }.Select(name => int.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture))];
}
