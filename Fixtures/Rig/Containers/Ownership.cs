// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>
/// Who made a container or a network: everything of the suite's carries a label, and what a run makes for itself also the
/// process that runs it. So what a killed run left behind can be told from what another run is using right now.
/// </summary>
public sealed record Ownership(int ProcessId, string Start)
{
    /// <summary>Label of everything that belongs to the suite; its value is <c>1</c>.</summary>
    public const string SuiteLabel = "org.ipsec-conformance";

    /// <summary>Label with the owning process, for example <c>4711@3f2c.../190245</c>: id, boot of the machine, start time.</summary>
    public const string OwnerLabel = "org.ipsec-conformance.owner";

    /// <summary>This process.</summary>
    public static Ownership Current { get; } = new(Environment.ProcessId, StartOf(Environment.ProcessId)
        ?? throw new InvalidOperationException("this process is not listed in /proc"));

    /// <summary>The labels of what this process makes.</summary>
    public static IReadOnlyDictionary<string, string> Labels { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [SuiteLabel] = "1",
        [OwnerLabel] = Current.ToString(),
    };

    /// <summary>Whether the owner still runs.</summary>
    public bool IsAlive => StartOf(ProcessId) == Start;

    /// <summary>Reads the owner from labels.</summary>
    /// <param name="labels">A container's or network's labels.</param>
    /// <returns>Null when they name none: then it was made by hand.</returns>
    public static Ownership? From(IReadOnlyDictionary<string, string> labels)
    {
        var parts = labels.GetValueOrDefault(OwnerLabel, "").Split('@', 2);
        return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new(id, parts[1]) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{ProcessId}@{Start}";

    /// <summary>Process ids are used again: only with boot and start time they name one process.</summary>
    private static string? StartOf(int processId)
    {
        const int startTime = 19;
        try
        {
            var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            var status = File.ReadAllText($"/proc/{processId}/stat");
            // The second field is the program's name in parentheses and may hold anything; what follows it does not.
            var fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
            return $"{boot}/{fields[startTime]}";
        }
        catch (IOException)
        {
            // No such process, or it ended while its file was read.
            return null;
        }
    }
}
