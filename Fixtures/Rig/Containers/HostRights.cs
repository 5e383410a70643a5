// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>What this process must be allowed to do so that west can stand on a real network.</summary>
internal static class HostRights
{
    private const int NetAdmin = 12;
    private const int NetRaw = 13;

    /// <summary>Checks the rights.</summary>
    /// <exception cref="PeerUnavailableException">One is missing.</exception>
    public static void Demand()
    {
        var effective = EffectiveCapabilities();
        Demand(effective, NetRaw, "CAP_NET_RAW", "raw sockets and capture");
        Demand(effective, NetAdmin, "CAP_NET_ADMIN", "addresses on the bridge");
    }

    private static void Demand(ulong capabilities, int bit, string name, string purpose)
    {
        if ((capabilities & (1UL << bit)) == 0)
        {
            throw new PeerUnavailableException($"this process has no {name} ({purpose})", "run as root");
        }
    }

    private static ulong EffectiveCapabilities()
    {
        const string status = "/proc/self/status";
        const string prefix = "CapEff:";
        if (!File.Exists(status))
        {
            throw new PeerUnavailableException("peers in containers need Linux", remedy: null);
        }

        var line = File.ReadLines(status).First(text => text.StartsWith(prefix, StringComparison.Ordinal));
        return ulong.Parse(line.AsSpan(prefix.Length).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
