// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;

namespace Ipsec.Fixtures.Rig.Tests.Evidence;

/// <summary>Wireshark on the command line: a second opinion on a capture.</summary>
internal static class Tshark
{
    /// <summary>Reads a capture with a configuration folder; fails on a complaint of tshark about it.</summary>
    /// <returns>A line a frame, fields separated by tabs.</returns>
    public static string[] Read(string configuration, string capture, string filter, params string[] fields)
    {
        var program = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "tshark")).FirstOrDefault(File.Exists);
        Assume.That(program, Is.Not.Null, "tshark is not installed (Debian: apt-get install tshark)");
        var start = new ProcessStartInfo(program!) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["WIRESHARK_CONFIG_DIR"] = configuration;
        string[] arguments = ["-r", capture, "-Y", filter, "-T", "fields", .. fields.SelectMany(name => new[] { "-e", name })];
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        errors.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("Running as user", StringComparison.Ordinal)).Should().BeEmpty();
        process.ExitCode.Should().Be(0);
        return output.Split('\n')[..^1];
    }
}
