// SPDX-License-Identifier: Apache-2.0

using Ipsec.Transports.InMemory;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <content>How good or bad the network between the gateways is.</content>
public sealed partial class Scene
{
    /// <summary>How packets fare in both directions: from the first one on, or from now on.</summary>
    public void SetNetwork(LinkConditions conditions)
    {
        if (_bed is null)
        {
            Prepare(bed => bed.Network = conditions);
        }
        else
        {
            OnLoop(() => Bed.Network = conditions);
        }
    }
}
