// SPDX-License-Identifier: Apache-2.0

using Ipsec.Esp;
using Ipsec.Sa;

namespace Ipsec.Gateway;

/// <summary>An entry for an audit log: what RFC 4301 section 5.2, RFC 4302 section 4 and RFC 4303 section 4 want in it.</summary>
/// <param name="Event">What happened, when, and the fields that the packet showed.</param>
/// <param name="Name">Connection and child of the SA, "connection/child"; null without an SA.</param>
/// <param name="Selectors">The traffic that the SA may carry; null without an SA.</param>
/// <param name="Suppressed">How many events of the same outcome were left out since the last one, so that nobody can flood the log.</param>
public sealed record AuditRecord(AuditEvent Event, string? Name, SelectorPair? Selectors, long Suppressed);
