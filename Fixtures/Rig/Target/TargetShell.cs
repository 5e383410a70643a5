// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Target;

/// <summary>Runs a profile's commands.</summary>
internal static class TargetShell
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Runs one, and demands that it succeeds.</summary>
    /// <param name="what">What it is to make the device do, for messages.</param>
    /// <param name="command">The command; null when the profile names none.</param>
    /// <param name="values">What stands for the names in braces.</param>
    /// <returns>What it printed.</returns>
    /// <exception cref="UnsupportedException">The profile names none.</exception>
    /// <exception cref="EnvironmentException">It failed.</exception>
    public static async Task<string> RunAsync(string what, string? command, params (string Name, string Value)[] values)
    {
        if (command is null)
        {
            throw new UnsupportedException($"the profile names no command to {what}");
        }

        foreach (var (name, value) in values)
        {
            command = command.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }

        using var deadline = new CancellationTokenSource(Limit);
        try
        {
            var (status, output) = await ChildProcess.RunAsync("/bin/sh", ["-c", command], deadline.Token);
            return status == 0 ? output : throw new EnvironmentException($"the command to {what} ended with {status}: {output.Trim()}");
        }
        catch (OperationCanceledException)
        {
            throw new EnvironmentException($"the command to {what} did not end within {Limit.TotalSeconds} s");
        }
    }
}
