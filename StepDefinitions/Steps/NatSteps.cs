// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Sa;
using Ipsec.StepDefinitions.Support;
using Ipsec.Transports.Nat;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>NATs on the path, how both sides find them, and what they do about them.</summary>
[Binding]
public sealed class NatSteps(Scene scene, Claims claims)
{
    private const int NatTraversalPort = 4500;

    [Given("both sides look for NATs, and (no NAT is on the path|a NAT is in front of west|a NAT that gives other ports is in front of west|a NAT is in front of east|NATs are in front of both)")]
    public void GivenNat(string where)
    {
        var ports = where.Contains("other ports", StringComparison.Ordinal) ? NatPortAssignment.Sequential : NatPortAssignment.Preserve;
        PathNat? nat = where switch
        {
            "no NAT is on the path" => null,
            "a NAT is in front of east" => new PathNat(HidesWest: false, HidesEast: true),
            "NATs are in front of both" => new PathNat(HidesWest: true, HidesEast: true),
            _ => new PathNat(HidesWest: true) { Ports = ports },
        };
        Agree(policy => policy.Both(side => side with { NatTraversal = NatTraversalChoice.Auto }) with { Nat = nat });
    }

    [Given("west does not announce NAT traversal")]
    public void GivenSilence() => Agree(policy => policy with { West = policy.West with { NatTraversal = NatTraversalChoice.Off } });

    [Given("(west|east) encapsulates in UDP even without a NAT")]
    public void GivenForced(Side side) => Agree(policy => side == Side.West
        ? policy with { West = policy.West with { NatTraversal = NatTraversalChoice.Force } }
        : policy.Both(each => each with { NatTraversal = NatTraversalChoice.Auto }) with { East = policy.East with { NatTraversal = NatTraversalChoice.Force } });

    [Given("west starts on port 4500")]
    public void GivenNatTraversalPort() => Agree(policy => policy with { West = policy.West with { IkePort = NatTraversalPort } });

    [Given("ESP runs in transport mode between the gateways themselves")]
    public void GivenTransport() => Agree(policy => policy.Both(side => side with { Encapsulation = SaMode.Transport }));

    [When("the NAT in front of west forgets its mappings")]
    public void WhenForgotten() => scene.RestartNat();

    [When("west sends a keepalive")]
    public void WhenKeepalive() => scene.SendKeepalive();

    [Then("each side announces NAT traversal in its first message")]
    public void ThenAnnounced() => claims.Hold(NatDiscoveryOracle.Announced(Phase1()));

    [Then("no message has a NAT-D payload")]
    public void ThenNoDiscovery() => claims.Hold(NatDiscoveryOracle.CarriedIn(Phase1()));

    [Then("the NAT-D payloads are in messages (\\d) and (\\d)")]
    public void ThenDiscovery(int first, int second) => claims.Hold(NatDiscoveryOracle.CarriedIn(Phase1(), first, second));

    [Then("each NAT-D payload from both sides is the hash of an address and port as its sender sees them, the destination first")]
    public void ThenHashes() => claims.Hold(NatDiscoveryOracle.Recomputed(Phase1(), scene.WestIkeSas[^1].Suite!.Hash, scene.EndsAsSent));

    [Then("no NAT-D payload from (west|east) tells where its messages come from")]
    public void ThenHidden(Side side) =>
        claims.Hold(NatDiscoveryOracle.SourceHidden(From(side, Phase1()), scene.WestIkeSas[^1].Suite!.Hash, scene.EndsAsSent));

    [Then("the initiator moves to port 4500 with message (\\d), and stays there")]
    public void ThenMoves(int number) => claims.Hold(PortOracle.MovesWith(
        scene.Messages, Name(scene.Initiator), number, isTranslated: scene.Policy.Nat is { HidesWest: true, Ports: not NatPortAssignment.Preserve }));

    [Then("no IKE message leaves port (500|4500)")]
    public void ThenStays(int port) => claims.Hold(PortOracle.StaysOn(scene.Messages, port));

    [Then("four zero octets stand before each IKE message on port 4500, and before no other")]
    public void ThenMarked() => claims.Hold(PortOracle.Marked(scene.Messages));

    [Then("the responder answers each message to the port from which it came")]
    public void ThenAnswers() => claims.Hold(PortOracle.AnswersReturn(Phase1(), Name(Responder)));

    [Then("the port in every identity of phase 1 is zero")]
    public void ThenNoPort() => claims.Hold(NatEncapsulationOracle.NoPortInIdentity(scene.Messages));

