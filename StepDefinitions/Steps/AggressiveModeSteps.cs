// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Wire.Isakmp;
using Ipsec.StepDefinitions.Support;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>What belongs to which phase, and what has no place in aggressive mode.</summary>
[Binding]
public sealed class AggressiveModeSteps(Scene scene, Claims claims)
{
    [Given("both sides have INITIAL-CONTACT to tell")]
    public void GivenInitialContact()
    {
        scene.Policy = scene.Policy.Both(Telling);
        scene.ControlPolicy = scene.ControlPolicy.Both(Telling);

        static SidePolicy Telling(SidePolicy side) => side with { Uniqueness = UniquenessChoice.InitialContact };
    }

    [When("west starts quick mode once phase 1 is complete on its side")]
    public Task WhenQuickModeAtOnce() => scene.StartQuickModeAtOnceAsync();

    [Then("no notification of status is part of aggressive mode")]
    public void ThenNoStatus()
    {
        claims.Hold(PhaseOrderOracle.NoStatusInAggressiveMode(From("east")));
        claims.Hold(PhaseOrderOracle.NoStatusInAggressiveMode(From("west")));
    }

    [Then("east answers no quick mode message before message (\\d), which completes phase 1 on its side")]
    public void ThenQuickModeWaits(int last)
    {
        scene.WaitUntil(() => scene.Messages.Any(m => m.Header.ExchangeType == ExchangeType.QuickMode && m.From == "east"));
        claims.Hold(PhaseOrderOracle.QuickModeWaits(scene.Messages, "east", last));
    }

    private IEnumerable<ObservedIke> From(string side) => scene.Messages.Where(m => m.From == side);
}
