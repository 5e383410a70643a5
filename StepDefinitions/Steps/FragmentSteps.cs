// SPDX-License-Identifier: Apache-2.0

using Ipsec.Faults;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.StepDefinitions.Support;
using Ipsec.Wire.Isakmp;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>IKE messages that are too large for one datagram.</summary>
[Binding]
public sealed class FragmentSteps(Scene scene, Claims claims)
{
    /// <summary>Largest IP packet that both implementations fill, in octets: every link of IPv6 carries it.</summary>
    private const int LargestPacket = 1280;

    /// <summary>An IKE message of more octets would be cut by both implementations.</summary>
    private const int LargestWhole = LargestPacket - 28;

    [Given("both sides cut into fragments what is too large, when the other takes them")]
    public void GivenFragments() => scene.Policy = scene.Policy.Both(side => side with { Fragmentation = new(FragmentationChoice.Yes) });

    [Given("(west|east) does not announce that it takes fragments")]
    public void GivenSilence(Side side)
    {
        scene.Policy = With(scene.Policy);
        scene.ControlPolicy = With(scene.ControlPolicy);

        ScenePolicy With(ScenePolicy policy) => side == Side.West
            ? policy with { West = policy.West with { Fragmentation = new(FragmentationChoice.Off) } }
            : policy with { East = policy.East with { Fragmentation = new(FragmentationChoice.Off) } };
    }

    [Given("fragment (\\d) of main mode message 5 (is lost once|arrives twice|arrives behind the next)")]
    public void GivenFault(int fragment, string what)
    {
        const int Before = 4;
        var operation = what switch
        {
            "is lost once" => FlowOperation.Drop,
            "arrives twice" => FlowOperation.Duplicate,
            _ => FlowOperation.HoldBack,
        };

        // Each fragment is a datagram of its own, and the messages before are whole.
        scene.Add(new FlowFault(
            $"FLOW-{operation}-fragment-{fragment}".ToUpperInvariant(), new(ExchangeType.IdentityProtection, Before + fragment), operation, 1, "RFC2408-5.1-03", ["the message arrives whole"]));
    }

    [Then("(west|east) (announces|does not announce) that it takes fragments")]
    public void ThenAnnounced(Side side, string whether) => claims.Hold(FragmentOracle.Announced(scene.Messages, Name(side), whether == "announces"));

    [Then("message (\\d) from (west|east) comes in fragments, and no other")]
    public void ThenCut(int number, Side side)
    {
        claims.Hold(FragmentOracle.CutOnly(scene.Messages, Name(side), number));
        claims.Hold(FragmentOracle.WellFormed(scene.Frames, Name(side), LargestPacket));
    }

    [Then("(west|east) sends its large message in one piece")]
    public void ThenWhole(Side side) => claims.Hold(FragmentOracle.None(scene.Frames, Name(side), LargestWhole));

    [Then("that happened to the fragment")]
    public void ThenApplied()
    {
        var fault = scene.FlowFaults[0];
        if (scene.Bed.Loop.Invoke(() => scene.Bed.West.Flow.Applied(fault.Id)) != 1 || !scene.Frames.OfType<ObservedFragment>().Any())
        {
            throw new EnvironmentException($"the fault {fault.Id} met no fragment: the scenario shows nothing");
        }
    }

    private static string Name(Side side) => side == Side.West ? "west" : "east";
}
