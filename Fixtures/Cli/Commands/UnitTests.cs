// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary>Builds and runs the solution's unit test projects.</summary>
internal static class UnitTests
{
    private const string Configuration = "Release";
    private const string ResultsFile = "unit-tests.trx";
    private const string DriverTests = "Ipsec.Fixtures.Rig.Tests.dll";

    /// <summary>Builds everything and runs what needs no container. What cannot be built or run counts as a failure.</summary>
    public static async Task<TestCounts> RunAsync(Checkout checkout, string[] containerPeers, Terminal terminal, CancellationToken cancellation)
    {
        terminal.Say("Unit tests: building");
        string[] build = ["build", checkout.Solution, "-c", Configuration, "--nologo", "-v", "quiet", "-clp:ErrorsOnly"];
        if (await DotnetAsync(build, peer: null, cancellation) != 0)
        {
            terminal.Say("Unit tests: the build failed");
            return new TestCounts(0, 1, 0);
        }

        // The tests of a container peer's driver are in a category of the peer's name.
        var filter = string.Join('&', containerPeers.Select(peer => $"TestCategory!={peer}"));
        return await TestAsync("Unit tests", checkout.UnitTestAssemblies(Configuration), filter, peer: null, terminal, cancellation);
    }

    /// <summary>Runs the tests of a container peer's driver, against that peer.</summary>
    public static Task<TestCounts> RunAgainstAsync(string peer, Checkout checkout, Terminal terminal, CancellationToken cancellation) =>
        TestAsync($"Tests of {peer}'s driver", [.. checkout.UnitTestAssemblies(Configuration).Where(IsOfDrivers)], $"TestCategory={peer}", peer, terminal, cancellation);

    private static bool IsOfDrivers(string assembly) => Path.GetFileName(assembly) == DriverTests;

    private static async Task<TestCounts> TestAsync(
        string what, IReadOnlyList<string> assemblies, string filter, string? peer, Terminal terminal, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("conformance-");
        try
        {
            string[] test =
            [
                "test", .. assemblies, "--nologo", "--results-directory", folder.FullName,
                .. filter.Length > 0 ? (string[])["--filter", filter] : [],
                "--logger", $"trx;LogFileName={ResultsFile}", "--logger", "console;verbosity=minimal",
                "--", "RunConfiguration.MaxCpuCount=0",
            ];
            var status = await DotnetAsync(test, peer, cancellation);
            var counts = TrxResults.Read(Path.Combine(folder.FullName, ResultsFile));
            terminal.Say($"{what}: {counts}");
            return counts.OfRun(status);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> DotnetAsync(string[] arguments, string? peer, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", arguments);
        if (peer is not null)
        {
            start.Environment[RunOptions.DriverTestsVariable] = peer;
        }

        using var process = Process.Start(start)!;
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
