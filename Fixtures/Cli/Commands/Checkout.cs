// SPDX-License-Identifier: Apache-2.0

using System.Text.RegularExpressions;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary>The source tree that this program was built in.</summary>
internal sealed partial class Checkout(string root)
{
    private const string SolutionName = "ConformanceSuite.sln";

    /// <summary>Path of the solution.</summary>
    public string Solution { get; } = Path.Combine(root, SolutionName);

    /// <summary>The checkout around the program; null when it was moved out of one.</summary>
    public static Checkout? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SolutionName)))
            {
                return new Checkout(folder.FullName);
            }
        }

        return null;
    }

    /// <summary>The compiled unit test projects of the solution.</summary>
    /// <exception cref="FileNotFoundException">One is not there, though the solution was built.</exception>
    public IReadOnlyList<string> UnitTestAssemblies(string configuration)
    {
        var projects = UnitTestProject().Matches(File.ReadAllText(Solution)).Select(match => match.Groups[1].Value.Replace('\\', '/'));
        return [.. projects.Select(project => AssemblyOf(Path.Combine(root, Path.GetDirectoryName(project)!), configuration))];
    }

    private static string AssemblyOf(string project, string configuration)
    {
        var folder = new DirectoryInfo(Path.Combine(project, "bin", configuration));
        var pattern = $"*{Path.GetFileName(project)}.dll";
        var assembly = folder.Exists ? folder.EnumerateFiles(pattern, SearchOption.AllDirectories).FirstOrDefault() : null;
        return assembly?.FullName
            ?? throw new FileNotFoundException($"{project} was built, but there is no test assembly in {folder.FullName}");
    }

    [GeneratedRegex("\"([^\"]+\\.Tests\\.csproj)\"")]
    private static partial Regex UnitTestProject();
}
