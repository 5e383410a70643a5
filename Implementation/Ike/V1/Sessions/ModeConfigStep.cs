// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Phase1;

namespace Ipsec.Ike.V1.Sessions;

/// <summary>Mode config comes before quick mode, which needs the address (draft-dukes-ike-mode-cfg-02 section 5.1).</summary>
internal sealed class ModeConfigStep : IAfterPhase1
{
    /// <inheritdoc/>
    public bool Begin(IkeSa sa, DateTimeOffset now, List<IkeEffect> effects) => sa.BeginModeConfig(this, now, effects);
}
