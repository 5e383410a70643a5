// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;

namespace Ipsec.Ike;

/// <summary>Why a message was not accepted.</summary>
/// <param name="Clause">The clause that demands or allows it, e.g. "RFC 2409 section 5.5".</param>
/// <param name="Reason">What was wrong, for a person.</param>
/// <param name="Notify">The notification the RFC names for it; null for silence.</param>
/// <param name="IsFatal">Whether the exchange ends; otherwise it goes on waiting for a good message.</param>
public sealed record Rejection(string Clause, string Reason, NotifyType? Notify = null, bool IsFatal = false);
