// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Judgement;

/// <summary>A transform that was offered or chosen.</summary>
/// <param name="Name">Proposal, protocol and transform, for example <c>proposal 1 Esp, transform 1 AesGcm16</c>.</param>
/// <param name="Attributes">Its attributes in their order, for example <c>KeyLength=128</c>.</param>
public sealed record TraceTransform(string Name, ImmutableArray<string> Attributes);
