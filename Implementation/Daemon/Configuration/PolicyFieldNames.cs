// SPDX-License-Identifier: Apache-2.0

using System.Text.RegularExpressions;

namespace Ipsec.Daemon.Configuration;

/// <summary>What the fields of a policy are called in a file.</summary>
internal static partial class PolicyFieldNames
{
    private static readonly (string Policy, string InFile)[] Names =
    [
        ("certificates.trust.anchors", "ca"),
        ("certificates.chain[0]", "certificate"),
        ("certificates.key", "key"),
        ("acceptedModes", "mode"),
        ("deadPeerDetection", "dpd"),
        ("fragmentation.maximumDatagram", "fragmentation"),
        ("lifetimeKilobytes", "volume"),
        ("lifetimeSeconds", "lifetime"),
        ("localIdentity", "local-id"),
        ("localSelector", "local"),
        ("natTraversal.keepaliveInterval", "keepalive"),
        ("natTraversal", "nat-traversal"),
        ("phase1", "proposals"),
        ("preSharedKey", "psk"),
        ("remoteIdentity", "remote-id"),
        ("remoteSelector", "remote"),
    ];

    /// <summary>A path of a policy as a path of a file.</summary>
    public static string InFile(string field)
    {
        foreach (var (policy, name) in Names)
        {
            field = field.Replace($".{policy}", $".{name}", StringComparison.Ordinal);
        }

        // Of a proposal the file has one text, whose parts the policy names.
        return PartOfSuite().Replace(field, "$1");
    }

    [GeneratedRegex(@"(\.(?:proposals|suites)\[\d+\])\..*$")]
    private static partial Regex PartOfSuite();
}
