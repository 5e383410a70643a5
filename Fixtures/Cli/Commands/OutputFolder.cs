// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary>The folder that a run's results go to.</summary>
internal sealed class OutputFolder
{
    private const string Parent = "out";
    private const string Latest = "latest";
    private const string Evidence = "evidence";

    private readonly bool _isDefault;

    private OutputFolder(string path, bool isDefault)
    {
        Path = path;
        _isDefault = isDefault;
    }

    /// <summary>The folder as the user wrote it, or relative to where the user is.</summary>
    public string Path { get; }

    /// <summary>Makes the folder. False when nothing can be written there; <paramref name="error"/> then says why.</summary>
    /// <param name="asked">What <c>--out</c> says; null for <c>out/&lt;time&gt;</c>.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="error">Why there is none.</param>
    public static bool TryMake(string? asked, [NotNullWhen(true)] out OutputFolder? folder, [NotNullWhen(false)] out string? error)
    {
        folder = new OutputFolder(asked ?? Unused(), isDefault: asked is null);
        try
        {
            Directory.CreateDirectory(folder.Path);
            folder.RemoveOldResults();
            var probe = System.IO.Path.Combine(folder.Path, $".probe-{Environment.ProcessId}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            error = null;
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            error = $"--out '{folder.Path}': {problem.Message.TrimEnd('.')}; name a folder that can be written to";
            return false;
        }
    }

    /// <summary>Leads <c>out/latest</c> here, when this is a default folder.</summary>
    public void MarkLatest()
    {
        if (!_isDefault)
        {
            return;
        }

        var link = System.IO.Path.Combine(Parent, Latest);
        if (new FileInfo(link).LinkTarget is not null)
        {
            File.Delete(link);
        }

        if (!System.IO.Path.Exists(link))
        {
            File.CreateSymbolicLink(link, System.IO.Path.GetFileName(Path));
        }
    }

    /// <summary>Removes the folder again when nothing was written there.</summary>
    public void RemoveIfEmpty()
    {
        if (!Directory.EnumerateFileSystemEntries(Path).Any())
        {
            Directory.Delete(Path);
        }
    }

    /// <summary>What an earlier run left in the folder would be taken for this run's. Only what is known to be a run's is touched.</summary>
    private void RemoveOldResults()
    {
        if (!File.Exists(System.IO.Path.Combine(Path, ResultsJournal.FileName)))
        {
            return;
        }

        string[] files =
        [
            ResultsJournal.FileName, ResultsFolder.ResultsFile, ResultsFolder.JunitFile, ResultsFolder.SummaryFile, ResultsFolder.ReportFile,
        ];
        foreach (var file in files)
        {
            File.Delete(System.IO.Path.Combine(Path, file));
        }

        var evidence = System.IO.Path.Combine(Path, Evidence);
        if (Directory.Exists(evidence))
        {
            Directory.Delete(evidence, recursive: true);
        }
    }

    private static string Unused()
    {
        var first = System.IO.Path.Combine(Parent, RunOptions.DefaultFolderName(DateTimeOffset.Now));
        var path = first;
        for (var number = 2; System.IO.Path.Exists(path); number++)
        {
            path = $"{first}-{number}";
        }

        return path;
    }
}
