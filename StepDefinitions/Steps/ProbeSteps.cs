// SPDX-License-Identifier: Apache-2.0

using Ipsec.StepDefinitions.Support;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>What the peer made of the echo requests that it was sent.</summary>
[Binding]
public sealed class ProbeSteps(Probes probes, Claims claims)
{
    [When("an honest echo request follows")]
    public void WhenHonest() => probes.SendHonest();

    [Then("the echo request is (answered|not answered), and the honest one behind it is")]
    public void ThenFate(string fate) => Hold(fate == "answered" ? [probes.Sent[^1], Probes.Honest] : [Probes.Honest]);

    [Then("every echo request is answered once, and the honest one behind them")]
    public void ThenAll() => Hold([.. probes.Sent, Probes.Honest]);

    [Then("only the honest echo request is answered")]
    public void ThenNone() => Hold([Probes.Honest]);

    [Then("east answers the requests (.*) and the honest one, and no other")]
    public void ThenThese(string names) => Hold([.. names.Split(", "), Probes.Honest]);

    private void Hold(IReadOnlyList<string> wanted)
    {
        var answered = probes.Answered();
        claims.Hold(
            answered.SequenceEqual(wanted),
            $"answers to {string.Join(", ", wanted)}",
            () => answered.Count == 0 ? "no answer" : $"answers to {string.Join(", ", answered)}");
    }
}
