// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Support;

/// <summary>Wireshark's command line as a second opinion. Where it is not installed, the test that asks for it is ignored.</summary>
internal static class Tshark
{
    private static readonly string? Program = Environment.GetEnvironmentVariable("PATH")?
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "tshark"))
        .FirstOrDefault(File.Exists);

    /// <summary>Runs tshark with a configuration folder and returns what it printed; fails on a complaint of tshark about its configuration.</summary>
    public static string Read(string? configuration, params string[] arguments)
    {
        if (Program is null)
        {
            Assert.Ignore("tshark is not installed (Debian: apt-get install tshark)");
        }

        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        if (configuration is not null)
        {
            start.Environment["WIRESHARK_CONFIG_DIR"] = configuration;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var complaints = errors.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("Running as user", StringComparison.Ordinal)).ToArray();
        Assert.That(complaints, Is.Empty, "tshark complained");
        Assert.That(process.ExitCode, Is.Zero);
        return output;
    }
}
