// SPDX-License-Identifier: Apache-2.0

using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Ipsec.Benchmarks;

/// <summary>The performance figures of the implementation. BenchmarkDotNet measures, in this process.</summary>
public static class BenchmarkSuite
{
    private const int PacketIterationMilliseconds = 100;

    /// <summary>Measures everything.</summary>
    /// <param name="folder">Where BenchmarkDotNet may put its logs.</param>
    /// <param name="log">Told what is going on, line by line.</param>
    /// <returns>A figure for each benchmark and parameter set, in the order of the table.</returns>
    /// <exception cref="InvalidOperationException">A benchmark failed or gave no figure.</exception>
    public static IReadOnlyList<BenchmarkFigure> Run(string folder, Action<string> log)
    {
        (Type Subject, Job Job)[] subjects =
        [
            (typeof(IkeV1Handshake), Job.ShortRun),

            // Of packets there are so many kinds that each gets less time; an operation takes a microsecond.
            (typeof(EspPacket), Job.ShortRun.WithIterationTime(TimeInterval.FromMilliseconds(PacketIterationMilliseconds))),
        ];
        return [.. subjects.SelectMany(each => BenchmarkRunner.Run(each.Subject, Config(each.Job, folder, log)).Reports.Select(Figure))];
    }

    private static ManualConfig Config(Job job, string folder, Action<string> log) => ManualConfig.CreateEmpty()
        .AddJob(job.WithToolchain(InProcessEmitToolchain.Instance))
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddLogger(new LineLogger(log))
        .WithArtifactsPath(folder)
        .WithOptions(ConfigOptions.DisableLogFile | ConfigOptions.DisableOptimizationsValidator);

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
            string.Join(", ", benchmark.Parameters.Items.Select(parameter => $"{parameter.Name}={parameter.Value}")),
            statistics.Mean,
            statistics.StandardError,
            1e9 / statistics.Mean,
            report.GcStats.GetBytesAllocatedPerOperation(benchmark) ?? 0,
            statistics.N)
        {
            PayloadBytes = benchmark.Parameters.Items.FirstOrDefault(parameter => parameter.Name == nameof(EspPacket.Bytes))?.Value as int?,
        };
    }
}
