// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.StepDefinitions.Support;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>How long SAs live, and what is said of it.</summary>
[Binding]
public sealed class LifetimeSteps(Scene scene, Claims claims)
{
    [Given("IKE SAs live for (\\d+) seconds and ESP SAs for (\\d+)")]
    public void GivenBoth(uint ike, uint esp) =>
        scene.Policy = scene.Policy.Both(side => side.WithPhase1Lifetime(ike) with { ChildSeconds = esp });

    [Given("ESP SAs of (west|east) live for (\\d+) seconds")]
    public void GivenLife(Side side, uint seconds) => Change(side, policy => policy with { ChildSeconds = seconds });

    [Given("ESP SAs of (west|east) live for (\\d+) seconds and are replaced after (\\d+)")]
    public void GivenReplaced(Side side, uint seconds, uint after) =>
        Change(side, policy => policy with { ChildSeconds = seconds, ChildRekeySeconds = after });

    [Given("ESP SAs of (west|east) carry (\\d+) kilobytes and are replaced after (\\d+)")]
    public void GivenKilobytes(Side side, uint kilobytes, uint after) =>
        Change(side, policy => policy with { ChildKilobytes = kilobytes, ChildRekeyKilobytes = after });

    [Then("every phase 1 transform names a life of (\\d+) seconds")]
    public void ThenPhase1(uint seconds) => claims.Hold(LifetimeOracle.EveryTransform(scene.Messages.Where(m => m.Header.MessageId == 0), isPhase1: true, seconds));

    [Then("every quick mode transform names a life of (\\d+) seconds")]
    public void ThenPhase2(uint seconds) => claims.Hold(LifetimeOracle.EveryTransform(QuickMode(), isPhase1: false, seconds));

    [Then("east tells by RESPONDER-LIFETIME that its ESP SAs live for (\\d+) seconds, or gives them up by then in silence")]
    public async Task ThenTold(uint seconds)
    {
        var fromEast = scene.Messages.Where(m => m.From == "east").ToArray();
        if (NotificationOracle.Of(fromEast).Any(pair => pair.Notification.NotifyType == NotifyType.ResponderLifetime))
        {
            claims.Hold(NotificationOracle.ResponderLifetime(fromEast, seconds));
            return;
        }

        var pair = (await scene.Bed.East.ListSasAsync()).ChildSas[^1];
        claims.Hold(
            pair.SecondsToEnd <= seconds,
            $"RESPONDER-LIFETIME, or a pair of ESP SAs that ends within {seconds} seconds",
            () => $"no RESPONDER-LIFETIME, and a pair that ends in {pair.SecondsToEnd?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "nobody knows how many"} seconds");
    }

    private void Change(Side side, Func<SidePolicy, SidePolicy> change) => scene.Policy = side == Side.West
        ? scene.Policy with { West = change(scene.Policy.West) }
        : scene.Policy with { East = change(scene.Policy.East) };

    private ObservedIke[] QuickMode() => [.. scene.Messages.Where(m => m.Header.ExchangeType == ExchangeType.QuickMode)];
}
