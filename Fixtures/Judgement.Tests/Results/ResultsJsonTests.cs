// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Support;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Results;

/// <summary>The schema of results.json, name by name: other programs rely on it.</summary>
public sealed class ResultsJsonTests
{
    [Test]
    public void NamesAndOrderAreTheContract()
    {
        using var json = JsonDocument.Parse(Samples.Results([.. Samples.OfEveryVerdict]).ToJson());
        var root = json.RootElement;

        Names(root).Should().Equal("schema", "suite", "started", "duration_ms", "seed", "environment", "peers", "scenarios", "summary");
        Names(root.GetProperty("suite")).Should().Equal("version", "commit");
        Names(root.GetProperty("environment")).Should().Equal("os", "kernel", "engine");
        Names(root.GetProperty("peers")[0]).Should().Equal("name", "version", "image", "data_plane");
        root.GetProperty("scenarios").EnumerateArray().Should().AllSatisfy(scenario => Names(scenario).Should().Equal(
            "id", "name", "feature", "tags", "clauses", "level", "peer", "role", "verdict", "duration_ms", "message", "evidence"));
        Names(root.GetProperty("summary")).Should().Equal(
            "pass", "fail", "non-strict", "unsupported", "known", "fixed", "environment", "harness-error");
    }

    [Test]
    public void ValuesAreTheContract()
    {
        using var json = JsonDocument.Parse(Samples.Results([.. Samples.OfEveryVerdict]).ToJson());
        var root = json.RootElement;

        root.GetProperty("schema").GetInt32().Should().Be(1);
        root.GetProperty("started").GetString().Should().Be("2026-11-23T15:04:05+00:00");
        root.GetProperty("duration_ms").GetDouble().Should().Be(83400);
        root.GetProperty("seed").GetUInt64().Should().Be(ulong.MaxValue);
        root.GetProperty("environment").GetProperty("engine").ValueKind.Should().Be(JsonValueKind.Null);
        var verdicts = root.GetProperty("scenarios").EnumerateArray().Select(scenario => scenario.GetProperty("verdict").GetString());
        verdicts.Should().Equal("pass", "fail", "non-strict", "unsupported", "known", "fixed", "environment", "harness-error");
        var scenario = root.GetProperty("scenarios")[2];
        scenario.GetProperty("level").GetString().Should().Be("should");
        scenario.GetProperty("role").GetString().Should().Be("responder");
        scenario.GetProperty("clauses")[0].GetString().Should().Be("RFC2409-5-08");
        scenario.GetProperty("evidence").ValueKind.Should().Be(JsonValueKind.Null);
        root.GetProperty("summary").EnumerateObject().Select(count => count.Value.GetInt32()).Should().AllBeEquivalentTo(1);
    }

    [Test]
    public void ReadingGivesBackWhatWasWritten()
    {
        var results = Samples.Results([.. Samples.OfEveryVerdict, Samples.Record("ÄÖ-1", Verdict.Fail, "<>\"\u2028\\ \U0001F512")]);

        RunResults.Parse(results.ToJson()).Should().BeEquivalentTo(results, options => options.ComparingByMembers<RunResults>().WithStrictOrdering());
        RunResults.Parse(results.ToJson()).ToJson().Should().Be(results.ToJson());
    }

    [Test]
    public void TheSummaryIsCountedNeverBelieved()
    {
        var json = Samples.Results(Samples.Record("A-1", Verdict.Fail)).ToJson().Replace("\"fail\": 1", "\"fail\": 7", StringComparison.Ordinal);

        RunResults.Parse(json).Summary.Should().Be(new VerdictCounts(0, 1, 0, 0, 0, 0, 0, 0));
    }

    [TestCase("\"schema\": 1", "\"schema\": 2", "*schema 2*")]
    [TestCase("\"schema\": 1,", "", "*schema*")]
    [TestCase("\"verdict\": \"fail\"", "\"verdict\": \"bad\"", "*'bad' is not a verdict*")]
    [TestCase("\"level\": \"must\"", "\"level\": \"shall\"", "*")]
    [TestCase("\"role\": \"responder\",", "", "*role*")]
    [TestCase("\"peer\": \"strongswan\"", "\"peer\": null", "*")]
    [TestCase("\"kernel\": \"6.18.5\",", "", "*kernel*")]
    public void AnotherSchemaIsRefused(string part, string replacement, string complaint)
    {
        var json = Samples.Results(Samples.Record("A-1", Verdict.Fail)).ToJson();
        json.Should().Contain(part);
        var read = () => RunResults.Parse(json.Replace(part, replacement, StringComparison.Ordinal));

        read.Should().Throw<InvalidDataException>().WithMessage(complaint);
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{")]
    public void WhatIsNoObjectIsRefused(string json)
    {
        var read = () => RunResults.Parse(json);

        read.Should().Throw<InvalidDataException>();
    }

    [Test]
    public void CountsAreOfEachVerdict()
    {
        var counts = VerdictCounts.Of([Verdict.Pass, Verdict.Pass, Verdict.Fixed, Verdict.HarnessError]);

        counts.Should().Be(new VerdictCounts(2, 0, 0, 0, 0, 1, 0, 1));
        counts.Total.Should().Be(4);
        Judgement.Verdicts.All.Select(verdict => counts[verdict]).Should().Equal(2, 0, 0, 0, 0, 1, 0, 1);
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];
}
