// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using Ipsec.Fixtures.Judgement;

namespace Ipsec.Fixtures.Cli.Reading;

/// <summary>Results that an earlier run left.</summary>
internal static class StoredRun
{
    /// <summary>Reads a results' folder. False when it is none; <paramref name="error"/> then says why, in one line.</summary>
    public static bool TryRead(string folder, [NotNullWhen(true)] out RunResults? results, [NotNullWhen(false)] out string? error)
    {
        (results, error) = (null, null);
        if (!Directory.Exists(folder))
        {
            error = $"'{folder}' is no folder";
            return false;
        }

        try
        {
            results = ResultsFolder.Read(folder);
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            error = problem is FileNotFoundException
                ? $"'{folder}' holds no results: there is neither {ResultsFolder.ResultsFile} nor {ResultsJournal.FileName}"
                : $"'{folder}': {problem.Message}";
            return false;
        }
    }
}
