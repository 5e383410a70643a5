// SPDX-License-Identifier: Apache-2.0

using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>Runs a program without a shell: every argument arrives as it is written here.</summary>
internal static class ChildProcess
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="file">The program, by path or as found in PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellation">Ends the program and all it started.</param>
    /// <returns>Exit status, and standard output and error in the order they came.</returns>
    /// <exception cref="PeerUnavailableException">There is no such program.</exception>
    public static async Task<(int Status, string Output)> RunAsync(string file, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var output = new StringBuilder();
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(file, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        Start(process, file);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        lock (output)
        {
            return (process.ExitCode, output.ToString().Trim());
        }

        void Take(string? line)
        {
            lock (output)
            {
                output.Append(line).Append(line is null ? "" : "\n");
            }
        }
    }

    private static void Start(Process process, string file)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            throw new PeerUnavailableException($"{file} cannot be run: {error.Message}", remedy: null, error);
        }
    }
}
