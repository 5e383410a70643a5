// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary>Builds and runs the solution's unit test projects.</summary>
internal static class UnitTests
{
    private const string Configuration = "Release";
    private const string ResultsFile = "unit-tests.trx";

    /// <summary>Runs them. What cannot be built or run counts as a failure.</summary>
    public static async Task<TestCounts> RunAsync(Checkout checkout, Terminal terminal, CancellationToken cancellation)
    {
        terminal.Say("Unit tests: building");
        string[] build = ["build", checkout.Solution, "-c", Configuration, "--nologo", "-v", "quiet", "-clp:ErrorsOnly"];
        if (await DotnetAsync(build, cancellation) != 0)
        {
            terminal.Say("Unit tests: the build failed");
            return new TestCounts(0, 1, 0);
        }

        var folder = Directory.CreateTempSubdirectory("conformance-");
        try
        {
            string[] test =
            [
                "test", .. checkout.UnitTestAssemblies(Configuration), "--nologo", "--results-directory", folder.FullName,
                "--logger", $"trx;LogFileName={ResultsFile}", "--logger", "console;verbosity=minimal",
                "--", "RunConfiguration.MaxCpuCount=0",
            ];
            var status = await DotnetAsync(test, cancellation);
            var counts = TrxResults.Read(Path.Combine(folder.FullName, ResultsFile));
            terminal.Say($"Unit tests: {counts}");
            // A test host that crashed leaves no failed test behind, only the exit status.
            return status != 0 && counts.Failed == 0 ? counts with { Failed = 1 } : counts;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> DotnetAsync(string[] arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments))!;
        try
        {
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            return -1;
        }
    }
}
