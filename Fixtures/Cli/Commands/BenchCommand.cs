// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ipsec.Benchmarks;
using Ipsec.Fixtures.Judgement;
using Spectre.Console;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary><c>bench</c>: the performance figures of the implementation, as a table and as JSON.</summary>
internal static class BenchCommand
{
    private const string FileName = "bench.json";
    private const double NanosecondsPerMicrosecond = 1000;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal)
    {
        var verbose = new Option<bool>("--verbose") { Description = "Shows the log of the measuring." };
        var folder = new Option<string>("--out") { Description = $"Folder for {FileName}; default out/<time>.", HelpName = "DIR" };
        var command = new Command("bench", "Measures the implementation: handshakes a second, ESP packets, time and memory an operation.") { verbose, folder };
        command.SetAction(parsed => Measure(parsed.GetValue(folder), parsed.GetValue(verbose), terminal));
        return command;
    }

    private static int Measure(string? asked, bool isVerbose, Terminal terminal)
    {
        if (!OutputFolder.TryMake(asked, out var folder, out var error))
        {
            return terminal.Fail((int)ExitStatus.BadArguments, error);
        }

        terminal.Error.WriteLine("conformance: measuring; leave the machine alone for two minutes");
        var figures = BenchmarkSuite.Run(folder.Path, line =>
        {
            if (isVerbose)
            {
                terminal.Error.WriteLine(line);
            }
        });
        var path = Path.Combine(folder.Path, FileName);
        File.WriteAllText(path, JsonSerializer.Serialize(new { Schema = 1, Processors = Environment.ProcessorCount, Figures = figures }, Json));
        terminal.Console.Write(TableOf([.. figures.Where(figure => figure.PayloadBytes is null)]));
        terminal.Console.Write(PacketTableOf([.. figures.Where(figure => figure.PayloadBytes is not null)]));
        terminal.Say($"{figures.Count} figures in {path}");
        return (int)ExitStatus.AsExpected;
    }

    private static Table TableOf(IReadOnlyList<BenchmarkFigure> figures)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("what", "with")
            .AddColumn(Right("µs each"))
            .AddColumn(Right("± µs"))
            .AddColumn(Right("per second"))
            .AddColumn(Right("bytes allocated"));
        foreach (var figure in figures)
        {
            table.AddRow(
                Markup.Escape(figure.Name),
                Markup.Escape(figure.Parameters),
                Number(figure.NanosecondsPerOperation / NanosecondsPerMicrosecond),
                Number(figure.StandardError / NanosecondsPerMicrosecond),
                Number(figure.OperationsPerSecond),
                figure.AllocatedBytes.ToString("N0", CultureInfo.InvariantCulture));
        }

        return table;
    }

    private static Table PacketTableOf(IReadOnlyList<BenchmarkFigure> figures)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("what", "with")
            .AddColumn(Right("ns each"))
            .AddColumn(Right("± ns"))
            .AddColumn(Right("Gbit/s"))
            .AddColumn(Right("bytes allocated"));
        foreach (var figure in figures)
        {
            table.AddRow(
                Markup.Escape(figure.Name),
                Markup.Escape(figure.Parameters),
                Number(figure.NanosecondsPerOperation),
                Number(figure.StandardError),
                Number(figure.GigabitsPerSecond ?? 0),
                figure.AllocatedBytes.ToString("N0", CultureInfo.InvariantCulture));
        }

        return table;
    }

    private static TableColumn Right(string title) => new TableColumn(title).RightAligned();

    private static string Number(double value) => value.ToString(value < 100 ? "N2" : "N0", CultureInfo.InvariantCulture);
}
