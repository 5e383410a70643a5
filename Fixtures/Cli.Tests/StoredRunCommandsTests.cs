// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Peers;
using NUnit.Framework;

namespace Ipsec.Fixtures.Cli.Tests;

/// <summary>The commands that read what runs left: <c>compare --from</c>, <c>diff</c> and <c>report</c>.</summary>
public class StoredRunCommandsTests
{
    private DirectoryInfo _temporary = null!;

    [SetUp]
    public void MakeFolder() => _temporary = Directory.CreateTempSubdirectory("conformance-tests-");

    [TearDown]
    public void RemoveFolder() => _temporary.Delete(recursive: true);

    [Test]
    public async Task CompareReadsARunAndWritesItsFilesThere()
    {
        var run = Store("run", Record("X-001", "self", Verdict.Pass), Record("X-001", "ghost", Verdict.Fail), Record("Y-001", "ghost", Verdict.Pass));

        var (status, output, _) = await RunAsync("compare", "self", "ghost", "--from", run);

        status.Should().Be(0);
        output.Should().Contain("Verdicts").And.Contain("1 difference in 1 scenario").And.Contain("ran against ghost only").And.Contain("compare.html");
        foreach (var file in (string[])["compare.html", "compare.json", "compare.md"])
        {
            File.Exists(Path.Combine(run, file)).Should().BeTrue(file);
        }
    }

    [Test]
    public async Task CompareWritesElsewhereWhenAsked()
    {
        var run = Store("run", Record("X-001", "self", Verdict.Pass), Record("X-001", "ghost", Verdict.Pass));
        var elsewhere = Path.Combine(_temporary.FullName, "pages");

        var (status, output, _) = await RunAsync("compare", "self", "ghost", "--from", run, "--out", elsewhere);

        status.Should().Be(0);
        output.Should().Contain("no difference");
        File.Exists(Path.Combine(elsewhere, "compare.html")).Should().BeTrue();
        File.Exists(Path.Combine(run, "compare.html")).Should().BeFalse();
    }

    [TestCase(2, "is the same peer twice", "compare", "self", "self", "--from", "run")]
    [TestCase(2, "has no results of nobody", "compare", "self", "nobody", "--from", "run")]
    [TestCase(2, "is no folder", "compare", "self", "ghost", "--from", "nowhere")]
    [TestCase(2, "unknown peer 'nobody'", "compare", "self", "nobody")]
    [TestCase(4, "no selected scenario", "compare", "self", "ghost", "--from", "run", "--select", "NO-SUCH")]
    [TestCase(2, "is no folder", "diff", "run", "nowhere")]
    [TestCase(2, "holds no results", "diff", "run", "empty")]
    [TestCase(2, "is no folder", "report", "nowhere")]
    [TestCase(2, "is not of schema", "report", "broken")]
    public async Task WhatCannotBeDoneIsSaidInOneLine(int wanted, string said, params string[] arguments)
    {
        Store("run", Record("X-001", "self", Verdict.Pass), Record("X-001", "ghost", Verdict.Pass));
        _temporary.CreateSubdirectory("empty");
        File.WriteAllText(Path.Combine(_temporary.CreateSubdirectory("broken").FullName, "results.json"), "{}");
        string[] folders = ["run", "nowhere", "empty", "broken"];

        var (status, _, errors) = await RunAsync([.. arguments.Select(argument => folders.Contains(argument) ? Path.Combine(_temporary.FullName, argument) : argument)]);

        status.Should().Be(wanted);
        errors.Should().ContainSingle().Which.Should().Contain(said);
    }

    [Test]
    public async Task DiffEndsInOneWhenSomethingFailsThatDidNot()
    {
        var older = Store("older", Record("X-001", "self", Verdict.Pass), Record("Y-001", "self", Verdict.Fail));
        var newer = Store("newer", Record("X-001", "self", Verdict.Fail), Record("Y-001", "self", Verdict.Pass));

        var worse = await RunAsync("diff", older, newer);
        var same = await RunAsync("diff", older, older);

        worse.Status.Should().Be(1);
        worse.Output.Should().Contain("newly failing").And.Contain("X-001").And.Contain("1 newly failing, 1 newly passing, 0 changed otherwise, 0 gone, 0 added, 0 slower");
        same.Status.Should().Be(0);
    }

    [Test]
    public async Task ReportMakesOneOfSeveralRuns()
    {
        var one = Store("one", Record("X-001", "self", Verdict.Pass));
        var two = Store("two", Record("Y-001", "self", Verdict.Fail));
        var merged = Path.Combine(_temporary.FullName, "merged");

        var (status, output, _) = await RunAsync("report", one, two, "--out", merged);

        status.Should().Be(1, "a MUST is broken in one of them");
        output.Should().Contain("2 scenarios: 1 pass, 1 fail");
        RunResults.Parse(File.ReadAllText(Path.Combine(merged, "results.json"))).Scenarios.Should().HaveCount(2);
        File.ReadAllText(Path.Combine(merged, "report.html")).Should().Contain("Y-001");
    }

    private static async Task<(int Status, string Output, IReadOnlyList<string> Errors)> RunAsync(params string[] arguments)
    {
        using var terminal = new TestTerminal();
        var status = await CommandLine.RunAsync(arguments, new PeerCatalog(new SelfDriver(), new GhostDriver()), terminal.Terminal);
        return (status, terminal.OutText, terminal.ErrorLines);
    }

    private static ScenarioRecord Record(string id, string peer, Verdict verdict) => new(
        id, "A scenario", "A feature", [$"id:{id}", "clause:RFC2409-5-08", "must", "judges:peer"], ["RFC2409-5-08"], Level.Must, peer, Role.None, verdict, 1, null, null);

    private string Store(string name, params ScenarioRecord[] records)
    {
        var header = new RunHeader(new SuiteRecord("0", "unknown"), DateTimeOffset.UnixEpoch, 1, new EnvironmentRecord("", "", null), []);
        var peers = records.Select(record => record.Peer).Distinct().Select(peer => new PeerRecord(peer, "1", null, "in-memory"));
        var folder = Path.Combine(_temporary.FullName, name);
        ResultsFolder.WriteAll(folder, RunResults.From(header, TimeSpan.FromSeconds(1), peers, records));
        return folder;
    }
}
