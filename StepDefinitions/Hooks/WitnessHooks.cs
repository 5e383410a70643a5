// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Scenes;
using TechTalk.SpecFlow;
using TechTalk.SpecFlow.Bindings;

namespace Ipsec.StepDefinitions.Hooks;

/// <summary>Before a claim is judged, the first witness must have seen all there is to see.</summary>
[Binding]
public sealed class WitnessHooks(ScenarioContext scenario, Scene scene)
{
    [BeforeStep]
    public void SettleBeforeClaims()
    {
        if (scenario.StepContext.StepInfo.StepDefinitionType == StepDefinitionType.Then)
        {
            scene.SettleWire();
        }
    }
}
