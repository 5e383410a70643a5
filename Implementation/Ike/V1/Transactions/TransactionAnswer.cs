// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Transactions;

/// <summary>What to do about a REQUEST or SET of the peer.</summary>
/// <param name="Reply">The answer; null when the message is rejected.</param>
/// <param name="Then">What happens once the answer has been sent; null for nothing.</param>
/// <param name="Rejection">Why there is no answer.</param>
internal sealed record TransactionAnswer(
    AttributesPayload? Reply,
    Action<DateTimeOffset, List<IkeEffect>>? Then = null,
    Rejection? Rejection = null)
{
    public static TransactionAnswer Reject(Rejection rejection) => new(null, null, rejection);
}
