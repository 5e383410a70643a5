// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Cli.Arguments;

/// <summary>The options of how scenarios are run.</summary>
internal sealed class ExecutionOptions
{
    private const int DefaultJobs = 4;
    private const int MostJobs = 256;
    private const int MostRounds = 100_000;

    private readonly Option<int?> _jobs = Number("--jobs", 1, MostJobs, $"How many features run side by side. Default: {DefaultJobs}.");
    private readonly Option<ulong?> _seed = Number(
        "--seed", 0UL, ulong.MaxValue, "Seed of everything random, to run again what a run printed. Default: a new one each time.");
    private readonly Option<int?> _repeat = Number("--repeat", 1, MostRounds, "Runs everything N times, each time with the next seed.");
    private readonly Option<string?> _out = new("--out")
    {
        HelpName = "DIR",
        Description = "Folder for the results. Default: out/<time>, and out/latest leads there.",
    };
    private readonly Option<EvidenceMode> _evidence = new("--evidence")
    {
        HelpName = "failed|all",
        Description = "For which scenarios evidence is kept. Default: failed.",
        CustomParser = ParseEvidence,
    };
    private readonly Option<bool> _strict = new("--strict") { Description = "A SHOULD counts as a MUST." };
    private readonly Option<bool> _noInstall = new("--no-install")
    {
        Description = "Installs and builds nothing that a peer lacks; names it instead.",
    };
    private readonly Option<bool> _keep = new("--keep") { Description = "Leaves the peers running at the end." };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "Prints every scenario and step." };

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_jobs);
        command.Add(_seed);
        command.Add(_repeat);
        command.Add(_out);
        command.Add(_evidence);
        command.Add(_strict);
        command.Add(_noInstall);
        command.Add(_keep);
        command.Add(_verbose);
    }

    /// <summary>Reads the options.</summary>
    public Execution Read(ParseResult parsed) => new()
    {
        Jobs = parsed.GetValue(_jobs) ?? DefaultJobs,
        Seed = parsed.GetValue(_seed) ?? RunOptions.RandomSeed(),
        Rounds = parsed.GetValue(_repeat) ?? 1,
        Out = parsed.GetValue(_out),
        Evidence = parsed.GetValue(_evidence),
        Strict = parsed.GetValue(_strict),
        MayInstall = !parsed.GetValue(_noInstall),
        Keep = parsed.GetValue(_keep),
        Verbose = parsed.GetValue(_verbose),
    };

    private static Option<T?> Number<T>(string name, T least, T most, string description)
        where T : struct, IBinaryInteger<T> => new(name)
        {
            HelpName = "N",
            Description = description,
            CustomParser = result => ParseNumber(result, least, most),
        };

    private static T? ParseNumber<T>(ArgumentResult result, T least, T most)
        where T : struct, IBinaryInteger<T>
    {
        var text = result.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        result.AddError($"{OptionOf(result)} '{text}': write a whole number from {least} to {most}");
        return null;
    }

    private static EvidenceMode ParseEvidence(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        switch (text)
        {
            case "failed":
                return EvidenceMode.Failed;
            case "all":
                return EvidenceMode.All;
            default:
                result.AddError($"{OptionOf(result)} '{text}': write failed or all");
                return default;
        }
    }

    private static string OptionOf(ArgumentResult result) => ((OptionResult)result.Parent!).Option.Name;
}
