// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Judgement;

/// <summary>One packet of a scenario's trace.</summary>
/// <param name="Ladder">The packet as an arrow of the ladder.</param>
/// <param name="Step">The Gherkin step that caused it, or null when the peer acted by itself.</param>
/// <param name="Bytes">The packet in hexadecimal, as captured; null when it was not kept.</param>
/// <param name="Fields">The decoded content, one field a line, for example <c>SA > Proposal 1 > Transform 1: AES-CBC-256</c>.</param>
public sealed record TraceMessage(LadderStep Ladder, string? Step, string? Bytes, ImmutableArray<string> Fields)
{
    /// <summary>Its frame number in the capture, from 1; 0 where the trace was written without.</summary>
    public int Frame { get; init; }

    /// <summary>What stands in it when it is a whole IKE message, without what is random by nature; null of anything else.</summary>
    public TraceIke? Ike { get; init; }
}
