// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Judgement;

/// <summary>What one peer does, and where it is seen.</summary>
/// <param name="Text">In words.</param>
/// <param name="Frames">The frames of its capture that show it; empty for what is not there.</param>
public sealed record Sighting(string Text, ImmutableArray<int> Frames)
{
    /// <summary>Seen in these messages.</summary>
    internal static Sighting Of(string text, IEnumerable<PeerMessage> messages) => new(text, [.. messages.Select(message => message.Frame)]);
}
