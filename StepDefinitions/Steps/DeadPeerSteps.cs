// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Faults;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.StepDefinitions.Support;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>Whether the other side still lives.</summary>
[Binding]
public sealed class DeadPeerSteps(Scene scene, Claims claims)
{
    private const string Clause = "RFC3706-5.1-01";
    private const uint IpsecDoi = 1;
    private const int MostQuestions = 8;

    private static readonly TimeSpan BetweenPings = TimeSpan.FromMilliseconds(400);

    [Given("east asks after (\\d+) seconds? of silence and gives up after (\\d+)")]
    public void GivenAsking(int delay, int timeout) => scene.Policy = scene.Policy with
    {
        East = scene.Policy.East with { DeadPeerDetection = new DeadPeerPolicy(TimeSpan.FromSeconds(delay), TimeSpan.FromSeconds(timeout)) },
    };

    [Given("west does not announce dead peer detection")]
    public async Task GivenNoVendorId()
    {
        await scene.OpenAsync();
        scene.BendWest(Silence(1), Silence(2));
    }

    [Given("no informational exchange reaches west")]
    public void GivenDeaf() => scene.Add(new FlowFault(
        "FLOW-DEAF", new(ExchangeType.Informational, 1), FlowOperation.Drop, int.MaxValue, "RFC3706-5.4-02", ["the question is repeated"]));

    [When("west asks whether east lives, with number (\\d+)")]
    public void WhenAsked(uint number)
    {
        scene.SendProtected(Question(number, scene.LiveCookies));

        // East may work on several messages at once: the next question waits for the answer, and the claim finds out when there is none.
        scene.WaitUntil(() => Acknowledged().Contains(number));
    }

    [When("west asks whether east lives, with number (\\d+) of the past")]
    public void WhenAskedLate(uint number) => scene.SendProtected(Question(number, scene.LiveCookies));

    [When("west asks whether east lives, with number (\\d+) in clear")]
    public void WhenAskedInClear(uint number) => scene.SendInClear(Question(number, scene.LiveCookies));

    [When("west asks whether east lives, with number (\\d+) and another cookie")]
    public void WhenAskedForAnother(uint number)
    {
        var cookies = scene.LiveCookies;
        cookies[^1] ^= 1;
        scene.SendProtected(Question(number, cookies));
    }

    [When("east has asked (\\d+) questions")]
    public void WhenEastAsks(int count) => scene.WaitUntil(() => Asked().Count >= count);

    [When("every question of east is acknowledged with a number that is one too high")]
    public void WhenAnsweredWrongly()
    {
        for (var answered = 0; answered < MostQuestions; answered++)
        {
            var seen = answered;
            if (!scene.Bed.WaitUntil(() => Questions().Length > seen, TimeSpan.FromSeconds(3)))
            {
                return;
            }

            var number = ProbeOracle.Numbers([Questions()[seen]], NotifyType.RUThere)[0];
            scene.SendProtected(Notification(NotifyType.RUThereAck, unchecked(number + 1), scene.LiveCookies));
        }
    }

    [When("echo requests and replies cross the tunnel for (\\d+) seconds")]
    public async Task WhenPinging(int seconds)
    {
        var end = scene.Bed.Loop.Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds);
        while (scene.Bed.Loop.Clock.GetUtcNow() < end)
        {
            await scene.PingAsync(Side.West, 1);
            scene.Bed.WaitUntil(() => false, BetweenPings);
        }
    }

    [Then("east announces dead peer detection")]
    public void ThenAnnounced() => claims.Hold(ProbeOracle.Announced(FromEast()));

    [Then("east has not asked whether west lives")]
    public void ThenNotAsked()
    {
        var numbers = Asked();
        claims.Hold(numbers.Count == 0, "no R-U-THERE", () => $"R-U-THERE {string.Join(", ", numbers)}");
        if (scene.Bed.Faults.Sent.Count > 0 && scene.Messages.Any(m => m.From == "west" && m.Message?.Find<VendorIdPayload>() is { } id && id.Id.Span.SequenceEqual(VendorIds.DeadPeerDetection.Span)))
        {
            throw new EnvironmentException("west announced dead peer detection although it was not to: the scenario shows nothing");
        }
    }

    [Then("east acknowledges ([\\d, ]+) and nothing else")]
    public void ThenAcknowledged(string numbers) =>
        claims.Hold(ProbeOracle.Acknowledged(Acknowledged(), [.. numbers.Split(", ").Select(n => uint.Parse(n, null))]));

    [Then("every R-U-THERE and R-U-THERE-ACK of east names the IKE SA and has a number of 4 octets")]
    public void ThenLayout() => claims.Hold(NotificationOracle.Probes(FromEast()));

    [Then("the first question's number has its high bit zero, and each later one is larger by one")]
    public void ThenNumbers() => claims.Hold(ProbeOracle.CountsUp(Asked()));

    [Then("east asks at least twice and then removes its SAs")]
    public async Task ThenGivesUp()
    {
        var east = await scene.WaitForEastAsync(sas => sas.IkeSas.IsEmpty && sas.ChildSas.IsEmpty);
        claims.Hold(east.IkeSas.IsEmpty && east.ChildSas.IsEmpty, "no SA on east's side", () => $"{Phase1Steps.Text(east)}; {DeleteSteps.Pairs(east)}");
        claims.Hold(Questions().Length > 1, "two or more frames with R-U-THERE", () => $"{Questions().Length}");
    }

    [Then("east asks once the traffic has stopped")]
    public void ThenAsksLater() => claims.Hold(scene.WaitUntil(() => Asked().Count > 0), "R-U-THERE", () => "none");

    private static PayloadFault Silence(int message) => new(
        $"NO-DPD-{message}",
        FaultSeam.Message,
        new(ExchangeType.IdentityProtection, message) { Payload = new PayloadPath(PayloadType.VendorId) },
        new PayloadOperation.Remove(),
        Clause,
        ["dead peer detection is not used"]);

    private static NotificationPayload Question(uint number, byte[] cookies) => Notification(NotifyType.RUThere, number, cookies);

    private static NotificationPayload Notification(NotifyType type, uint number, byte[] cookies)
    {
        var data = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(data, number);
        return new(IpsecDoi, ProtocolId.Isakmp, cookies, type, data);
    }

    /// <summary>All frames with a question of east, repetitions included.</summary>
    private ObservedIke[] Questions() =>
        [.. scene.Frames.OfType<ObservedIke>().Where(m => m.From == "east" && NotificationOracle.Of([m]).Any(pair => pair.Notification.NotifyType == NotifyType.RUThere))];

    private IReadOnlyList<uint> Asked() => ProbeOracle.Numbers(FromEast(), NotifyType.RUThere);

    private IReadOnlyList<uint> Acknowledged() => ProbeOracle.Numbers(FromEast(), NotifyType.RUThereAck);

    private List<ObservedIke> FromEast() => [.. scene.Messages.Where(m => m.From == "east")];
}
