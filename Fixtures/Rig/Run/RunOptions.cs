// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;

namespace Ipsec.Fixtures.Rig.Run;

/// <summary>What a run was asked to do, as far as scenarios and peers need to know it.</summary>
public sealed record RunOptions
{
    /// <summary>Environment variable of a plain <c>dotnet test</c>: peers to run against beside self, with commas between them.</summary>
    public const string PeersVariable = "CONFORMANCE_PEERS";

    /// <summary>
    /// Names the peer whose driver's own tests are wanted. Another variable than <see cref="PeersVariable"/>, because the network between the
    /// gateways belongs to one process at a time, and a <c>dotnet test</c> of the solution runs several.
    /// </summary>
    public const string DriverTestsVariable = "CONFORMANCE_DRIVER_TESTS";

    /// <summary>Names of the peers, in the order of report columns.</summary>
    public required ImmutableArray<string> Peers { get; init; }

    /// <summary>The results' folder, as the user wrote it; it need not exist yet.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>For which scenarios evidence is kept.</summary>
    public EvidenceMode Evidence { get; init; }

    /// <summary>Whether a SHOULD counts as a MUST.</summary>
    public bool Strict { get; init; }

    /// <summary>The seed of everything random.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Whether what is missing for a peer, for example its image, may be built.</summary>
    public bool MayInstall { get; init; } = true;

    /// <summary>Whether peers are left running at the end.</summary>
    public bool Keep { get; init; }

    /// <summary>
    /// The options of a plain <c>dotnet test</c>: the suite itself, and the peers that <see cref="PeersVariable"/> adds. Evidence goes
    /// beside the test assembly.
    /// </summary>
    public static RunOptions FromEnvironment()
    {
        var added = Environment.GetEnvironmentVariable(PeersVariable)
            ?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        return new RunOptions
        {
            Peers = [.. added.Prepend(Rig.Peers.PeerCatalog.Self).Distinct(StringComparer.Ordinal)],
            OutputDirectory = Path.Combine(AppContext.BaseDirectory, "out", DefaultFolderName(DateTimeOffset.Now)),
            Seed = RandomSeed(),
        };
    }

    /// <summary>Name of the results' folder of a run that starts now, for example <c>20240229-140305</c>.</summary>
    public static string DefaultFolderName(DateTimeOffset now) => now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);

    /// <summary>A seed for a run that was given none: short enough to be typed again.</summary>
    public static ulong RandomSeed() => (ulong)Random.Shared.NextInt64(1, 1_000_000_000);
}
