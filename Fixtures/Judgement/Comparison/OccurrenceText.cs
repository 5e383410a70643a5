// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Occurrences in words.</summary>
public static class OccurrenceText
{
    /// <summary>A scenario and the frames of both captures, for example <c>IKE1-MM-001 (a: 2, b: 2 and 6)</c>.</summary>
    /// <param name="occurrence">The occurrence.</param>
    /// <param name="a">Name of the first peer.</param>
    /// <param name="b">Name of the second peer.</param>
    public static string Of(DifferenceOccurrence occurrence, string a, string b)
    {
        ArgumentNullException.ThrowIfNull(occurrence);
        string[] frames = [.. new[] { (Peer: a, Frames: occurrence.AFrames), (Peer: b, Frames: occurrence.BFrames) }.Where(seen => seen.Frames.Length > 0).Select(seen => $"{seen.Peer}: {Frames(seen.Frames)}")];
        return frames.Length == 0 ? occurrence.Scenario : $"{occurrence.Scenario} ({string.Join(", ", frames)})";
    }

    /// <summary>Frame numbers, for example <c>frames 2, 5</c>.</summary>
    public static string Frames(ImmutableArray<int> frames) => frames.Length == 1
        ? FormattableString.Invariant($"frame {frames[0]}")
        : $"frames {string.Join(", ", frames.Select(frame => FormattableString.Invariant($"{frame}")))}";
}
