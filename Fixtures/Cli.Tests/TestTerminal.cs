// SPDX-License-Identifier: Apache-2.0

using Spectre.Console;

namespace Ipsec.Fixtures.Cli.Tests;

/// <summary>A terminal that keeps what is written.</summary>
internal sealed class TestTerminal : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public TestTerminal()
    {
        var plain = new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(_out),
        };
        Terminal = new Terminal(_out, _error, AnsiConsole.Create(plain), IsLive: false);
    }

    public Terminal Terminal { get; }

    public string OutText => _out.ToString();

    public IReadOnlyList<string> ErrorLines => _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
    }
}
