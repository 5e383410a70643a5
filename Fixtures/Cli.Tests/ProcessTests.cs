// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Text.Json;
using FluentAssertions;
using Ipsec.Fixtures.Judgement;
using NUnit.Framework;

namespace Ipsec.Fixtures.Cli.Tests;

/// <summary>The program as a process: exit statuses, and what it leaves behind.</summary>
public class ProcessTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private DirectoryInfo _temporary = null!;

    [SetUp]
    public void MakeFolder() => _temporary = Directory.CreateTempSubdirectory("conformance-tests-");

    [TearDown]
    public void RemoveFolder() => _temporary.Delete(recursive: true);

    [Test]
    public void ARunLeavesResultsAndItsStatusAgreesWithThem()
    {
        var id = ListedIds()[0];

        var (status, output) = Run("run", "--peer", "self", "--select", id, "--seed", "5");

        var folder = Path.Combine(_temporary.FullName, "out", "latest");
        var results = RunResults.Parse(File.ReadAllText(Path.Combine(folder, "results.json")));
        results.Seed.Should().Be(5);
        results.Scenarios.Should().OnlyContain(scenario => scenario.Id == id && scenario.Peer == "self").And.NotBeEmpty();
        status.Should().Be((int)ExitStatuses.Of(results.Scenarios.Select(scenario => scenario.Verdict)), output);
        string[] files = ["results.jsonl", "junit.xml", "summary.md", "report.html"];
        files.Should().OnlyContain(file => File.Exists(Path.Combine(folder, file)));
        output.TrimEnd().Split('\n')[^1].Should().StartWith("Report: out/").And.EndWith("report.html");
    }

    [Test]
    public void NothingSelectedIsStatusFourAndLeavesNothing()
    {
        var (status, _) = Run("run", "--select", "NO-SUCH-SCENARIO");

        status.Should().Be((int)ExitStatus.NothingSelected);
        Directory.EnumerateFiles(_temporary.FullName, "*", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [Test]
    public void AFolderThatCannotBeWrittenToIsStatusTwo()
    {
        var file = Path.Combine(_temporary.FullName, "file");
        File.WriteAllText(file, "");

        Run("run", "--out", file).Status.Should().Be((int)ExitStatus.BadArguments);
    }

    private string[] ListedIds()
    {
        var (status, output) = Run("list", "--json", "--peer", "self");
        status.Should().Be(0, output);
        using var document = JsonDocument.Parse(output);
        return [.. document.RootElement.EnumerateArray().Select(scenario => scenario.GetProperty("id").GetString()!)];
    }

    private (int Status, string Output) Run(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "conformance.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = _temporary.FullName,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        process.WaitForExit(Deadline).Should().BeTrue("the program must end");
        return (process.ExitCode, output.Result);
    }
}
