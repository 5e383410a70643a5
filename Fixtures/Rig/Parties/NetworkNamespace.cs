// SPDX-License-Identifier: Apache-2.0

using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Ipsec.Fixtures.Rig.Parties;

/// <summary>A network namespace of this process's own, and threads that enter it.</summary>
internal sealed partial class NetworkNamespace : IDisposable
{
    private const int OpenReadOnly = 0;
    private const int NewNetwork = 0x40000000;
    private static readonly string[] Everywhere = ["all", "default"];
    private static readonly Lazy<string?> KnownObstacle = new(FindObstacle);

    /// <summary>Makes it.</summary>
    /// <param name="name">Its name, of <see cref="PartyNames"/>.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public NetworkNamespace(string name)
    {
        Name = name;
        Ip("netns", "add", name);
        Run("link", "set", "lo", "up");
        Do(() =>
        {
            // Nothing is to cross a link that no scenario asked for, such as a search for IPv6 routers.
            foreach (var file in Everywhere.Select(devices => $"/proc/sys/net/ipv6/conf/{devices}/disable_ipv6").Where(File.Exists))
            {
                File.WriteAllText(file, "1");
            }

            return true;
        });
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Why there can be none here; null when there can.</summary>
    public static string? Obstacle => KnownObstacle.Value;

    /// <summary>Runs <c>ip</c> in this namespace.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="IOException">It failed.</exception>
    public void Run(params string[] arguments) => Ip(["-n", Name, .. arguments]);

    /// <summary>Runs <c>ip</c>.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it printed.</returns>
    /// <exception cref="IOException">It failed.</exception>
    public static string Ip(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new IOException($"ip {string.Join(' ', arguments)}: {error.Result.Trim()}");
    }

    /// <summary>Does something on a thread in this namespace: sockets that are opened there belong to it.</summary>
    /// <param name="action">What.</param>
    /// <typeparam name="T">Of the result.</typeparam>
    /// <returns>The result.</returns>
    public T Do<T>(Func<T> action)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Enter();
                result = action();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    /// <summary>Starts to see every frame on a device of this namespace.</summary>
    /// <param name="device">Name of the device.</param>
    /// <returns>The capture.</returns>
    public LinkCapture Capture(string device) => Do(() => new LinkCapture(device));

    /// <inheritdoc/>
    public void Dispose() => Ip("netns", "delete", Name);

    private static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            return "network namespaces need Linux and root";
        }

        if (!File.Exists("/dev/net/tun"))
        {
            return "there is no /dev/net/tun";
        }

        try
        {
            using var probe = new NetworkNamespace(PartyNames.Next("probe"));
            return null;
        }
        catch (Exception exception) when (exception is IOException or Win32Exception)
        {
            return $"no network namespace can be made: {exception.Message}";
        }
    }

    private void Enter()
    {
        var descriptor = Open($"{PartyNames.NamespaceFolder}/{Name}", OpenReadOnly);
        if (descriptor < 0 || SetNamespace(descriptor, NewNetwork) < 0)
        {
            throw new IOException($"cannot enter {Name}: error {Marshal.GetLastPInvokeError()}");
        }

        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetNamespace(int descriptor, int kind);
}
