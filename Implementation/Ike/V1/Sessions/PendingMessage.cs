// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Sessions;

/// <summary>A sent message that waits for its answer (RFC 2408 section 5.1).</summary>
/// <param name="Sent">The message.</param>
/// <param name="TimesSent">Transmissions so far.</param>
/// <param name="Due">When to send it again, or to give up.</param>
internal sealed record PendingMessage(SentMessage Sent, int TimesSent, DateTimeOffset Due);
