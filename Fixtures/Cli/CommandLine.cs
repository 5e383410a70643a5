// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Ipsec.Fixtures.Cli.Arguments;
using Ipsec.Fixtures.Cli.Commands;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Peers;

namespace Ipsec.Fixtures.Cli;

/// <summary>The command line: from arguments to an exit status.</summary>
internal static class CommandLine
{
    /// <summary>
    /// Environment variable by which the launcher asks whether the arguments are right, before it installs anything for them:
    /// nothing else is done then.
    /// </summary>
    private const string CheckVariable = "CONFORMANCE_CHECK_ARGUMENTS";

    /// <summary>Does what the arguments say.</summary>
    public static async Task<int> RunAsync(string[] args, PeerCatalog catalog, Terminal terminal)
    {
        try
        {
            // Terms of a selection start with @: they are not names of response files.
            var parsed = Build(catalog, terminal).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0)
            {
                return terminal.Fail((int)ExitStatus.BadArguments, UsageError.Describe(parsed));
            }

            var isOnlyChecked = Environment.GetEnvironmentVariable(CheckVariable) is not null;
            return isOnlyChecked ? (int)ExitStatus.AsExpected : await InvokeAsync(parsed, terminal);
        }
        catch (Exception fault)
        {
            // The outermost boundary: whatever was not foreseen is a fault of the suite, and the exit status says so.
            return terminal.Fail((int)ExitStatus.HarnessFault, $"fault of the suite itself: {fault}");
        }
    }

    private static Task<int> InvokeAsync(ParseResult parsed, Terminal terminal) => parsed.InvokeAsync(new InvocationConfiguration
    {
        Output = terminal.Out,
        Error = terminal.Error,
        EnableDefaultExceptionHandler = false,
        // Ctrl-C is Interruption's.
        ProcessTerminationTimeout = null,
    });

    private static RootCommand Build(PeerCatalog catalog, Terminal terminal) => new("IPsec conformance and interoperability suite.")
    {
        RunCommand.Build(catalog, terminal),
        ListCommand.Build(catalog, terminal),
        TestCommand.Build(catalog, terminal),
        CompareCommand.Build(catalog, terminal),
        DiffCommand.Build(terminal),
        ReportCommand.Build(terminal),
        TargetGuideCommand.Build(terminal),
        BenchCommand.Build(terminal),
        GatewayCommand.Build(terminal),
    };
}
