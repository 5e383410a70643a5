// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>Takes auditable events; called on the thread of the packet, so it has to be quick.</summary>
public interface IAuditSink
{
    /// <summary>Takes an event that the rate limit let through.</summary>
    /// <param name="auditEvent">The event.</param>
    /// <param name="suppressed">How many of the same outcome were not let through since the last one.</param>
    void Record(in AuditEvent auditEvent, long suppressed);
}
