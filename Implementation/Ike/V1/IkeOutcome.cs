// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;

namespace Ipsec.Ike.V1;

/// <summary>What came of an input.</summary>
/// <param name="Effects">What is to be done and known, in order.</param>
/// <param name="NextDeadline">When the endpoint wants to be told the time; null for never.</param>
public sealed record IkeOutcome(IReadOnlyList<IkeEffect> Effects, DateTimeOffset? NextDeadline);
