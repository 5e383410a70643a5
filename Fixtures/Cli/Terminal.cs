// SPDX-License-Identifier: Apache-2.0

using Spectre.Console;

namespace Ipsec.Fixtures.Cli;

/// <summary>Where the command line writes. Taken once at the start: NUnit later diverts what scenarios write to the console.</summary>
/// <param name="Out">Standard output, as plain text.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Console">Standard output with colours and live displays, where it can show them.</param>
/// <param name="IsLive">Whether a person watches: output is a terminal that can redraw.</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error, IAnsiConsole Console, bool IsLive)
{
    /// <summary>Width of tables in a log, where nobody can say how wide it is.</summary>
    private const int LogWidth = 160;

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess()
    {
        var output = System.Console.Out;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        var isLive = !System.Console.IsOutputRedirected && console.Profile.Capabilities.Ansi;
        if (!isLive)
        {
            console.Profile.Width = LogWidth;
        }

        return new Terminal(output, System.Console.Error, console, isLive);
    }

    /// <summary>Tells the user something in one line, above whatever redraws itself.</summary>
    public void Say(string line)
    {
        if (IsLive)
        {
            Console.WriteLine(line);
        }
        else
        {
            // Not through the console, which would break the line where it thinks the edge is.
            Out.WriteLine(line);
        }
    }

    /// <summary>Writes one line to standard error and passes the exit status on.</summary>
    public int Fail(int status, string line)
    {
        Error.WriteLine($"conformance: {line}");
        return status;
    }
}
