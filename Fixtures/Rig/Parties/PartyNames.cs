// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Ipsec.Fixtures.Rig.Containers;

namespace Ipsec.Fixtures.Rig.Parties;

/// <summary>
/// Names of namespaces and folders that this process makes, for example <c>conf-4711.190245-3-west</c>: process, its start time, a running
/// number, the party. So what a killed run left behind can be told from what another run is using right now.
/// </summary>
internal static partial class PartyNames
{
    /// <summary>Where <c>ip netns</c> keeps its names.</summary>
    public const string NamespaceFolder = "/run/netns";

    private static readonly Lock Gate = new();
    private static int _last;
    private static bool _isSwept;

    private static string Boot => Ownership.Current.Start.Split('/')[0];

    /// <summary>A name that no other party of any run has.</summary>
    /// <param name="party">Which party, or what else it is for.</param>
    /// <returns>The name.</returns>
    public static string Next(string party) => string.Create(
        CultureInfo.InvariantCulture,
        $"conf-{Ownership.Current.ProcessId}.{Ownership.Current.Start.Split('/')[1]}-{Interlocked.Increment(ref _last)}-{party}");

    /// <summary>Whether a name was given by a process that is gone.</summary>
    /// <param name="name">The name.</param>
    /// <returns>False also for names of others.</returns>
    public static bool IsLeftBehind(string name) =>
        Pattern().Match(name) is { Success: true } match
        && !new Ownership(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), $"{Boot}/{match.Groups[2].Value}").IsAlive;

    /// <summary>Removes what killed runs left behind, once in the life of this process.</summary>
    public static void Sweep()
    {
        lock (Gate)
        {
            if (_isSwept)
            {
                return;
            }

            _isSwept = true;
            foreach (var name in LeftBehind(Directory.Exists(NamespaceFolder) ? Directory.EnumerateFiles(NamespaceFolder) : []))
            {
                Remove(name);
            }

            foreach (var name in LeftBehind(Directory.EnumerateDirectories(Path.GetTempPath())))
            {
                Directory.Delete(Path.Combine(Path.GetTempPath(), name), recursive: true);
            }
        }
    }

    private static string[] LeftBehind(IEnumerable<string> paths) => [.. paths.Select(path => Path.GetFileName(path)).Where(IsLeftBehind)];

    /// <summary>A namespace goes when its name and the gateway in it are gone.</summary>
    private static void Remove(string name)
    {
        try
        {
            foreach (var id in NetworkNamespace.Ip("netns", "pids", name).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                using var process = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
                process.Kill();
                process.WaitForExit();
            }

            NetworkNamespace.Ip("netns", "delete", name);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException && !File.Exists(Path.Combine(NamespaceFolder, name)))
        {
            // Another run has swept it at the same time.
        }
    }

    [GeneratedRegex(@"^conf-([0-9]{1,9})\.([0-9]+)-[0-9]+-[a-z]+$")]
    private static partial Regex Pattern();
}
