// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Parties;

/// <summary>A gateway as a process in a namespace.</summary>
internal sealed partial class GatewayProcess : IDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly string _config;
    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly ManualResetEventSlim _isUp = new();

    /// <summary>Starts it.</summary>
    /// <param name="network">Where.</param>
    /// <param name="config">Path of its configuration.</param>
    public GatewayProcess(NetworkNamespace network, string config)
    {
        _config = config;
        _process = new Process
        {
            StartInfo = new("ip", ["netns", "exec", network.Name, "dotnet", Program, "gateway", "--config", config]) { RedirectStandardError = true },
        };
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_log)
            {
                _log.AppendLine(line.Data);
            }

            if (line.Data is null || line.Data.Contains(" is up: ", StringComparison.Ordinal))
            {
                _isUp.Set();
            }
        };
        _process.Start();
        _process.BeginErrorReadLine();
    }

    /// <summary>Why there can be none here; null when there can.</summary>
    public static string? Obstacle => File.Exists(Program)
        ? null
        : "a gateway process is the suite's own program, which is not beside what runs the features here: run them with ./conformance";

    /// <summary>What it has said.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "conformance.dll");

    /// <summary>Waits for it.</summary>
    /// <exception cref="EnvironmentException">It does not come up.</exception>
    public void WaitUntilUp()
    {
        if (!_isUp.Wait(Limit) || !Log.Contains(" is up: ", StringComparison.Ordinal))
        {
            throw new EnvironmentException($"the gateway did not come up:\n{Log}");
        }
    }

    /// <summary>What <c>--status --json</c> says.</summary>
    public JsonElement Status()
    {
        var (status, output) = Call("--status", "--json");
        using var document = status == 0 ? JsonDocument.Parse(output) : throw new InvalidOperationException(output);
        return document.RootElement.Clone();
    }

    /// <summary>SPIs of the SAs on which it receives.</summary>
    public string[] InboundSpis() => [.. Status().GetProperty("child_sas").EnumerateArray().Select(sa => sa.GetProperty("inbound_spi").GetString()!)];

    /// <summary>Runs the command on its configuration.</summary>
    public (int Status, string Output) Call(params string[] options)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, "gateway", "--config", _config, .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    /// <summary>Ends it as Ctrl-C's polite sister does; its exit status.</summary>
    public int EndPolitely()
    {
        _ = Kill(_process.Id, Terminate);
        return WaitForEnd();
    }

    /// <summary>Waits until it has ended by itself; its exit status.</summary>
    public int WaitForEnd()
    {
        if (!_process.WaitForExit(Limit))
        {
            throw new InvalidOperationException($"the gateway does not end:\n{Log}");
        }

        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        _isUp.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
