// SPDX-License-Identifier: Apache-2.0

using System.Reflection;
using System.Runtime.InteropServices;
using Ipsec.Fixtures.Judgement;

namespace Ipsec.Fixtures.Rig.Run;

/// <summary>Which suite this is, and where it runs.</summary>
public static class SuiteIdentity
{
    /// <summary>The suite's version, for example <c>0.1.0</c>.</summary>
    public static string Version { get; }

    /// <summary>The commit it was built from, or <c>unknown</c>.</summary>
    public static string Commit { get; }

    static SuiteIdentity()
    {
        // The SDK writes "version+commit" when it builds in a repository.
        var attribute = typeof(SuiteIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!;
        var parts = attribute.InformationalVersion.Split('+', 2);
        Version = parts[0];
        Commit = parts.Length > 1 ? parts[1] : "unknown";
    }

    /// <summary>The machine as results describe it.</summary>
    /// <param name="engine">The container engine and its version, or null when none is used.</param>
    public static EnvironmentRecord Environment(string? engine) =>
        new(RuntimeInformation.OSDescription, KernelRelease(), engine);

    private static string KernelRelease()
    {
        const string release = "/proc/sys/kernel/osrelease";
        return File.Exists(release) ? File.ReadAllText(release).Trim() : System.Environment.OSVersion.VersionString;
    }
}
