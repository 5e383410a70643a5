// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Sessions;

namespace Ipsec.Ike.V1.Phase1;

/// <summary>
/// Something that has its turn between the end of phase 1 and the first quick mode of ours: XAUTH, mode config,
/// INITIAL-CONTACT. One instance belongs to one IKE SA.
/// </summary>
internal interface IAfterPhase1
{
    /// <summary>Begins, when everything before it is over.</summary>
    /// <param name="sa">The IKE SA, established.</param>
    /// <param name="now">The time.</param>
    /// <param name="effects">Receives what is to be done.</param>
    /// <returns>Whether it is over already; otherwise <see cref="IkeSa.EndAfterPhase1"/> is called when it is.</returns>
    bool Begin(IkeSa sa, DateTimeOffset now, List<IkeEffect> effects);
}
