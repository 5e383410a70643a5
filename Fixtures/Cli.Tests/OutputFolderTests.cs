// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Fixtures.Cli.Commands;
using Ipsec.Fixtures.Judgement;
using NUnit.Framework;

namespace Ipsec.Fixtures.Cli.Tests;

/// <summary>The results' folder: made when missing, cleared of an earlier run, refused when it cannot be written to.</summary>
public class OutputFolderTests
{
    private DirectoryInfo _temporary = null!;

    [SetUp]
    public void MakeFolder() => _temporary = Directory.CreateTempSubdirectory("conformance-tests-");

    [TearDown]
    public void RemoveFolder() => _temporary.Delete(recursive: true);

    [Test]
    public void IsMadeAndRemovedAgainWhenNothingCame()
    {
        var path = Path.Combine(_temporary.FullName, "a", "b");

        OutputFolder.TryMake(path, out var folder, out _).Should().BeTrue();
        Directory.Exists(path).Should().BeTrue();

        folder!.RemoveIfEmpty();
        Directory.Exists(path).Should().BeFalse();
    }

    [Test]
    public void AFileInTheWayIsNamed()
    {
        var path = Path.Combine(_temporary.FullName, "file");
        File.WriteAllText(path, "");

        OutputFolder.TryMake(path, out _, out var error).Should().BeFalse();

        error.Should().StartWith($"--out '{path}': ").And.Contain("name a folder that can be written to");
    }

    [Test]
    public void AnEarlierRunGivesWayAndEverythingElseStays()
    {
        var path = _temporary.FullName;
        Directory.CreateDirectory(Path.Combine(path, "evidence", "self", "IKE1-MM-001"));
        foreach (var file in new[] { ResultsJournal.FileName, ResultsFolder.ResultsFile, ResultsFolder.ReportFile, "notes.txt" })
        {
            File.WriteAllText(Path.Combine(path, file), "old");
        }

        OutputFolder.TryMake(path, out _, out _).Should().BeTrue();

        Directory.EnumerateFileSystemEntries(path).Select(Path.GetFileName).Should().Equal("notes.txt");
    }

    [Test]
    public void AFolderThatIsNoResultsFolderIsNotCleared()
    {
        var path = _temporary.FullName;
        Directory.CreateDirectory(Path.Combine(path, "evidence"));

        OutputFolder.TryMake(path, out _, out _).Should().BeTrue();

        Directory.Exists(Path.Combine(path, "evidence")).Should().BeTrue();
    }
}
