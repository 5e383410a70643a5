// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using System.Net.Sockets;
using Ipsec.Daemon.Configuration;
using Ipsec.Daemon.Runtime;
using Ipsec.Fixtures.Cli.Gateway;
using Ipsec.Fixtures.Judgement;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary><c>gateway</c>: the implementation as a real gateway or host, until it is stopped.</summary>
internal static class GatewayCommand
{
    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal)
    {
        var config = new Option<string>("--config") { Description = "The configuration file.", HelpName = "FILE" };
        var check = new Option<bool>("--check") { Description = "Only says what is wrong with the configuration." };
        var status = new Option<bool>("--status") { Description = "Shows the SAs and counters of the running gateway." };
        var json = new Option<bool>("--json") { Description = "With --status: as JSON." };
        var stop = new Option<bool>("--stop") { Description = "Stops the running gateway, which deletes its SAs." };
        var example = new Option<string>("--example")
        {
            Description = $"Prints an example of a configuration: {string.Join(", ", ExampleFiles.Names)}; default {ExampleFiles.Default}.",
            HelpName = "NAME",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("gateway", "Runs the implementation as a real gateway or host (Linux, as root).") { config, check, status, json, stop, example };
        command.SetAction(parsed =>
        {
            var file = parsed.GetValue(config);
            if (parsed.GetResult(example) is not null)
            {
                return PrintExample(parsed.GetValue(example) ?? ExampleFiles.Default, terminal);
            }

            if (parsed.GetValue(status) || parsed.GetValue(stop))
            {
                return Ask(file, parsed.GetValue(stop), parsed.GetValue(json), terminal);
            }

            return file is null
                ? terminal.Fail((int)ExitStatus.BadArguments, "gateway needs --config FILE (gateway --example prints one)")
                : Run(file, parsed.GetValue(check), terminal);
        });
        return command;
    }

    private static int PrintExample(string name, Terminal terminal)
    {
        if (!ExampleFiles.TryRead(name, out var text))
        {
            return terminal.Fail((int)ExitStatus.BadArguments, $"there is no example '{name}': there are {string.Join(", ", ExampleFiles.Names)}");
        }

        terminal.Out.Write(text);
        return (int)ExitStatus.AsExpected;
    }

    private static int Ask(string? file, bool stops, bool asJson, Terminal terminal)
    {
        var socket = GatewaySettings.DefaultControlSocket;
        if (file is not null)
        {
            if (Read(file, terminal) is not { } settings)
            {
                return (int)ExitStatus.BadArguments;
            }

            socket = settings.ControlSocket;
        }

        try
        {
            if (stops)
            {
                GatewayDaemon.AskStop(socket);
                return (int)ExitStatus.AsExpected;
            }

            var report = GatewayDaemon.AskStatus(socket, out var text);
            if (asJson)
            {
                terminal.Out.Write(text);
            }
            else
            {
                StatusTables.Write(report, terminal);
            }

            return (int)ExitStatus.AsExpected;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return terminal.Fail((int)ExitStatus.Environment, $"no gateway answers at {socket}: {exception.Message}");
        }
    }

    private static GatewaySettings? Read(string file, Terminal terminal)
    {
        var errors = GatewayFile.TryRead(file, out var settings);
        foreach (var error in errors)
        {
            terminal.Error.WriteLine(error);
        }

        return settings;
    }

    private static int Run(string file, bool onlyCheck, Terminal terminal)
    {
        if (Read(file, terminal) is not { } settings)
        {
            return (int)ExitStatus.BadArguments;
        }

        if (onlyCheck)
        {
            terminal.Say($"{file} is right: {settings.Connections.Length} connections, {settings.Connections.Sum(connection => connection.Children.Length)} children");
            return (int)ExitStatus.AsExpected;
        }

        using var logs = LoggerFactory.Create(builder => builder
            .SetMinimumLevel(settings.LogLevel)
            .AddConsole(console =>
            {
                console.LogToStandardErrorThreshold = LogLevel.Trace;
                console.FormatterName = LogLines.FormatName;
            })
            .AddConsoleFormatter<LogLines, ConsoleFormatterOptions>());
        return Run(settings, logs.CreateLogger(settings.Name), terminal);
    }

    private static int Run(GatewaySettings settings, ILogger log, Terminal terminal)
    {
        try
        {
            using var daemon = GatewayDaemon.Start(settings, log);
            using var signals = new StopSignals(daemon.Stop);
            var reason = daemon.StopAsked.GetAwaiter().GetResult();
            log.LogInformation("stopping: {Reason}", reason);
            return (int)(daemon.HasFailed ? ExitStatus.HarnessFault : ExitStatus.AsExpected);
        }
        catch (Exception exception) when (exception is IOException or SocketException or UnauthorizedAccessException)
        {
            return terminal.Fail((int)ExitStatus.Environment, exception.Message);
        }
    }
}
