// SPDX-License-Identifier: Apache-2.0

using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Ipsec.Benchmarks;

/// <summary>The performance figures of the implementation. BenchmarkDotNet measures, in this process.</summary>
public static class BenchmarkSuite
{
    private static readonly Type[] Subjects = [typeof(IkeV1Handshake)];

    /// <summary>Measures everything.</summary>
    /// <param name="folder">Where BenchmarkDotNet may put its logs.</param>
    /// <param name="log">Told what is going on, line by line.</param>
    /// <returns>A figure for each benchmark and parameter set, in the order of the table.</returns>
    /// <exception cref="InvalidOperationException">A benchmark failed or gave no figure.</exception>
    public static IReadOnlyList<BenchmarkFigure> Run(string folder, Action<string> log)
    {
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(new LineLogger(log))
            .WithArtifactsPath(folder)
            .WithOptions(ConfigOptions.DisableLogFile | ConfigOptions.DisableOptimizationsValidator);
        return [.. Subjects.SelectMany(subject => BenchmarkRunner.Run(subject, config).Reports.Select(Figure))];
    }

    private static BenchmarkFigure Figure(BenchmarkReport report)
    {
        var benchmark = report.BenchmarkCase;
        var name = benchmark.Descriptor.WorkloadMethodDisplayInfo;
        if (report.ResultStatistics is not { } statistics)
        {
            throw new InvalidOperationException($"{name}: {string.Join("; ", report.ExecuteResults.SelectMany(r => r.Errors))}");
        }

        return new(
            name.Trim('\''),
            benchmark.Parameters.DisplayInfo.Trim('[', ']'),
            statistics.Mean,
            statistics.StandardError,
            1e9 / statistics.Mean,
            report.GcStats.GetBytesAllocatedPerOperation(benchmark) ?? 0,
            statistics.N);
    }
}
