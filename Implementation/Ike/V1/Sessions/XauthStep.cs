// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Phase1;

namespace Ipsec.Ike.V1.Sessions;

/// <summary>Extended authentication has the first turn after phase 1 (draft-beaulieu-ike-xauth-02 section 6).</summary>
internal sealed class XauthStep : IAfterPhase1
{
    /// <inheritdoc/>
    public bool Begin(IkeSa sa, DateTimeOffset now, List<IkeEffect> effects) => sa.BeginXauth(this, now, effects);
}
