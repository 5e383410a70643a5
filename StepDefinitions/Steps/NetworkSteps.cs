// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Transports.InMemory;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>Networks that lose, double and delay packets.</summary>
[Binding]
public sealed class NetworkSteps(Scene scene)
{
    private static readonly TimeSpan Overtaking = TimeSpan.FromMilliseconds(60);

    [Given("the network between west and east loses every (third|fifth) packet")]
    public void GivenLoss(string which) => scene.SetNetwork(LinkConditions.None with { LosesEvery = Number(which) });

    [Given("the network between west and east delivers every packet twice")]
    public void GivenDuplication() => scene.SetNetwork(LinkConditions.None with { Duplication = 1 });

    [Given("the network between west and east delays packets by up to 60 ms and doubles half of them, so that they overtake each other")]
    public void GivenReordering() => scene.SetNetwork(LinkConditions.None with { Jitter = Overtaking, Duplication = 0.5 });

    [Given("the network between west and east loses every (third|fifth) packet and delivers all others twice, up to 60 ms apart")]
    public void GivenAllOfIt(string which) => scene.SetNetwork(LinkConditions.None with { LosesEvery = Number(which), Jitter = Overtaking, Duplication = 1 });

    [When("the network is good again")]
    public void WhenGood() => scene.SetNetwork(LinkConditions.None);

    private static int Number(string ordinal) => ordinal == "third" ? 3 : 5;
}
