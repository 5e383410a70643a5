// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Everything that is kept of one scenario, as plain data.</summary>
public sealed record EvidenceContent
{
    /// <summary>The packets in order of time.</summary>
    public required Trace Trace { get; init; }

    /// <summary>A finished capture to copy, or null when frames are written by the caller into <see cref="EvidenceFolder.CapturePath"/>.</summary>
    public string? CaptureFile { get; init; }

    /// <summary>Keys of the ISAKMP SAs.</summary>
    public ImmutableArray<IkeV1Key> IkeV1Keys { get; init; } = [];

    /// <summary>Keys of the ESP SAs.</summary>
    public ImmutableArray<EspKey> EspKeys { get; init; } = [];

    /// <summary>The peer's log, or null when it has none.</summary>
    public string? PeerLog { get; init; }

    /// <summary>The peer's configuration as rendered: file name and text.</summary>
    public ImmutableArray<(string Name, string Text)> PeerConfiguration { get; init; } = [];

    /// <summary>The SAs of both sides, as JSON text; null when none came up.</summary>
    public string? SasJson { get; init; }
}
