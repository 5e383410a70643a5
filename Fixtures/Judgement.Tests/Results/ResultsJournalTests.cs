// SPDX-License-Identifier: Apache-2.0

using System.Text;
using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Support;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Results;

public sealed class ResultsJournalTests
{
    [Test]
    public void ARunCutOffAnywhereKeepsEveryWholeLine()
    {
        var records = Samples.OfEveryVerdict[..3].Add(Samples.Record("ÜÖ-1", Verdict.Fail, "line\nbreak, \u2028 and \U0001F512"));
        var bytes = JournalOf(records);
        var text = Encoding.UTF8.GetString(bytes);
        var ends = Lines(bytes);

        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            using var reader = new StreamReader(new MemoryStream(bytes[..cut]), Encoding.UTF8);
            var recovered = ResultsJournal.Recover(reader, TimeSpan.FromSeconds(1));

            var whole = ends.Count(end => end <= cut);
            recovered.Scenarios.Should().HaveCount(Math.Max(0, whole - 2), "the cut is at {0}", cut);
            recovered.Scenarios.Select(scenario => scenario.Id).Should().Equal(records.Take(recovered.Scenarios.Length).Select(record => record.Id));
            recovered.Peers.Should().Equal(new[] { Samples.Self, Samples.StrongSwan }.Take(whole));
            recovered.Suite.Version.Should().Be(whole == 0 ? "unknown" : "0.1.0");
            RunResults.Parse(recovered.ToJson()).Summary.Should().Be(recovered.Summary);
        }

        text.Split('\n').Should().HaveCount(7);
    }

    [Test]
    public void WhatIsRecoveredIsWhatWasWritten()
    {
        using var folder = new TemporaryFolder();
        using var journal = Journal(folder, [.. Samples.OfEveryVerdict]);

        var recovered = ResultsJournal.Recover(folder[ResultsJournal.FileName]);

        recovered.Should().BeEquivalentTo(
            journal.ToResults(TimeSpan.Zero), options => options.ComparingByMembers<RunResults>().Excluding(results => results.DurationMs));
        recovered.DurationMs.Should().BeGreaterThanOrEqualTo(0);
    }

    [Test]
    public void TheDurationReachesToTheFilesLastChange()
    {
        using var folder = new TemporaryFolder();
        using (Journal(folder))
        {
        }

        File.SetLastWriteTimeUtc(folder[ResultsJournal.FileName], Samples.Header.Started.UtcDateTime.AddSeconds(42));

        ResultsJournal.Recover(folder[ResultsJournal.FileName]).DurationMs.Should().Be(42_000);
    }

    [Test]
    public void EachRecordIsOnDiskWhenAppendReturns()
    {
        using var folder = new TemporaryFolder();
        using var journal = Journal(folder);
        for (var count = 0; count < Samples.OfEveryVerdict.Length; count++)
        {
            ResultsJournal.Recover(folder[ResultsJournal.FileName]).Scenarios.Should().HaveCount(count);
            journal.Append(Samples.OfEveryVerdict[count]);
        }
    }

    [Test]
    public void ManyMayWriteAtOnce()
    {
        using var folder = new TemporaryFolder();
        using var journal = Journal(folder);
        Parallel.For(0, 500, number => journal.Append(Samples.Record($"A-{number}", Verdict.Pass, new string('x', number))));

        var recovered = ResultsJournal.Recover(folder[ResultsJournal.FileName]);

        recovered.Scenarios.Select(scenario => scenario.Id).Should().BeEquivalentTo(Enumerable.Range(0, 500).Select(number => $"A-{number}"));
        journal.ToResults(TimeSpan.Zero).Scenarios.Select(scenario => scenario.Id).Should().Equal(recovered.Scenarios.Select(scenario => scenario.Id));
    }

    [Test]
    public void APeerThatComesAgainReplacesItself()
    {
        using var folder = new TemporaryFolder();
        using var journal = Journal(folder);
        journal.Append(Samples.Self with { Version = "0.2.0" });

        journal.ToResults(TimeSpan.Zero).Peers.Select(peer => peer.Version).Should().Equal("0.2.0", "5.9.8");
        ResultsJournal.Recover(folder[ResultsJournal.FileName]).Peers.Select(peer => peer.Version).Should().Equal("0.2.0", "5.9.8");
    }

    [Test]
    public void ALineThatIsNoRecordBeforeTheLastIsAnError()
    {
        var text = Encoding.UTF8.GetString(JournalOf(Samples.OfEveryVerdict)).Replace("\"IKE1-MM-002\",", "", StringComparison.Ordinal);
        var recover = () => ResultsJournal.Recover(new StringReader(text), TimeSpan.Zero);

        recover.Should().Throw<InvalidDataException>().WithMessage("results.jsonl line 4 is not a record*");
    }

    [Test]
    public void ANewRunRemovesWhatAnEarlierOneLeft()
    {
        using var folder = new TemporaryFolder();
        using (var earlier = Journal(folder, Samples.OfEveryVerdict[0]))
        {
            earlier.WriteAll(earlier.ToResults(TimeSpan.Zero));
        }

        using var later = Journal(folder);

        Directory.GetFiles(folder.Path).Select(Path.GetFileName).Should().Equal(ResultsJournal.FileName);
        ResultsFolder.Read(folder.Path).Scenarios.Should().BeEmpty();
    }

    [Test]
    public void WriteAllLeavesEveryReportAndNoDrafts()
    {
        using var folder = new TemporaryFolder();
        using var journal = Journal(folder, [.. Samples.OfEveryVerdict]);
        var results = journal.ToResults(TimeSpan.FromSeconds(2));

        journal.WriteAll(results);

        Directory.GetFiles(folder.Path).Select(Path.GetFileName).Should()
            .BeEquivalentTo("results.jsonl", "results.json", "junit.xml", "summary.md", "report.html");
        ResultsFolder.Read(folder.Path).ToJson().Should().Be(results.ToJson());
        File.ReadAllText(folder["results.json"]).Should().Be(results.ToJson());
        File.ReadAllText(folder["junit.xml"]).Should().StartWith("<?xml");
        File.ReadAllText(folder["summary.md"]).Should().StartWith("# IPsec");
        File.ReadAllText(folder["report.html"]).Should().StartWith("<!DOCTYPE html>");
    }

    [Test]
    public void DurationsAreRoundedToMicroseconds()
    {
        using var folder = new TemporaryFolder();
        using var journal = Journal(folder, Samples.OfEveryVerdict[0] with { DurationMs = 12.3456789 });

        journal.ToResults(TimeSpan.Zero).Scenarios[0].DurationMs.Should().Be(12.346);
    }

    private static ResultsJournal Journal(TemporaryFolder folder, params ScenarioRecord[] records)
    {
        var journal = new ResultsJournal(folder.Path, Samples.Header);
        journal.Append(Samples.StrongSwan);
        foreach (var record in records)
        {
            journal.Append(record);
        }

        return journal;
    }

    private static byte[] JournalOf(IEnumerable<ScenarioRecord> records)
    {
        using var folder = new TemporaryFolder();
        using (Journal(folder, [.. records]))
        {
        }

        return File.ReadAllBytes(folder[ResultsJournal.FileName]);
    }

    /// <summary>Where each line ends, without its line feed: from there on the line is whole.</summary>
    private static List<int> Lines(byte[] bytes) => [.. Enumerable.Range(0, bytes.Length).Where(index => bytes[index] == '\n')];
}
