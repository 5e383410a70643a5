// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>One thing that two peers do differently in one scenario.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Aspect">Which one, for example <c>order in Identity Protection #2</c>.</param>
/// <param name="A">What the first peer does.</param>
/// <param name="B">What the second peer does.</param>
public sealed record Difference(DifferenceKind Kind, string Aspect, Sighting A, Sighting B);
