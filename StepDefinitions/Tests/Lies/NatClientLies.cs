// SPDX-License-Identifier: Apache-2.0

using Ipsec.StepDefinitions.Tests.Support;

namespace Ipsec.StepDefinitions.Tests.Lies;

/// <summary>The claims about clients behind a NAT can fail: for each, a peer that breaks it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class NatClientLies
{
    private const string Nat = "Given both sides look for NATs, and a NAT is in front of west";
    private const string Contact = "Given both sides say when they know of no other SA";
    private const string Any = "Given both sides take any identity that is proved";
    private const string Tunnel = "Given a tunnel between the networks behind west and east";
    private const string Forgets = "When west loses its SAs without a word";
    private const string Other = "When another client behind the same NAT, with an identity of its own, starts phase 1";
    private const string Said = "Then the other client says INITIAL-CONTACT";
    private const string Both = "Then east holds the IKE SAs of both clients, and the ESP SAs of the first";

    [Test]
    public async Task TheFirstIkeSaIsGivenUp()
    {
        await using var play = await Play.OpenAsync(new Lie { Listing = sas => sas with { IkeSas = [.. sas.IkeSas.TakeLast(1)] } });
        await play.StepsAsync(Nat, Contact, Any, Tunnel, Forgets, Other, Said);
        (await play.FailingStepAsync(Both)).Legal.Should().StartWith("IKE SAs with initiator cookies");
    }

    [Test]
    public async Task TheFirstEspSasAreGivenUp()
    {
        await using var play = await Play.OpenAsync(new Lie { Listing = sas => sas.IkeSas.Length > 1 ? sas with { ChildSas = [] } : sas });
        await play.StepsAsync(Nat, Contact, Any, Tunnel, Forgets, Other, Said);
        (await play.FailingStepAsync(Both)).Came.Should().Be("0 others");
    }

    [Test]
    public async Task NoInitialContact()
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync(Nat, Any, Tunnel, Forgets, Other);
        (await play.FailingStepAsync(Said)).Legal.Should().Be("INITIAL-CONTACT in the second main mode");
    }

    [Test]
    public async Task MainModeGoesOn()
    {
        await using var play = await Play.OpenAsync(new Lie());
        await play.StepsAsync(Nat, "When west starts phase 1 in main mode", "Then phase 1 is established");
        (await play.FailingStepAsync("Then east sends no main mode message from then on")).Should().BeEquivalentTo(new { Legal = "silence to the message on port 500", LevelText = "SHOULD" });
    }
}