    [Then("every transform of the quick mode has encapsulation mode (\\d)")]
    public void ThenMode(int mode) => claims.Hold(NatEncapsulationOracle.Mode(scene.Messages, (EncapsulationMode)mode));

    [Then("both sides tell both original addresses, the initiator's first")]
    public void ThenOriginalAddresses()
    {
        const int WithSa = 2;
        scene.WaitUntil(() => scene.Messages.Any(message => message.Header.ExchangeType == ExchangeType.QuickMode && message.Ordinal == WithSa));
        claims.Hold(NatEncapsulationOracle.OriginalAddresses(scene.Messages, scene.AddressesAsSeen));
    }

    [Then("the ESP frames from both sides stand in UDP, between the ports of IKE")]
    public void ThenInUdp() => claims.Hold(PortOracle.EspBesideIke(Traffic(), scene.Messages));

    [Then("the ESP frames from both sides stand in no UDP")]
    public void ThenNotInUdp()
    {
        var traffic = Traffic();
        claims.Hold(traffic.Count > 0 && traffic.All(frame => frame.Udp is null), "plain ESP", () => string.Join("; ", traffic.Select(EspOracle.Text)));
    }

    [Then("the UDP checksum of every ESP frame from east is zero")]
    public void ThenNoChecksum() => claims.Recommend(PortOracle.NoChecksum([.. Traffic().Where(frame => frame.From == "east")]));

    [Then("east lists its pair of ESP SAs as encapsulated in UDP")]
    public async Task ThenListed()
    {
        var east = await scene.WaitForEastAsync(sas => sas.ChildSas is [{ IsUdpEncapsulated: true }]);
        claims.Hold(east.ChildSas is [{ IsUdpEncapsulated: true }], "one pair in UDP on east's side", () => east.ChildSas.IsEmpty ? "no pair" : "a pair without UDP");
    }

    [Then("the keepalive was not answered")]
    public void ThenKeepaliveIgnored()
    {
        var keepalive = scene.Frames.OfType<ObservedOther>().LastOrDefault(frame => frame is { From: "west", Description: "NAT keepalive" });
        claims.Hold(keepalive is not null, "a keepalive on the wire", () => "none");
        var answer = scene.Frames.FirstOrDefault(frame => frame.Number > keepalive.Number && frame is ObservedOther { From: "east" });
        claims.Hold(answer is null, "nothing but ESP and IKE from east", () => $"frame {answer!.Number}: {((ObservedOther)answer).Description}");
    }

    [Then("east sends ESP to the new port of the NAT")]
    public async Task ThenFollowed()
    {
        // The first packets show the new port; what east sends after it has taken notice is judged.
        var port = Traffic().LastOrDefault(frame => frame.From == "west")?.Udp?.SourcePort;
        await scene.WaitForEastAsync(sas => sas.IkeSas.Any(sa => sa.Remote?.Port == port));
        await scene.PingAsync(Side.West, 1);
        var traffic = Traffic();
        var old = scene.Messages.Last(message => message.From == "west").Udp.SourcePort;
        claims.Hold(port is not null && port != old, "west's ESP from another port than its IKE messages before", () => $"port {port}");
        var answers = traffic.Where(frame => frame.From == "east").ToArray();
        claims.Hold(
            answers.Length > 0 && answers[^1].Udp?.DestinationPort == port,
            $"ESP from east to port {port}",
            () => answers.Length == 0 ? "none" : $"frame {answers[^1].Number}: to port {answers[^1].Udp?.DestinationPort}");
    }

    private static string Name(Side side) => side == Side.West ? "west" : "east";

    private static IEnumerable<ObservedIke> From(Side side, IEnumerable<ObservedIke> messages) => messages.Where(message => message.From == Name(side));

    private Side Responder => scene.Initiator == Side.West ? Side.East : Side.West;

    private List<ObservedIke> Phase1() => [.. scene.Messages.Where(message => message.Header.MessageId == 0)];

    private List<ObservedEsp> Traffic() => [.. scene.EspFrames.Where(frame => frame.Number > scene.TrafficStartsAt)];

    /// <summary>What the scenario is about is on the path of its control as well.</summary>
    private void Agree(Func<ScenePolicy, ScenePolicy> change)
    {
        scene.Policy = change(scene.Policy);
        scene.ControlPolicy = change(scene.ControlPolicy);
    }
}
