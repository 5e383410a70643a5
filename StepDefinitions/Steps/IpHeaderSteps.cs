// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.StepDefinitions.Support;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>IP headers outside and inside of protected packets, and fragments of both.</summary>
[Binding]
public sealed class IpHeaderSteps(Scene scene, Probes probes, Claims claims)
{
    /// <summary>What most hosts, ours among them, give their packets.</summary>
    private const int UsualTimeToLive = 64;

    private const byte Any = 0;

    [When("west sends an echo request that is (\\S+) inside and (\\S+) outside")]
    public void WhenEcn(string inner, string outer)
    {
        var request = probes.Request($"{inner} in {outer}");
        Esp.TrafficClass.Write(request, Any, Ecn(inner));
        var packet = scene.Protect(request);
        Esp.TrafficClass.Write(packet, Any, Ecn(outer));
        scene.Inject(packet);
    }

    [When("west sends an echo request with DSCP (\\d+) inside and (\\d+) outside")]
    public void WhenDscp(byte inner, byte outer)
    {
        var request = probes.Request($"DSCP {inner} in {outer}");
        Esp.TrafficClass.Write(request, inner, 0);
        var packet = scene.Protect(request);
        Esp.TrafficClass.Write(packet, outer, 0);
        scene.Inject(packet);
    }

    [When("west sends an echo request of (\\d+) octets in fragments of at most (\\d+), each protected by itself")]
    public void WhenFragmentedBefore(int length, int mtu)
    {
        foreach (var fragment in Probes.Fragments(probes.Request("in fragments", length - Scene.NewRequestLength), mtu))
        {
            scene.Send(fragment);
        }
    }

    [When("west sends an echo request of (\\d+) octets whose packet arrives in fragments of at most (\\d+), the (first|last) one first")]
    public void WhenFragmentedAfter(int length, int mtu, string order)
    {
        var fragments = Probes.Fragments(scene.Protect(probes.Request("fragmented on the way", length - Scene.NewRequestLength)), mtu);
        if (order == "last")
        {
            fragments.Reverse();
        }

        foreach (var fragment in fragments)
        {
            scene.Inject(fragment);
        }
    }

    [When("of an echo request whose packet is fragmented on the way only the (first|last) piece arrives")]
    public void WhenOnePiece(string which)
    {
        const int Mtu = 84;
        var fragments = Probes.Fragments(scene.Protect(probes.Request($"only the {which} piece")), Mtu);
        scene.Inject(which == "first" ? fragments[0] : fragments[^1]);
    }

    [Then("the ECN field of its answer is (\\S+) (inside|outside)")]
    public void ThenEcn(string ecn, string where) => claims.Hold(EchoAnswerOracle.TrafficClass(probes.Answers, where == "outside", dscp: null, Ecn(ecn)));

    [Then("the DSCP of its answer is (\\d+) (inside|outside)")]
    public void ThenDscp(byte dscp, string where) => claims.Hold(EchoAnswerOracle.TrafficClass(probes.Answers, where == "outside", dscp, ecn: null));

    [Then("the inner header of each answer is as the host behind east made it")]
    public void ThenInner() => claims.Hold(EchoAnswerOracle.InnerHeader(probes.Answers, (scene.HostOf(Side.East), scene.HostOf(Side.West)), UsualTimeToLive));

    private static byte Ecn(string name) => name switch
    {
        "Not-ECT" => 0,
        "ECT(1)" => 1,
        "ECT(0)" => 2,
        "CE" => 3,
        _ => throw new ArgumentException($"\"{name}\" is not one of Not-ECT, ECT(0), ECT(1) and CE", nameof(name)),
    };
}
