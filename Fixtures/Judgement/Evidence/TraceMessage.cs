// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Judgement;

/// <summary>One packet of a scenario's trace.</summary>
/// <param name="Ladder">The packet as an arrow of the ladder.</param>
/// <param name="Step">The Gherkin step that caused it, or null when the peer acted by itself.</param>
/// <param name="Bytes">The packet in hexadecimal, as captured; null when it was not kept.</param>
/// <param name="Fields">The decoded content, one field a line, for example <c>SA > Proposal 1 > Transform 1: AES-CBC-256</c>.</param>
public sealed record TraceMessage(LadderStep Ladder, string? Step, string? Bytes, ImmutableArray<string> Fields);
