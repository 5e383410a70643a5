// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Text.Json;

namespace Ipsec.Daemon.Runtime;

/// <summary>The system's <c>ip</c>, which knows links, routes and rules.</summary>
internal static class IpCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Runs it.</summary>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="IOException">It is not there, or failed.</exception>
    public static string Run(params IEnumerable<string> arguments)
    {
        var (status, output, error) = Execute(arguments);
        return status == 0 ? output : throw new IOException($"ip {string.Join(' ', arguments)}: {error.Trim()}");
    }

    /// <summary>Runs it; that it fails is no error.</summary>
    public static bool Try(params IEnumerable<string> arguments) => Execute(arguments).Status == 0;

    /// <summary>Runs it for its first answer in JSON; null when there is none.</summary>
    public static JsonElement? Ask(params IEnumerable<string> arguments)
    {
        var (status, output, _) = Execute(["-j", .. arguments]);
        if (status != 0 || output.Length == 0)
        {
            return null;
        }

        using var document = JsonDocument.Parse(output);
        return document.RootElement.ValueKind == JsonValueKind.Array && document.RootElement.GetArrayLength() > 0
            ? document.RootElement[0].Clone()
            : null;
    }

    private static (int Status, string Output, string Error) Execute(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("ip") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            if (!process.WaitForExit(Limit))
            {
                process.Kill();
                throw new IOException($"ip did not end within {Limit.TotalSeconds} s");
            }

            return (process.ExitCode, output, error.Result);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new IOException($"cannot run ip, of Debian's package iproute2: {exception.Message}", exception);
        }
    }
}
