// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Cli.Arguments;

/// <summary>How scenarios are to be run.</summary>
internal sealed record Execution
{
    /// <summary>How many features run side by side.</summary>
    public required int Jobs { get; init; }

    /// <summary>The seed of everything random.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How many times everything is run.</summary>
    public required int Rounds { get; init; }

    /// <summary>The results' folder that was asked for, or null for the default.</summary>
    public string? Out { get; init; }

    /// <summary>For which scenarios evidence is kept.</summary>
    public EvidenceMode Evidence { get; init; }

    /// <summary>Whether a SHOULD counts as a MUST.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether what a peer lacks may be installed or built.</summary>
    public bool MayInstall { get; init; }

    /// <summary>Whether peers are left running at the end.</summary>
    public bool Keep { get; init; }

    /// <summary>Whether every scenario and step is printed.</summary>
    public bool Verbose { get; init; }
}
