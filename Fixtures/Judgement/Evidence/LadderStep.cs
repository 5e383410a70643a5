// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>One arrow of a message ladder.</summary>
/// <param name="From">Who sent, for example <c>west</c>.</param>
/// <param name="To">Whom it was sent to.</param>
/// <param name="Label">The exchange and message, for example <c>Identity Protection #3</c>.</param>
/// <param name="Sublabel">What it carries, for example <c>KE, Nonce</c>; may be empty.</param>
/// <param name="Encrypted">Whether the content was encrypted on the wire.</param>
/// <param name="Note">A remark that belongs to the message, for example why it is illegal; null for none.</param>
/// <param name="TimeMs">Time since the scenario's start, in milliseconds.</param>
public sealed record LadderStep(string From, string To, string Label, string Sublabel, bool Encrypted, string? Note, double TimeMs);
